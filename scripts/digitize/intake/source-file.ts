import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import type { Finding } from '#schema/asset/digitize-report';
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
	/** What nothing it names may leave: the folder or archive handed in; its own folder by itself. */
	root: string;
	sizeBytes: number;
	/**
	 * Names all that its result may depend on: of a surface, which names other files, the whole folder or
	 * archive where it came in one; of anything else the file alone, so that new captions do not make
	 * a film be coded anew.
	 */
	sha256: string;
	/** Its first bytes, at most 64 KiB. */
	head: Buffer;
	/** A USDZ that was handed in beside it, to be passed on unchanged. */
	usdz?: string;
	/** WebVTT files of a recording that were handed in beside it. */
	captions?: string[];
	/** The folder or archive it came in, as the manifest names it; undefined for a file by itself. */
	handedIn?: { path: string; name: string; sizeBytes: number; sha256: string };
	/** What was noticed while it was opened. */
	findings?: Finding[];
	/**
	 * All its bytes, read anew at each call: keep them no longer than needed. Refuses with
	 * `scan-too-large` above 2 GiB; larger files are for readers that go by `path`.
	 */
	read(): Buffer;
	/** Opens it for reading piece by piece, from the start; dispose of what it gives. */
	openBytes(): SourceBytes;
}

/** The bytes of a source one after the other. */
export interface SourceBytes extends Disposable {
	/** Fills `into` as far as there are bytes; gives how many, 0 at the end. */
	read(into: Uint8Array): number;
}

/**
 * Looks at a scan's main file and hashes it, without keeping it in memory. Refuses what cannot be
 * opened (`file-unreadable`) or has no bytes (`file-empty`). `sha256`: of the whole it came in.
 */
export async function openSourceFile(
	path: string,
	signal?: AbortSignal,
	sha256?: string,
): Promise<SourceFile> {
	const name = basename(path);
	await using handle = await openFile(path, name);
	const info = await handle.stat();
	if (!info.isFile())
		refuse('file-unreadable', `${name} is not a file — name the scan's file itself`);
	if (info.size === 0)
		refuse('file-empty', `${name} has no bytes — copy it again from where it was made`);
	const head = Buffer.alloc(Math.min(info.size, HEAD_BYTES));
	await handle.read(head, 0, head.length, 0);
	return {
		path,
		name,
		extension: extname(name).toLowerCase(),
		folder: dirname(path),
		root: dirname(path),
		sizeBytes: info.size,
		sha256: sha256 ?? (await hashFile(path, signal)).sha256,
		head,
		read: () => readWhole(path, name, info.size),
		openBytes: () => fileBytes(path),
	};
}

function fileBytes(path: string): SourceBytes {
	const descriptor = openSync(path, 'r');
	return {
		read(into) {
			let filled = 0;
			while (filled < into.length) {
				const bytes = readSync(descriptor, into, filled, into.length - filled, null);
				if (bytes === 0) break;
				filled += bytes;
			}
			return filled;
		},
		[Symbol.dispose]: () => closeSync(descriptor),
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
		// A pipe that nobody writes to would else be waited for without end.
		return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
	} catch {
		return refuse('file-unreadable', `${name} cannot be opened — check its name and your rights`);
	}
}
