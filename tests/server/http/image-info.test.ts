import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../../server/app.ts';
import { insertFiles } from '../../../server/assets/asset-files.ts';
import { giveAsset } from '../../support/assets.ts';
import { publish } from '../../support/catalogue.ts';
import { aMuseum, anArtefact } from '../../support/records.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const ASSET = 'a'.repeat(32);
const stored = { '@context': 'http://iiif.io/api/image/3/context.json', id: '.', width: 9 };
const INFO = Buffer.from(JSON.stringify(stored));
const OTHER = Buffer.from('{"id":"."}');

let server: TestServer;

beforeAll(async () => {
	server = await startTestServer();
	const { store, db } = server.context;
	await publish(db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact() },
	]);
	const job = '00000000-0000-4000-8000-000000000000';
	await giveAsset(db, 'ridge-beast', { id: ASSET, job, status: 'ready' });
	for (const [name, bytes] of [
		['iiif/info.json', INFO],
		['tiles/info.json', OTHER],
	] as const) {
		const { sha256, sizeBytes } = await store.put(bytes);
		const file = { name, sha256, bytes: sizeBytes, isPublic: true };
		await db.orm.transaction((tx) => insertFiles(tx, ASSET, [file]));
	}
});
afterAll(() => server?.[Symbol.asyncDispose]());

const path = `/objects/assets/${ASSET}/iiif`;

it('an image service names itself by the address it was asked under, and nothing else in it changes', async () => {
	const answer = await server.ask(`${path}/info.json`);
	expect(answer.json()).toEqual({ ...stored, id: server.origin + path });
	expect(answer.headers).toMatchObject({
		'content-type': 'application/json; charset=utf-8',
		'cache-control': 'no-cache',
		'access-control-allow-origin': '*',
	});
	const etag = { 'if-none-match': answer.headers.etag ?? '' };
	expect((await server.ask(`${path}/info.json`, { headers: etag })).status).toBe(304);
	const elsewhere = { host: 'museum.example:81' };
	const other = await server.ask(`${path}/info.json`, { headers: { ...elsewhere, ...etag } });
	expect(other.json()).toMatchObject({ id: `http://museum.example:81${path}` });
	const head = await server.ask(`${path}/info.json`, { method: 'HEAD' });
	expect([head.status, head.body.length]).toEqual([200, 0]);
});

it.each([
	['a proxy that is trusted', { trustProxy: 1 }, 'https://museum.example'],
	['a proxy that is not', { trustProxy: false as const }, undefined],
	[
		'the public address',
		{ trustProxy: 1, publicUrl: 'https://a.example/x' },
		'https://a.example/x',
	],
])('behind a proxy an image service goes by %s', async (_, settings, wanted) => {
	const { context } = server;
	const app = createApp({ ...context, settings: { ...context.settings, ...settings } });
	const proxied = app.listen(0, '127.0.0.1');
	await once(proxied, 'listening');
	const { port } = proxied.address() as AddressInfo;
	const headers = { 'x-forwarded-host': 'museum.example', 'x-forwarded-proto': 'https' };
	const answer = await fetch(`http://127.0.0.1:${port}${path}/info.json`, { headers });
	expect(await answer.json()).toMatchObject({
		id: (wanted ?? `http://127.0.0.1:${port}`) + path,
	});
	proxied.close();
	proxied.closeAllConnections();
});

it('an info.json of something else stays as it lies', async () => {
	const answer = await server.ask(`/objects/assets/${ASSET}/tiles/info.json`);
	expect(answer.body).toEqual(OTHER);
	expect(answer.headers['cache-control']).toBe('public, max-age=31536000, s-maxage=60');
});
