import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { InvalidError } from '../errors.ts';
import type { PutOptions } from './object-store.ts';
import { sourceChunks } from './source-chunks.ts';

/** Throws InvalidError when bytes hash to something else than was declared. */
export function checkDeclared(sha256: string, options: PutOptions): void {
	if (options.sha256 !== undefined && options.sha256 !== sha256) {
		throw new InvalidError(
			`put: the bytes hash to ${sha256}, not to ${options.sha256} as declared`,
		);
	}
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
	let written = 0;
	while (written < chunk.byteLength) {
		const { bytesWritten } = await file.write(chunk, written, chunk.byteLength - written);
		written += bytesWritten;
	}
}

async function hashInto(
	file: FileHandle,
	source: Uint8Array | AsyncIterable<Uint8Array>,
	options: PutOptions,
) {
	const hash = createHash('sha256');
	let sizeBytes = 0;
	for await (const chunk of sourceChunks(source, options.signal)) {
		hash.update(chunk);
		sizeBytes += chunk.byteLength;
		await writeAll(file, chunk);
	}
	return { sha256: hash.digest('hex'), sizeBytes };
}

/**
 * Writes a source into the new file `path` while hashing it; memory stays at one chunk.
 * When the source, the disk or the declared hash fails, the file is gone and the error thrown.
 * `sync`, if given, is asked to make the content survive a power cut; the name is the caller's.
 */
export async function spool(
	path: string,
	source: Uint8Array | AsyncIterable<Uint8Array>,
	options: PutOptions & { sync?: (file: FileHandle) => Promise<void> },
): Promise<{ sha256: string; sizeBytes: number }> {
	const file = await open(path, 'wx');
	try {
		// Written in a loop: `pipeline` into a stream over a handle that stays open never settled.
		const done = await hashInto(file, source, options);
		checkDeclared(done.sha256, options);
		await options.sync?.(file);
		await file.close();
		return done;
	} catch (error) {
		await file.close().catch(() => {});
		await rm(path, { force: true });
		throw error;
	}
}
