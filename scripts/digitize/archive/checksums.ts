import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputFolder } from '../output-folder.ts';
import { hashFile } from './hash-file.ts';
import { listFiles } from './list-files.ts';
import type { Problem } from './problem.ts';

/** The list of a finished folder's files, which `sha256sum -c` reads as well. */
export const CHECKSUMS_FILE = 'sha256sums.txt';
/** A bag has manifests of its own. */
const BAG = 'bag/';

const LINE = /^([\da-f]{64}) {2}(.+)$/;

/**
 * Writes the SHA-256 of every file of a finished result, the manifest and all tiles and segments too:
 * the manifest itself states only those of the files that a page loads. To be called last.
 */
export async function writeChecksums(folder: OutputFolder): Promise<void> {
	const root = await folder.path('.');
	const lines: string[] = [];
	for (const file of await listFiles(root)) {
		if (file.startsWith(BAG)) continue;
		const { sha256 } = await hashFile(join(root, file));
		lines.push(`${sha256}  ${file}\n`);
	}
	await folder.write(CHECKSUMS_FILE, Buffer.from(lines.join('')));
}

/** Compares a folder with its list; of files named in `judged` enough has been said. */
export async function checksumProblems(
	root: string,
	present: readonly string[],
	judged: ReadonlySet<string>,
): Promise<Problem[]> {
	const text = await readFile(join(root, CHECKSUMS_FILE), 'utf8').catch(() => undefined);
	if (text === undefined) {
		return [{ code: 'file-missing', file: CHECKSUMS_FILE, message: 'is not there' }];
	}
	const problems: Problem[] = [];
	const isThere = new Set(present);
	const listed = new Set([CHECKSUMS_FILE]);
	for (const line of text.split('\n').filter(Boolean)) {
		const [, expected = '', file = ''] = LINE.exec(line) ?? [];
		if (file === '') {
			const message = `has a line that is none: ${line.slice(0, 80)}`;
			problems.push({ code: 'line-invalid', file: CHECKSUMS_FILE, message });
			continue;
		}
		listed.add(file);
		if (judged.has(file)) continue;
		// Only what was found in the folder is opened, whatever the list says.
		if (!isThere.has(file)) {
			problems.push({ code: 'file-missing', file, message: 'is listed but not there' });
		} else if ((await hashFile(join(root, file))).sha256 !== expected) {
			problems.push({
				code: 'checksum-wrong',
				file,
				message: 'has other bytes than when it was made',
			});
		}
	}
	for (const file of present) {
		if (listed.has(file) || judged.has(file)) continue;
		problems.push({
			code: 'file-unknown',
			file,
			message: 'was not there when the folder was made',
		});
	}
	return problems;
}
