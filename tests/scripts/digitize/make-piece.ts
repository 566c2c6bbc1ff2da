import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { AssetKind, AssetManifest } from '#schema/asset/asset-manifest';
import { digitize } from '../../../scripts/digitize/digitize.ts';
import { DIGITIZE_DEFAULTS, type DigitizeOptions } from '../../../scripts/digitize/options.ts';
import { RefusalError } from '../../../scripts/digitize/refusal-error.ts';

/** Makes a piece as the command line would, in this process. */
export async function makePiece<K extends AssetKind>(
	kind: K,
	path: string,
	out: string,
	options: Partial<DigitizeOptions> & { cacheDir?: string } = {},
): Promise<Extract<AssetManifest, { kind: K }>> {
	const made = await digitize(path, out, {
		...DIGITIZE_DEFAULTS,
		cacheDir: undefined,
		...options,
		signal: new AbortController().signal,
		onProgress: () => undefined,
	});
	if (made.kind !== kind) throw new Error(`${path} became ${made.kind}, not ${kind}`);
	return made as Extract<AssetManifest, { kind: K }>;
}

/** Why making a piece is refused: `code: message`; undefined when it is not. */
export async function refusalOf(making: Promise<unknown>): Promise<string | undefined> {
	try {
		await making;
		return undefined;
	} catch (error) {
		if (error instanceof RefusalError) return `${error.code}: ${error.message}`;
		throw error;
	}
}

/** Every file below a folder with the hash of its bytes. */
export async function hashesOf(folder: string): Promise<Record<string, string>> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
	const hashes = paths.sort().map(async (path) => {
		const hash = createHash('sha256').update(await readFile(path));
		return [relative(folder, path), hash.digest('hex')] as const;
	});
	return Object.fromEntries(await Promise.all(hashes));
}

/** Whether any file below a folder contains these bytes. */
export async function holds(folder: string, needle: string): Promise<string[]> {
	const found: string[] = [];
	for (const file of Object.keys(await hashesOf(folder))) {
		if ((await readFile(join(folder, file))).includes(needle)) found.push(file);
	}
	return found;
}
