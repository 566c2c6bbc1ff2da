import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DiskStore } from '../../../server/storage/disk-store.ts';
import { openStore } from '../../../server/storage/open-store.ts';
import { serveStore } from '../../support/serve-store.ts';
import { objectStoreContract, sha256Of } from './object-store.contract.ts';
import { signedAddressContract } from './signed-address.contract.ts';
import { signedHttpContract } from './signed-http.contract.ts';

const WRITER = fileURLToPath(import.meta.resolve('./disk-writer.ts'));
const SECRET = randomBytes(32);
let folder: string;
let store: DiskStore;
let served: Awaited<ReturnType<typeof serveStore>>;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'xishan-disk-'));
	store = await DiskStore.open(join(folder, 'objects'), SECRET);
	served = await serveStore(store);
});
afterAll(async () => {
	await served[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

/** Runs a writer, kills it after `acksWanted` acknowledged puts, gives what it acknowledged. */
async function killedWriter(root: string, acksWanted: number): Promise<string[]> {
	const writer = fork(WRITER, [root], { stdio: 'inherit' });
	const ended = once(writer, 'exit');
	const acknowledged: string[] = [];
	writer.on('message', (hash) => {
		acknowledged.push(String(hash));
		if (acknowledged.length === acksWanted) writer.kill('SIGKILL');
	});
	const [, signal] = await ended;
	expect(signal).toBe('SIGKILL');
	return acknowledged;
}

describe('DiskStore', () => {
	objectStoreContract(() => store);
	signedAddressContract(() => store);
	signedHttpContract(() => served, { expired: 410 });

	test('an object lies where its hash says, and no temporary file is left', async () => {
		const bytes = randomBytes(99);
		const hash = sha256Of(bytes);
		await store.put(Readable.from([bytes]));
		const path = join(folder, 'objects/sha256', hash.slice(0, 2), hash.slice(2, 4), hash);
		expect((await readFile(path)).equals(bytes)).toBe(true);
		expect((await stat(path)).nlink).toBe(1);
		await expect(store.put(bytes, { sha256: '0'.repeat(64) })).rejects.toThrow();
		expect(await readdir(join(folder, 'objects/tmp'))).toEqual([]);
	});

	test('two stores on one folder see each other and agree who put first', async () => {
		await using second = await DiskStore.open(join(folder, 'objects'), SECRET);
		const bytes = randomBytes(50_000);
		const puts = await Promise.all([store.put(bytes), second.put(bytes)]);
		expect(puts.filter((put) => put.wasAbsent)).toHaveLength(1);
		expect((await buffer(await second.open(sha256Of(bytes)))).equals(bytes)).toBe(true);
	});

	test('temporary files of dead writers are swept at start, those of living ones stay', async () => {
		const root = join(folder, 'swept');
		await DiskStore.open(root, SECRET);
		const machine = hostname().replace(/[^a-zA-Z0-9-]/g, '_');
		const dead = [`${machine}.4194999.gone.1`, `${machine}.${process.pid}.earlier-run.2`];
		const living = [`${machine}.${process.ppid}.their-run.3`, 'another-machine.1.run.4'];
		for (const name of [...dead, ...living]) await writeFile(join(root, 'tmp', name), 'half');
		await DiskStore.open(root, SECRET);
		expect((await readdir(join(root, 'tmp'))).sort()).toEqual(living.sort());
	});

	test('what a writer killed with SIGKILL had acknowledged is all there and whole', async () => {
		const root = join(folder, 'killed');
		const acknowledged: string[] = [];
		for (const acksWanted of [3, 17, 40]) {
			acknowledged.push(...(await killedWriter(root, acksWanted)));
		}
		expect(acknowledged.length).toBeGreaterThanOrEqual(60);
		const reopened = await DiskStore.open(root, SECRET);
		for await (const hash of reopened.list()) {
			expect(sha256Of(await buffer(await reopened.open(hash)))).toBe(hash);
		}
		for (const hash of acknowledged) expect(await reopened.stat(hash)).not.toBeNull();
		expect(await readdir(join(root, 'tmp'))).toEqual([]);
	});

	test('addresses stay good across restarts: the secret is kept, for its owner only', async () => {
		const dataDir = join(folder, 'data');
		await using first = await openStore({ dataDir, s3: undefined });
		const { sha256 } = await first.put(randomBytes(9));
		const address = await first.signGet(sha256, { expiresS: 60 });
		await using second = await openStore({ dataDir, s3: undefined });
		const { searchParams } = new URL(address, 'http://site.invalid');
		expect(second.verifySignedGet(sha256, searchParams)).toEqual({ verdict: 'ok' });
		expect((await stat(join(dataDir, 'address-secret'))).mode & 0o777).toBe(0o600);
	});
});
