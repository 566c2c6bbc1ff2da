import { createHash, randomBytes } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertFiles } from '../../../../server/assets/asset-files.ts';
import { giveAsset } from '../../../support/assets.ts';
import { publish } from '../../../support/catalogue.ts';
import { expectProblem } from '../../../support/problems.ts';
import { aMuseum, anArtefact } from '../../../support/records.ts';
import { startTestServer, type TestServer } from '../../../support/test-server.ts';

const ASSET = 'a'.repeat(32);
const GLB = Buffer.concat([randomBytes(500), Buffer.alloc(1500)]);
/** Too big to be kept in memory: it is streamed. */
const BIG = Buffer.alloc(17 * 1024 * 1024, 'xishan');
const ORIGINAL = Buffer.from('an original scan');

let server: TestServer;

function hashOf(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

const address = `/objects/sha256/${hashOf(GLB)}/low.glb`;
const bigAddress = `/objects/sha256/${hashOf(BIG)}/high.glb`;

beforeAll(async () => {
	server = await startTestServer();
	const { store, db } = server.context;
	const small = brotliCompressSync(GLB);
	for (const bytes of [GLB, BIG, ORIGINAL, small]) await store.put(bytes);
	await publish(db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact() },
	]);
	await giveAsset(db, 'ridge-beast', {
		...{ id: ASSET, status: 'ready', job: '00000000-0000-4000-8000-000000000000' },
		scanSha256: hashOf(ORIGINAL),
	});
	const file = (name: string, bytes: Buffer, isPublic = true) => ({
		...{ name, sha256: hashOf(bytes), bytes: bytes.length, isPublic },
	});
	const brotli = { brotliSha256: hashOf(small), brotliBytes: small.length };
	await db.orm.transaction((tx) =>
		insertFiles(tx, ASSET, [
			{ ...file('low.glb', GLB), ...brotli },
			file('high.glb', BIG),
			{ ...file('tiles/0/1 一.glb', GLB), ...brotli },
			file('bag/data/scan.ply', ORIGINAL, false),
			file('scan.ply', ORIGINAL, false),
		]),
	);
});
afterAll(() => server?.[Symbol.asyncDispose]());

it('an object comes whole, for ever, under its hash', async () => {
	const { status, headers, body } = await server.ask(address);
	expect(status).toBe(200);
	expect(body.equals(GLB)).toBe(true);
	expect(headers).toMatchObject({
		'content-type': 'model/gltf-binary',
		'content-length': String(GLB.length),
		'cache-control': 'public, max-age=31536000, s-maxage=60',
		etag: `"${hashOf(GLB)}"`,
		'accept-ranges': 'bytes',
		vary: 'Accept-Encoding',
	});
});

it('HEAD tells its size and sends nothing', async () => {
	const { headers, body } = await server.ask(address, { method: 'HEAD' });
	expect([headers['content-length'], body.length]).toEqual([String(GLB.length), 0]);
});

it('who has it gets nothing again', async () => {
	for (const known of [`"${hashOf(GLB)}"`, `"x", W/"${hashOf(GLB)}"`, '*']) {
		const answer = await server.ask(address, { headers: { 'if-none-match': known } });
		expect([known, answer.status, answer.body.length]).toEqual([known, 304, 0]);
	}
});

it('who wants another version is told', async () => {
	const answer = await server.ask(address, { headers: { 'if-match': '"other"' } });
	expectProblem(answer, 412, 'precondition-failed');
});

