import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ObjectStore } from '../storage/object-store.ts';
import { isPublicName, type MadeFile } from './asset-files.ts';

/** How the pipeline names the brotli form of a file. */
const BROTLI = '.br';
/** Files stored side by side: each waits for the disk to have it. */
const AT_ONCE = 8;

/** Where the pipeline left its files, and where they go. */
export interface MadeFiles {
	store: ObjectStore;
	outDir: string;
	signal: AbortSignal;
}

/**
 * The pipeline's list of its own folder: a second pass makes another, and the store keeps every file
 * by its hash anyway.
 */
const CHECKSUMS = 'sha256sums.txt';

/** Files under a folder, as slash-separated names relative to it, in a fixed order. */
export async function filesIn(dir: string): Promise<string[]> {
	const entries = await readdir(dir, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
		.filter((name) => name !== CHECKSUMS)
		.sort();
}

/** Whether a file is the brotli form of another one. In the package every file counts by itself. */
function isVariant(name: string, names: ReadonlySet<string>): boolean {
	const isBrotli = name.endsWith(BROTLI) && isPublicName(name);
	return isBrotli && names.has(name.slice(0, -BROTLI.length));
}

/** Stores one file, and beside it its brotli form where the pipeline made one. */
async function storeFile(
	{ store, outDir, signal }: MadeFiles,
	name: string,
	hasBrotli: boolean,
): Promise<MadeFile> {
	signal.throwIfAborted();
	const put = (file: string) => store.put(createReadStream(join(outDir, file)), { signal });
	const { sha256, sizeBytes } = await put(name);
	const brotli = hasBrotli ? await put(name + BROTLI) : undefined;
	return {
		name,
		sha256,
		bytes: sizeBytes,
		isPublic: isPublicName(name),
		...(brotli ? { brotliSha256: brotli.sha256, brotliBytes: brotli.sizeBytes } : {}),
	};
}

/** Puts files into the store, several at once; gives them in the order of `names`. */
export async function storeFiles(made: MadeFiles, names: readonly string[]): Promise<MadeFile[]> {
	const known = new Set(names);
	const wanted = names.filter((name) => !isVariant(name, known));
	const files: MadeFile[] = new Array(wanted.length);
	let next = 0;
	const storeRest = async () => {
		while (next < wanted.length) {
			const at = next;
			next += 1;
			const name = wanted[at] ?? '';
			const hasBrotli = known.has(name + BROTLI) && isPublicName(name);
			files[at] = await storeFile(made, name, hasBrotli).catch((error) => {
				// The first failure ends the others' work, too.
				next = wanted.length;
				throw error;
			});
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, storeRest));
	return files;
}
