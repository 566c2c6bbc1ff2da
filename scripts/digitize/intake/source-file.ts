import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { refuse } from '../refusal-error.ts';

/** The largest file version 1 reads, in bytes: what one buffer holds in every supported Node. */
const MAX_BYTES = 2 ** 31 - 1;

/** An input, read once and never changed. `extension` is lower case, with its dot. */
export interface SourceFile {
	path: string;
	name: string;
	extension: string;
	folder: string;
	bytes: Buffer;
	sha256: string;
}

/**
 * Reads a scan's main file whole. Refuses what cannot be opened (`file-unreadable`), has no bytes
 * (`file-empty`), or is larger than 2 GiB (`scan-too-large`).
 */
export async function readSourceFile(path: string): Promise<SourceFile> {
	const name = basename(path);
	await using handle = await openFile(path, name);
	const info = await handle.stat();
	if (!info.isFile())
		refuse('file-unreadable', `${name} is not a file — name the scan's file itself`);
	if (info.size === 0)
		refuse('file-empty', `${name} has no bytes — copy it again from where it was made`);
	if (info.size > MAX_BYTES) {
		refuse('scan-too-large', `${name} is larger than 2 GiB — simplify it or split it first`);
	}
	const bytes = await handle.readFile();
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	return {
		path,
		name,
		extension: extname(name).toLowerCase(),
		folder: dirname(path),
		bytes,
		sha256,
	};
}

async function openFile(path: string, name: string): Promise<FileHandle> {
	try {
		return await open(path, 'r');
	} catch {
		return refuse('file-unreadable', `${name} cannot be opened — check its name and your rights`);
	}
}
