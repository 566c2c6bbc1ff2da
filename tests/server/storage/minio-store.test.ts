import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Client } from 'minio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { S3Config } from '../../../server/config/config.ts';
import type { ObjectStore } from '../../../server/storage/object-store.ts';
import { openStore } from '../../../server/storage/open-store.ts';
import { freePort } from '../../support/free-port.ts';
import { findS3Server, type S3Server } from '../../support/s3-server.ts';
import { reportSkip } from '../../support/skip.ts';
import { objectStoreContract } from './object-store.contract.ts';
import { signedHttpContract } from './signed-http.contract.ts';

const kind = await findS3Server();
if (!kind)
	reportSkip('MinioStore: no S3 server (set MINIO_BINARY, or install minio, Go or radosgw)');

describe.runIf(kind)(`MinioStore against a real ${kind?.name} server`, () => {
	let folder: string;
	let server: S3Server;
	let s3: S3Config;
	let store: ObjectStore;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'xishan-s3-'));
		server = await (kind as NonNullable<typeof kind>).start();
		const { endpoint, accessKey, secretKey } = server;
		s3 = { endpoint, accessKey, secretKey, bucket: 'xishan', region: 'us-east-1' };
		store = await openStore({ dataDir: folder, s3 });
	});
	afterAll(async () => {
		await store?.[Symbol.asyncDispose]();
		await server?.[Symbol.asyncDispose]();
		await rm(folder, { recursive: true, force: true });
	});

	objectStoreContract(() => store, { twoMayWin: kind?.name === 'Ceph radosgw' });

	signedHttpContract(() => ({ store, origin: server.endpoint }), { expired: 403 });

	test('its addresses are none of ours to check', async () => {
		const { sha256 } = await store.put(randomBytes(100));
		const { searchParams } = new URL(await store.signGet(sha256, { expiresS: 60 }));
		expect(store.verifySignedGet(sha256, searchParams)).toEqual({ verdict: 'forbidden' });
	});

	test('nothing is left in the spool folder, and no unfinished upload on the server', async () => {
		const chunks = Array.from({ length: 20 }, () => randomBytes(1 << 20));
		const puts = await Promise.all([1, 2, 3].map(() => store.put(Readable.from(chunks))));
		await expect(store.put(brokenSource())).rejects.toThrow('broke');
		expect(await readdir(join(folder, 'spool'))).toEqual([]);
		// MinIO lists the unfinished uploads of one key only: of the one that three puts fought over.
		const hash = String(puts[0]?.sha256);
		const key = `sha256/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
		const client = clientOf(server);
		const planted = await client.initiateNewMultipartUpload('xishan', key, {});
		expect(await client.listIncompleteUploads('xishan', key, true).toArray()).toHaveLength(1);
		await client.abortMultipartUpload('xishan', key, planted);
		expect(await client.listIncompleteUploads('xishan', key, true).toArray()).toEqual([]);
	});

	test('foreign keys in the bucket are not taken for objects', async () => {
		const client = clientOf(server);
		await client.putObject('xishan', 'sha256/notes.txt', 'hello');
		await client.putObject('xishan', `sha256/00/00/${'e'.repeat(64)}`, 'misplaced');
		for await (const hash of store.list()) expect(hash).not.toBe('e'.repeat(64));
	});

	test('a server that is not there, or does not know us, is one clear sentence', async () => {
		const nobody = `http://127.0.0.1:${await freePort()}`;
		const absent = openStore({ dataDir: folder, s3: { ...s3, endpoint: nobody } });
		await expect(absent).rejects.toThrow(/^object store: .*ECONNREFUSED.* — check S3_/);
		const stranger = openStore({ dataDir: folder, s3: { ...s3, secretKey: 'wrong-secret' } });
		const refused = await stranger.catch((error: Error) => error);
		expect(refused).toMatchObject({ name: 'StartError' });
		expect(String(refused)).not.toContain('wrong-secret');
	});
});

function clientOf(server: S3Server): Client {
	const { hostname, port } = new URL(server.endpoint);
	const { accessKey, secretKey } = server;
	return new Client({
		endPoint: hostname,
		port: Number(port),
		useSSL: false,
		accessKey,
		secretKey,
	});
}

async function* brokenSource(): AsyncGenerator<Buffer> {
	yield randomBytes(1000);
	throw new Error('broke');
}
