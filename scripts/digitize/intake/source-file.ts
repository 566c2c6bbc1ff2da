import { readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { refuse } from '../refusal-error.ts';
import { hashFile } from './hash-file.ts';

/** The largest file that is read whole, in bytes: what one buffer holds in every supported Node. */
const MAX_BYTES = 2 ** 31 - 1;
/** Enough to tell what a file is. */
const HEAD_BYTES = 65_536;

/** An input, never changed. `extension` is lower case, with its dot. */
export interface SourceFile {
	path: string;
	name: string;
	extension: string;
	/** Where the files it names are looked for. */
	folder: string;
	sizeBytes: number;
	sha256: string;
	/** Its first bytes, at most 64 KiB. */
	head: Buffer;
	/** A USDZ that was handed in beside it, to be passed on unchanged. */
	usdz?: string;
	/**
	 * All its bytes, read anew at each call: keep them no longer than needed. Refuses with
	 * `scan-too-large` above 2 GiB; larger files are for readers that go by `path`.
	 */
	read(): Buffer;
}

/**
 * Looks at a scan's main file and hashes it, without keeping it in memory. Refuses what cannot be
 * opened (`file-unreadable`) or has no bytes (`file-empty`).
 */
export async function openSourceFile(path: string, signal?: AbortSignal): Promise<SourceFile> {
	const name = basename(path);
	await using handle = await openFile(path, name);
	const info = await handle.stat();
	if (!info.isFile())
		refuse('file-unreadable', `${name} is not a file — name the scan's file itself`);
	if (info.size === 0)
		refuse('file-empty', `${name} has no bytes — copy it again from where it was made`);
	const head = Buffer.alloc(Math.min(info.size, HEAD_BYTES));
	await handle.read(head, 0, head.length, 0);
	const { sha256 } = await hashFile(path, signal);
	return {
		path,
		name,
		extension: extname(name).toLowerCase(),
		folder: dirname(path),
		sizeBytes: info.size,
		sha256,
		head,
		read: () => readWhole(path, name, info.size),
	};
}

function readWhole(path: string, name: string, sizeBytes: number): Buffer {
	if (sizeBytes > MAX_BYTES) {
		refuse('scan-too-large', `${name} is larger than 2 GiB — simplify it or split it first`);
	}
	return readFileSync(path);
}

async function openFile(path: string, name: string): Promise<FileHandle> {
	try {
		return await open(path, 'r');
	} catch {
		return refuse('file-unreadable', `${name} cannot be opened — check its name and your rights`);
	}
}