describe.each([
	['from memory', GLB, address],
	['streamed', BIG, bigAddress],
])('a range %s', (_, bytes, path) => {
	const last = bytes.length - 1;
	it.each([
		['bytes=0-99', 0, 99],
		['bytes=100-', 100, last],
		['bytes=-7', bytes.length - 7, last],
		[`bytes=-${bytes.length * 2}`, 0, last],
		[`bytes=10-${bytes.length * 2}`, 10, last],
		['bytes=0-0', 0, 0],
	])('%s', async (range, start, end) => {
		const { status, headers, body } = await server.ask(path, { headers: { range } });
		expect(status).toBe(206);
		expect(headers['content-range']).toBe(`bytes ${start}-${end}/${bytes.length}`);
		expect(body.equals(bytes.subarray(start, end + 1))).toBe(true);
	});

	it.each([`bytes=${bytes.length}-`, 'bytes=-0'])('%s is past the end', async (range) => {
		const answer = await server.ask(path, { headers: { range } });
		expectProblem(answer, 416, 'range-unsatisfiable');
		expect(answer.headers['content-range']).toBe(`bytes */${bytes.length}`);
	});

	it.each(['bytes=5-1', 'bytes=0-1,5-6', 'lines=0-1', 'bytes=a-b', 'bytes=-'])(
		'%s gives the whole',
		async (range) => {
			const { status, body } = await server.ask(path, { headers: { range } });
			expect([status, body.length]).toEqual([200, bytes.length]);
		},
	);
});

it('a cut download goes on only with the same bytes', async () => {
	const range = 'bytes=1000-';
	const go = await server.ask(address, { headers: { range, 'if-range': `"${hashOf(GLB)}"` } });
	expect([go.status, go.body.length]).toEqual([206, GLB.length - 1000]);
	for (const other of ['"other"', `W/"${hashOf(GLB)}"`, 'Wed, 21 Oct 2026 07:28:00 GMT']) {
		const whole = await server.ask(address, { headers: { range, 'if-range': other } });
		expect([whole.status, whole.body.length]).toEqual([200, GLB.length]);
	}
});

it('who takes brotli gets fewer bytes under another tag, except for a part', async () => {
	const br = { 'accept-encoding': 'gzip, br' };
	const small = await server.ask(address, { headers: br });
	expect(small.headers['content-encoding']).toBe('br');
	expect(small.headers.etag).toBe(`"${hashOf(small.body)}"`);
	expect(small.body.length).toBeLessThan(GLB.length);
	expect(brotliDecompressSync(small.body).equals(GLB)).toBe(true);
	const part = await server.ask(address, { headers: { ...br, range: 'bytes=0-9' } });
	expect([part.headers['content-encoding'], part.body.length]).toEqual([undefined, 10]);
	const none = await server.ask(address, { headers: { 'accept-encoding': 'br;q=0' } });
	expect(none.headers['content-encoding']).toBeUndefined();
});

it('an original cannot be had by its hash, nor a derivative under another name', async () => {
	const hash = hashOf(ORIGINAL);
	expectProblem(await server.ask(`/objects/sha256/${hash}/scan.ply`), 404, 'not-found');
	expectProblem(await server.ask(address.replace('low', 'other')), 404, 'not-found');
	expectProblem(await server.ask(`/objects/sha256/${'0'.repeat(64)}/low.glb`), 404, 'not-found');
	expectProblem(await server.ask('/objects/sha256/nohash/low.glb'), 404, 'not-found');
});

describe('a file by its path', () => {
	const path = `/objects/assets/${ASSET}/tiles/0/${encodeURIComponent('1 一.glb')}`;

	it('comes as it does by its hash: for ever, in parts, and in brotli', async () => {
		const whole = await server.ask(path);
		expect([whole.status, whole.body.equals(GLB)]).toEqual([200, true]);
		expect(whole.headers).toMatchObject({
			'content-type': 'model/gltf-binary',
			'cache-control': 'public, max-age=31536000, s-maxage=60',
			etag: `"${hashOf(GLB)}"`,
			vary: 'Accept-Encoding',
		});
		const known = await server.ask(path, { headers: { 'if-none-match': `"${hashOf(GLB)}"` } });
		expect(known.status).toBe(304);
		const part = await server.ask(path, { headers: { range: 'bytes=5-9' } });
		expect([part.status, part.body]).toEqual([206, GLB.subarray(5, 10)]);
		const small = await server.ask(path, { headers: { 'accept-encoding': 'br' } });
		expect(small.headers['content-encoding']).toBe('br');
		expect(brotliDecompressSync(small.body).equals(GLB)).toBe(true);
	});

	it.each([
		['the archival package', 'bag/data/scan.ply'],
		['the original', 'scan.ply'],
		['a folder', 'tiles/0'],
		['a file of nobody', 'tiles/0/2.glb'],
		['a way out', 'tiles/%2e%2e/scan.ply'],
		['a way out, encoded', 'tiles%2f..%2flow.glb'],
		['an absolute path', '/etc/passwd'],
	])('%s is not there', async (_, name) => {
		expectProblem(await server.ask(`/objects/assets/${ASSET}/${name}`), 404, 'not-found');
	});

	it('of another asset is not there', async () => {
		const other = path.replace(ASSET, 'b'.repeat(32));
		expectProblem(await server.ask(other), 404, 'not-found');
		expectProblem(await server.ask(path.replace(ASSET, 'no-id')), 404, 'not-found');
	});
});

