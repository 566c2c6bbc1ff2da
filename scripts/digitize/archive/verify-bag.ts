import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
	DECLARATION,
	DECLARATION_FILE,
	INFO_FILE,
	PAYLOAD_MANIFEST,
	readBagManifest,
	TAG_MANIFEST,
} from './bag.ts';
import { hashFile } from './hash-file.ts';
import { listFiles } from './list-files.ts';
import type { Problem, ProblemCode, Verdict } from './problem.ts';

/**
 * Checks a bag as RFC 8493 §3 asks: declaration, every payload file named and true, none missing or
 * unnamed, `Payload-Oxum`, and the tag files against their own manifest. Reads sha512 bags only.
 */
export async function verifyBag(root: string): Promise<Verdict> {
	const problems: Problem[] = [];
	const tell = (code: ProblemCode, file: string, message: string) =>
		problems.push({ code, file, message });
	const present = await listFiles(root);
	const payload = present.filter((file) => file.startsWith('data/'));
	const text = async (name: string) => await readFile(join(root, name), 'utf8').catch(() => '');
	if ((await text(DECLARATION_FILE)) !== DECLARATION) {
		tell('declaration-wrong', DECLARATION_FILE, 'does not declare BagIt 1.0 in UTF-8');
	}
	const manifest = readBagManifest(await text(PAYLOAD_MANIFEST));
	if (manifest.hashes.size === 0) tell('manifest-missing', PAYLOAD_MANIFEST, 'names no file');
	for (const line of manifest.broken) {
		tell('line-invalid', PAYLOAD_MANIFEST, `has a line that is none: ${line.slice(0, 80)}`);
	}
	for (const file of payload) {
		if (!manifest.hashes.has(file)) tell('payload-unknown', file, 'is in no manifest');
	}
	await checkHashes(root, present, manifest.hashes, 'payload-missing', problems);
	const octets = await totalBytes(root, payload);
	const oxum = /^Payload-Oxum: *(\d+\.\d+) *$/m.exec(await text(INFO_FILE))?.[1];
	if (oxum !== undefined && oxum !== `${octets}.${payload.length}`) {
		const found = `${octets}.${payload.length}`;
		tell('oxum-wrong', INFO_FILE, `says ${oxum}, but the payload is ${found}`);
	}
	const tags = readBagManifest(await text(TAG_MANIFEST));
	for (const name of [DECLARATION_FILE, INFO_FILE, PAYLOAD_MANIFEST]) {
		if (!tags.hashes.has(name)) tell('tag-wrong', name, 'is not in the tag manifest');
	}
	await checkHashes(root, present, tags.hashes, 'tag-wrong', problems);
	return { files: present.length, problems };
}

async function totalBytes(root: string, files: string[]): Promise<number> {
	let bytes = 0;
	for (const file of files) bytes += (await stat(join(root, file))).size;
	return bytes;
}

/** Compares every named file with its hash. */
async function checkHashes(
	root: string,
	present: string[],
	hashes: Map<string, string>,
	missing: ProblemCode,
	problems: Problem[],
): Promise<void> {
	const isThere = new Set(present);
	for (const [file, expected] of hashes) {
		if (!isThere.has(file)) {
			problems.push({ code: missing, file, message: 'is named but not there' });
			continue;
		}
		const { sha512 } = await hashFile(join(root, file));
		if (sha512 === expected) continue;
		const code = missing === 'tag-wrong' ? missing : 'checksum-wrong';
		problems.push({ code, file, message: 'has other bytes than its sha512 says' });
	}
}
