import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { OutputFolder } from '../output-folder.ts';
import type { Work } from '../work.ts';
import {
	type BagFile,
	bagInfo,
	bagManifest,
	DECLARATION,
	DECLARATION_FILE,
	INFO_FILE,
	PAYLOAD_MANIFEST,
	TAG_MANIFEST,
} from './bag.ts';
import { type FileHash, hashFile } from './hash-file.ts';
import { listFiles } from './list-files.ts';
import { originalsOf } from './originals.ts';
import { provenance } from './provenance.ts';

export const BAG_FOLDER = 'bag';
export const PROVENANCE_FILE = 'provenance.json';

/**
 * Packs the originals, unchanged, with everything made of them and the record of how, as a BagIt 1.0
 * bag in `bag/`. To be called last, when the result is complete. Originals are copied, never linked: a
 * bag must not change when somebody edits the file it was made from. Source: RFC 8493.
 */
export async function archive(
	{ source, folder, signal }: Work,
	manifest: AssetManifest,
): Promise<void> {
	const payload: (BagFile & FileHash)[] = [];
	const add = async (path: string) => {
		signal.throwIfAborted();
		payload.push({ path, ...(await hashFile(await folder.path(join(BAG_FOLDER, path)))) });
	};
	const derived = await listFiles(await folder.path('.'));
	for (const { path, name } of await originalsOf(source)) {
		const at = `data/original/${name}`;
		await copyFile(path, await folder.path(join(BAG_FOLDER, at)), constants.COPYFILE_FICLONE);
		await add(at);
	}
	const originals = payload.map(inPayload);
	for (const name of derived) {
		const at = `data/derivatives/${name}`;
		await folder.adopt(await folder.path(name), join(BAG_FOLDER, at));
		await add(at);
	}
	const derivatives = payload.slice(originals.length).map(inPayload);
	const record = provenance(manifest, originals, derivatives);
	const text = Buffer.from(`${JSON.stringify(record, null, '\t')}\n`);
	await folder.write(PROVENANCE_FILE, text);
	await folder.write(join(BAG_FOLDER, 'data', PROVENANCE_FILE), text);
	await add(`data/${PROVENANCE_FILE}`);
	await writeTags(folder, payload, manifest);
}

function inPayload({ path, bytes, sha256 }: BagFile & FileHash) {
	return { id: path.slice('data/'.length), bytes, sha256 };
}

async function writeTags(
	folder: OutputFolder,
	payload: BagFile[],
	manifest: AssetManifest,
): Promise<void> {
	const octets = payload.reduce((sum, { bytes }) => sum + bytes, 0);
	const info = bagInfo([
		['External-Identifier', `urn:sha256:${manifest.source.sha256}`],
		['Internal-Sender-Identifier', manifest.source.name],
		['Bag-Software-Agent', `xishan ${manifest.recipe.tools.xishan ?? 'unknown'}`],
		...baggingDate(),
		['Payload-Oxum', `${octets}.${payload.length}`],
	]);
	const tags: [string, string][] = [
		[DECLARATION_FILE, DECLARATION],
		[INFO_FILE, info],
		[PAYLOAD_MANIFEST, bagManifest(payload)],
	];
	const hashes: BagFile[] = [];
	for (const [name, text] of tags) {
		const at = join(BAG_FOLDER, name);
		await folder.write(at, Buffer.from(text));
		hashes.push({ path: name, ...(await hashFile(await folder.path(at))) });
	}
	await folder.write(join(BAG_FOLDER, TAG_MANIFEST), Buffer.from(bagManifest(hashes)));
}

/** A date only where the caller fixed one: `SOURCE_DATE_EPOCH`, in seconds; else bytes would differ. */
function baggingDate(): [string, string][] {
	const epochS = Number(process.env.SOURCE_DATE_EPOCH ?? Number.NaN);
	if (!Number.isSafeInteger(epochS)) return [];
	return [['Bagging-Date', new Date(epochS * 1000).toISOString().slice(0, 10)]];
}
