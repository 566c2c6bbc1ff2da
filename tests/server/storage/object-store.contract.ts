import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { ByteRange, ObjectStore } from '../../../server/storage/object-store.ts';

const BIG_CHUNKS = 40;
const CHUNK_BYTES = 1 << 20;
const UNKNOWN = 'f'.repeat(64);

export function sha256Of(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

async function read(store: ObjectStore, sha256: string, range?: ByteRange): Promise<Buffer> {
	return buffer(await store.open(sha256, range));
}

async function listed(store: ObjectStore, after?: string): Promise<string[]> {
	const hashes: string[] = [];
	for await (const hash of store.list(after)) hashes.push(hash);
	return hashes;
}

/** 40 MB nobody holds in memory at once: every chunk is drawn from a counter and its own hash. */
async function* bigSource(salt: Buffer): AsyncGenerator<Buffer> {
	for (let index = 0; index < BIG_CHUNKS; index++) {
		const seed = createHash('sha512').update(salt).update(String(index)).digest();
		yield Buffer.alloc(CHUNK_BYTES, seed);
	}
}

async function* failingSource(bytes: Buffer): AsyncGenerator<Buffer> {
	yield bytes;
	throw new Error('the connection broke');
}

async function* stuckSource(bytes: Buffer): AsyncGenerator<Buffer> {
	yield bytes;
	await new Promise(() => {});
}

/**
 * What every object store keeps, whatever it is made of. `store` gives the one under test.
 * `twoMayWin`: Ceph 16 does not heed If-None-Match when a multipart upload is completed, so that two
 * puts of the same large object at once may both be told that they were first; the bytes are the same.
 */
export function objectStoreContract(
	store: () => ObjectStore,
	{ twoMayWin = false }: { twoMayWin?: boolean } = {},
): void {
	describe('putting', () => {
		test('an object is named by its SHA-256 and comes back byte for byte', async () => {
			const bytes = randomBytes(70_000);
			const put = await store().put(bytes);
			expect(put).toEqual({ sha256: sha256Of(bytes), sizeBytes: 70_000, wasAbsent: true });
			expect((await read(store(), put.sha256)).equals(bytes)).toBe(true);
			const found = await store().stat(put.sha256);
			expect(found).toMatchObject({ sha256: put.sha256, sizeBytes: 70_000 });
			expect(Math.abs(Date.now() - Number(found?.modifiedAt))).toBeLessThan(86_400_000);
		});

		test('an empty object is an object', async () => {
			const { sha256 } = await store().put(Readable.from([]));
			expect(sha256).toBe(sha256Of(Buffer.alloc(0)));
			expect(await store().stat(sha256)).toMatchObject({ sizeBytes: 0 });
			expect(await read(store(), sha256)).toHaveLength(0);
		});

		test('the same bytes are stored once, and the first copy stays untouched', async () => {
			const bytes = randomBytes(3000);
			const first = await store().put(bytes);
			const before = await store().stat(first.sha256);
			const second = await store().put(Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]));
			expect(second).toEqual({ ...first, wasAbsent: false });
			expect(await store().stat(first.sha256)).toEqual(before);
		});

		test('puts of one key at once all succeed, and exactly one found it absent', async () => {
			const bytes = randomBytes(100_000);
			const puts = await Promise.all(
				Array.from({ length: 8 }, (_, index) =>
					store().put(index % 2 ? bytes : Readable.from([bytes])),
				),
			);
			expect(new Set(puts.map((put) => put.sha256))).toEqual(new Set([sha256Of(bytes)]));
			expect(puts.filter((put) => put.wasAbsent)).toHaveLength(1);
			expect((await read(store(), sha256Of(bytes))).equals(bytes)).toBe(true);
		});

		test('a view into a larger buffer stores the view only', async () => {
			const whole = randomBytes(1000);
			const { sha256 } = await store().put(new Uint8Array(whole.buffer, whole.byteOffset + 10, 90));
			expect((await read(store(), sha256)).equals(whole.subarray(10, 100))).toBe(true);
		});

		test('bytes that hash to something else than declared are refused and leave nothing', async () => {
			const bytes = randomBytes(500);
			const declared = sha256Of(randomBytes(5));
			const before = await listed(store());
			for (const source of [bytes, Readable.from([bytes])]) {
				const refused = store().put(source, { sha256: declared });
				await expect(refused).rejects.toMatchObject({ name: 'InvalidError' });
			}
			expect(await listed(store())).toEqual(before);
			const accepted = await store().put(bytes, { sha256: sha256Of(bytes) });
			expect(accepted.wasAbsent).toBe(true);
		});

		test('a source that fails half-way leaves nothing', async () => {
			const bytes = randomBytes(200_000);
			const before = await listed(store());
			await expect(store().put(failingSource(bytes))).rejects.toThrow('the connection broke');
			expect(await listed(store())).toEqual(before);
			expect(await store().stat(sha256Of(bytes))).toBeNull();
		});

		test('a put is given up when its signal aborts, even while the source is stuck', async () => {
			const bytes = randomBytes(1000);
			const aborting = new AbortController();
			const put = store().put(stuckSource(bytes), { signal: aborting.signal });
			setImmediate(() => aborting.abort());
			await expect(put).rejects.toMatchObject({ name: 'AbortError' });
			expect(await store().stat(sha256Of(bytes))).toBeNull();
			const signal = AbortSignal.abort();
			await expect(store().put(bytes, { signal })).rejects.toMatchObject({ name: 'AbortError' });
		});
	});

	describe('large objects', () => {
		test('40 MB stream in and out whole, by two at once, and stay seekable', async () => {
			const salt = randomBytes(16);
			const expected = createHash('sha256');
			for await (const chunk of bigSource(salt)) expected.update(chunk);
			const sha256 = expected.digest('hex');

			const puts = await Promise.all([store().put(bigSource(salt)), store().put(bigSource(salt))]);
			expect(puts.map((put) => put.sha256)).toEqual([sha256, sha256]);
			const winners = puts.filter((put) => put.wasAbsent).length;
			expect(twoMayWin ? [1, 2] : [1]).toContain(winners);

			const actual = createHash('sha256');
			for await (const chunk of await store().open(sha256)) actual.update(chunk);
			expect(actual.digest('hex')).toBe(sha256);
			const start = 17 * CHUNK_BYTES - 5;
			const across = await read(store(), sha256, { start, end: start + 9 });
			const around = [16, 17].map((index) =>
				createHash('sha512').update(salt).update(String(index)).digest(),
			);
			const wanted = [Buffer.alloc(CHUNK_BYTES, around[0]).subarray(-5), around[1]?.subarray(0, 5)];
			expect(across.toString('hex')).toBe(wanted.map((part) => part?.toString('hex')).join(''));
			await store().remove(sha256);
		});
	});

	describe('reading', () => {
		test('a range gives its first to its last byte, both included', async () => {
			const bytes = Buffer.from('0123456789');
			const { sha256 } = await store().put(bytes);
			expect(String(await read(store(), sha256, { start: 0, end: 0 }))).toBe('0');
			expect(String(await read(store(), sha256, { start: 2, end: 5 }))).toBe('2345');
			expect(String(await read(store(), sha256, { start: 7 }))).toBe('789');
		});

		test('a range that ends past the object is clamped', async () => {
			const { sha256 } = await store().put(Buffer.from('0123456789'));
			expect(String(await read(store(), sha256, { start: 8, end: 4000 }))).toBe('89');
		});

		test('a range that starts past the object is refused', async () => {
			const { sha256 } = await store().put(Buffer.from('0123456789'));
			for (const range of [{ start: 10 }, { start: 99, end: 120 }, { start: 5, end: 4 }]) {
				const refused = store().open(sha256, range);
				await expect(refused).rejects.toMatchObject({ name: 'OutOfRangeError' });
			}
			const empty = await store().put(Buffer.alloc(0));
			const refused = store().open(empty.sha256, { start: 0 });
			await expect(refused).rejects.toMatchObject({ name: 'OutOfRangeError' });
		});

		test('an unknown object is null to stat and NotFoundError to open', async () => {
			expect(await store().stat(UNKNOWN)).toBeNull();
			for (const range of [undefined, { start: 0, end: 3 }]) {
				const opened = store().open(UNKNOWN, range);
				await expect(opened).rejects.toMatchObject({ name: 'NotFoundError' });
			}
		});

		test('a name that is no SHA-256 never reaches the disk or the network', async () => {
			for (const name of ['', '..', '../secret', 'A'.repeat(64), `${UNKNOWN}/..`]) {
				const errors = [store().stat(name), store().open(name), store().remove(name)];
				for (const error of errors)
					await expect(error).rejects.toMatchObject({ name: 'InvalidError' });
			}
		});

		test('an object can be read by many at once and left half-read', async () => {
			const bytes = randomBytes(300_000);
			const { sha256 } = await store().put(bytes);
			const abandoned = await store().open(sha256);
			abandoned.destroy();
			const all = await Promise.all([1, 2, 3].map(() => read(store(), sha256)));
			expect(all.every((copy) => copy.equals(bytes))).toBe(true);
		});
	});

	describe('listing and removing', () => {
		test('hashes come in ascending order, and after the one given', async () => {
			const own = await Promise.all(
				Array.from({ length: 20 }, async () => (await store().put(randomBytes(20))).sha256),
			);
			const all = await listed(store());
			expect(all).toEqual([...new Set(all)].sort());
			expect(all).toEqual(expect.arrayContaining(own));
			for (const after of [all[0], all[11], all.at(-1)]) {
				expect(await listed(store(), after)).toEqual(all.filter((hash) => hash > String(after)));
			}
			expect(await listed(store(), UNKNOWN)).toEqual([]);
		});

		test('a removed object is gone, can be put anew, and removing it twice is no error', async () => {
			const bytes = randomBytes(64);
			const { sha256 } = await store().put(bytes);
			await store().remove(sha256);
			await store().remove(sha256);
			expect(await store().stat(sha256)).toBeNull();
			expect(await listed(store())).not.toContain(sha256);
			expect((await store().put(bytes)).wasAbsent).toBe(true);
		});

		test('a working store says it is writable', async () => {
			await expect(store().checkWritable()).resolves.toBeUndefined();
			for (const hash of await listed(store())) expect(hash).toMatch(/^[0-9a-f]{64}$/);
		});
	});
}
