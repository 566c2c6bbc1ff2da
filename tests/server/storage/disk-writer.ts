import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { DiskStore } from '../../../server/storage/disk-store.ts';

/** Puts objects into the folder it is given, for ever, telling its parent of each one kept. */
const store = await DiskStore.open(String(process.argv[2]), randomBytes(32));
const sizesBytes = [10, 200_000, 3000, 1_000_000];

async function putForEver(): Promise<never> {
	for (let index = 0; ; index++) {
		const bytes = randomBytes(sizesBytes[index % sizesBytes.length] ?? 1);
		const { sha256 } = await store.put(Readable.from([bytes]));
		process.send?.(sha256);
	}
}

await Promise.all([putForEver(), putForEver()]);
