import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { NotFoundError } from '../errors.ts';
import type { ObjectStore } from '../storage/object-store.ts';

/**
 * Copies an original out of the store into `dir`, under the name it came with, and checks its bytes
 * on the way. Throws when the store does not have it or gives something else.
 */
export async function fetchScan(
	store: ObjectStore,
	scan: { scanSha256: string; scanName: string },
	dir: string,
	signal: AbortSignal,
): Promise<string> {
	const path = join(dir, basename(scan.scanName));
	const hash = createHash('sha256');
	await pipeline(
		await store.open(scan.scanSha256),
		async function* (chunks: AsyncIterable<Uint8Array>) {
			for await (const chunk of chunks) {
				hash.update(chunk);
				yield chunk;
			}
		},
		createWriteStream(path, { flags: 'wx' }),
		{ signal },
	);
	if (hash.digest('hex') !== scan.scanSha256) {
		throw new NotFoundError(
			`fetch: the store gives other bytes for ${scan.scanSha256} — restore the original`,
		);
	}
	return path;
}
