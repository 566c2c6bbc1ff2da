import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 20;

/**
 * A file's size and SHA-256. Reads into one buffer over and over: a stream leaves 100 MB of garbage
 * behind on a file of 1 GB, which counts where a gigapixel shall fit into 350 MB.
 */
export async function hashFile(
	path: string,
	signal?: AbortSignal,
): Promise<{ bytes: number; sha256: string }> {
	await using handle = await open(path, 'r');
	const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
	const hash = createHash('sha256');
	for (let bytes = 0; ; ) {
		signal?.throwIfAborted();
		const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, bytes);
		if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
		hash.update(buffer.subarray(0, bytesRead));
		bytes += bytesRead;
	}
}
