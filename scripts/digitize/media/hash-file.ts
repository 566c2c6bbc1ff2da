import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** A file's size and SHA-256, read as a stream. */
export async function hashFile(path: string): Promise<{ bytes: number; sha256: string }> {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
	return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}