describe('pages of other origins', () => {
	const path = `/objects/assets/${ASSET}/tiles/0/${encodeURIComponent('1 一.glb')}`;
	const open = {
		'access-control-allow-origin': '*',
		'cross-origin-resource-policy': 'cross-origin',
	};

	it.each([address, bigAddress, path])('may read %s, whole and in parts', async (of) => {
		const range = { range: 'bytes=0-9' };
		const known = { 'if-none-match': '*' };
		const past = { range: `bytes=${BIG.length}-` };
		for (const [headers, method, status] of [
			[{}, 'GET', 200],
			[{}, 'HEAD', 200],
			[range, 'GET', 206],
			[known, 'GET', 304],
			[past, 'GET', 416],
		] as const) {
			const answer = await server.ask(of, {
				method,
				headers: { ...headers, origin: 'https://iiif' },
			});
			expect([answer.status, answer.headers]).toEqual([status, expect.objectContaining(open)]);
			const exposed = answer.headers['access-control-expose-headers'];
			expect(exposed).toMatch(/Accept-Ranges.*Content-Range.*ETag/);
			expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
		}
		const asked = { origin: 'https://iiif', 'access-control-request-headers': 'range' };
		const first = await server.ask(of, { method: 'OPTIONS', headers: asked });
		expect([first.status, first.headers]).toEqual([
			204,
			expect.objectContaining({
				'access-control-allow-origin': '*',
				'access-control-allow-methods': 'GET, HEAD, OPTIONS',
				'access-control-allow-headers': expect.stringContaining('Range'),
			}),
		]);
	});

	it('may read nothing that is not public', async () => {
		const signed = await server.context.store.signGet(hashOf(ORIGINAL), { expiresS: 60 });
		const hidden = ['bag/data/scan.ply', 'scan.ply', 'none.glb'];
		for (const of of [
			signed,
			'/api/v1/jobs',
			...hidden.map((h) => `/objects/assets/${ASSET}/${h}`),
		]) {
			const { headers } = await server.ask(of, { headers: { origin: 'https://iiif' } });
			expect(headers).not.toHaveProperty('access-control-allow-origin');
			expect(headers['cross-origin-resource-policy']).toBe('same-origin');
		}
		expectProblem(await server.ask(signed, { method: 'OPTIONS' }), 405, 'method-not-allowed');
		expectProblem(await server.ask(address, { method: 'PUT' }), 405, 'method-not-allowed');
	});
});

describe('a signed address', () => {
	const sign = (expiresS: number) =>
		server.context.store.signGet(hashOf(ORIGINAL), { expiresS, fileName: '扫描.ply' });

	it('gives an original to who has it, under its name', async () => {
		const answer = await server.ask(await sign(60));
		expect(answer.body.equals(ORIGINAL)).toBe(true);
		expect(answer.headers['content-disposition']).toContain("filename*=UTF-8''");
		expect(answer.headers['cache-control']).toBe('private, no-store');
	});

	it('stops working in time', async () => {
		expectProblem(await server.ask(await sign(-1)), 410, 'expired');
	});

	it('works for nothing else', async () => {
		const path = await sign(60);
		const other = path.replace(hashOf(ORIGINAL), hashOf(GLB));
		expectProblem(await server.ask(other), 403, 'forbidden');
		expectProblem(await server.ask(path.replace(/e=\d+/, 'e=99999999999')), 403, 'forbidden');
		expectProblem(await server.ask(`/objects/signed/${hashOf(ORIGINAL)}`), 400, 'invalid');
	});
});
