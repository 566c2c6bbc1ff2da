import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** A file's size and hashes, in lower-case hexadecimal. */
export interface FileHash {
	bytes: number;
	sha256: string;
	sha512: string;
}

/** Hashes a file by stream, in constant memory. */
export async function hashFile(path: string): Promise<FileHash> {
	const sha256 = createHash('sha256');
	const sha512 = createHash('sha512');
	let bytes = 0;
	for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
		bytes += chunk.length;
		sha256.update(chunk);
		sha512.update(chunk);
	}
	return { bytes, sha256: sha256.digest('hex'), sha512: sha512.digest('hex') };
}
