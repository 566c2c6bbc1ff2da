import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { pageOf } from '#schema/record/page';
import { RECORD_SCHEMAS } from '#schema/record/record';
import { RESOURCES } from '#schema/record/resources';
import { SUMMARY_SCHEMAS } from '#schema/record/summary';
import { UnavailableError } from '../../../../server/errors.ts';
import { aSmallCluster, publish, storeAsIs } from '../../../support/catalogue.ts';
import { expectProblem } from '../../../support/problems.ts';
import { anExhibit } from '../../../support/records.ts';
import { startTestServer, type TestServer } from '../../../support/test-server.ts';

let server: TestServer;

beforeAll(async () => {
	server = await startTestServer({ http: { rateLimits: { api: 500, objects: 500 } } });
	await publish(server.context.db, aSmallCluster());
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe.each(RESOURCES)('%s', (resource) => {
	it('are listed and read one by one', async () => {
		const list = await server.ask(`/api/v1/${resource}`);
		const page = pageOf(z.strictObject(SUMMARY_SCHEMAS[resource].shape)).parse(list.json());
		expect(page.items).toHaveLength(1);
		expect(page.total).toEqual({ value: 1, exact: true });
		const id = String(page.items[0]?.id);
		const one = await server.ask(`/api/v1/${resource}/${id}`);
		const whole = RECORD_SCHEMAS[resource].parse(one.json());
		expect(whole.name).toEqual(page.items[0]?.name);
		const named = (view: string) => server.ask(`/api/v1/${resource}?ids=${id}&view=${view}`);
		expect((await named('whole')).json()).toEqual({ items: [one.json()] });
		expect((await named('summary')).json()).toEqual({ items: page.items });
	});

	it('that do not exist are a problem', async () => {
		expectProblem(await server.ask(`/api/v1/${resource}/nobody`), 404, 'not-found');
		expectProblem(await server.ask(`/api/v1/${resource}/Not_An_Id`), 404, 'not-found');
	});
});

describe('a record that a newer version wrote', () => {
	it('is a problem of its own, and nothing is lost by asking', async () => {
		const { db } = server.context;
		const newer = { ...anExhibit(), format: 'xishan-exhibit/999' };
		await storeAsIs(db, 'exhibits', 'first-room', newer);
		for (const path of ['/api/v1/exhibits/first-room', '/api/v1/exhibits']) {
			const { detail } = expectProblem(await server.ask(path), 501, 'newer-format');
			expect(detail).toContain('xishan-exhibit/999');
		}
		await db.pool.query(`update record set published_revision = 1 where id = 'first-room'`);
		expect((await server.ask('/api/v1/exhibits/first-room')).json()).toEqual(anExhibit());
	});
});

describe('a request that cannot be answered', () => {
	it.each([
		['an unknown parameter', '/api/v1/museums?colour=red', 'colour'],
		['a limit of zero', '/api/v1/museums?limit=0', 'limit'],
		['a limit over a hundred', '/api/v1/museums?limit=101', 'limit'],
		['a limit that is no number', '/api/v1/museums?limit=many', 'limit'],
		['a filter beside names of records', '/api/v1/museums?ids=a&kind=museum', 'kind'],
		['whole records of a list', '/api/v1/museums?view=whole', 'view'],
		['a name that cannot be one', '/api/v1/museums?ids=a,B', 'ids.1'],
		['more names than a page holds', `/api/v1/museums?ids=${'a,'.repeat(100)}a`, 'ids'],
		['a parameter given twice', '/api/v1/museums?limit=1&limit=2', 'limit'],
		['a cursor of someone else', '/api/v1/museums?cursor=e30', 'cursor'],
		['a cursor of a job list that is not ours', '/api/v1/jobs?cursor=e30', 'cursor'],
	])('%s is named', async (_, path, name) => {
		const problem = expectProblem(await server.ask(path), 400, 'invalid');
		expect(problem.errors?.map((error) => error.path)).toEqual([name]);
	});

	it('bad percent-encoding is the client’s mistake', async () => {
		expectProblem(await server.ask('/api/v1/museums/%E0%A4%A'), 400, 'invalid');
	});

	it.each(['/api', '/api/v1/nothing', '/api/v2/museums', '/objects/else'])(
		'%s is not a page of the client',
		async (path) => {
			expectProblem(await server.ask(path, { headers: { accept: 'text/html' } }), 404, 'not-found');
		},
	);

	it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
		'%s says what is allowed',
		async (method) => {
			const answer = await server.ask('/api/v1/museums', { method });
			expectProblem(answer, 405, 'method-not-allowed');
			expect(answer.headers.allow).toBe('GET, HEAD');
		},
	);
});

describe('answers', () => {
	it('are not sent again to who has them', async () => {
		const first = await server.ask('/api/v1/museums');
		const etag = first.headers.etag ?? '';
		expect(etag).toMatch(/^"[\w-]+"$/);
		const again = await server.ask('/api/v1/museums', { headers: { 'if-none-match': etag } });
		expect([again.status, again.body.length]).toEqual([304, 0]);
		const other = await server.ask('/api/v1/museums', { headers: { 'if-none-match': '"other"' } });
		expect(other.status).toBe(200);
	});

	it('are compressed for who takes it, under a tag of their own', async () => {
		const plain = await server.ask('/api/openapi.json');
		const small = await server.ask('/api/openapi.json', { headers: { 'accept-encoding': 'br' } });
		expect(small.headers['content-encoding']).toBe('br');
		expect(small.headers.vary).toContain('Accept-Encoding');
		expect(small.headers.etag).not.toBe(plain.headers.etag);
		expect(brotliDecompressSync(small.body)).toEqual(plain.body);
	});

	it('to HEAD have the headers and no body', async () => {
		const get = await server.ask('/api/v1/tours');
		const head = await server.ask('/api/v1/tours', { method: 'HEAD' });
		expect(head.body).toHaveLength(0);
		expect(head.headers.etag).toBe(get.headers.etag);
		expect(head.headers['content-length']).toBe(String(get.body.length));
	});

	it('carry headers that keep other origins and eval out, and 3D working', async () => {
		const { headers } = await server.ask('/api/v1/museums');
		const policy = headers['content-security-policy'];
		expect(policy).toContain("default-src 'self'");
		expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
		expect(policy).toContain("worker-src 'self' blob:");
		expect(policy).not.toContain('upgrade-insecure-requests');
		expect(headers['cross-origin-embedder-policy']).toBe('credentialless');
		expect(headers['cross-origin-opener-policy']).toBe('same-origin');
		expect(headers['permissions-policy']).toContain('xr-spatial-tracking=(self)');
		expect(headers['strict-transport-security']).toBeUndefined();
		expect(headers['x-powered-by']).toBeUndefined();
	});

	it('keep the request id of a proxy, if it is a sane one', async () => {
		const sane = await server.ask('/livez', { headers: { 'x-request-id': 'proxy-0123.abc' } });
		expect(sane.headers['x-request-id']).toBe('proxy-0123.abc');
		const odd = await server.ask('/livez', { headers: { 'x-request-id': 'x'.repeat(500) } });
		expect(odd.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
	});
});

describe('operations', () => {
	it('a server that can serve says so', async () => {
		expect((await server.ask('/livez')).json()).toEqual({ status: 'ok' });
		expect((await server.ask('/readyz')).json()).toEqual({ status: 'ok' });
	});

	it('a database behind the program is not ready, but alive', async () => {
		const { pool } = server.context.db;
		const shift = (by: number) =>
			pool.query('update drizzle.__drizzle_migrations set created_at = created_at + $1', [by]);
		await shift(-1);
		expectProblem(await server.ask('/readyz'), 503, 'unavailable');
		expect((await server.ask('/livez')).status).toBe(200);
		await shift(1);
	});

	it('a store that takes nothing is not ready', async () => {
		const full = vi.spyOn(server.context.store, 'checkWritable');
		full.mockRejectedValueOnce(new UnavailableError('object store: the disk is full'));
		const problem = expectProblem(await server.ask('/readyz'), 503, 'unavailable');
		expect(problem.detail).toContain('object store');
		expect((await server.ask('/readyz')).status).toBe(200);
	});

	it('requests are measured by pattern, never by id', async () => {
		await server.ask('/api/v1/museums/river-museum');
		const text = (await server.ask('/metrics')).body.toString();
		expect(text).toContain('route="/api/v1/museums/{id}",status="200"');
		expect(text).not.toContain('river-museum');
		expect(text).toContain('xishan_jobs{status="queued"} 0');
	});

	it('measurements are not for who comes through a proxy', async () => {
		const answer = await server.ask('/metrics', { headers: { 'x-forwarded-for': '203.0.113.7' } });
		expectProblem(answer, 404, 'not-found');
	});

	it('who asks too often is told to wait', async () => {
		await using strict = await startTestServer({ http: { rateLimits: { api: 2, objects: 2 } } });
		await strict.ask('/api/v1/museums');
		await strict.ask('/api/v1/tours');
		const answer = await strict.ask('/api/v1/museums');
		expectProblem(answer, 429, 'rate-limited');
		expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
		expect((await strict.ask('/livez')).status).toBe(200);
	});
});

describe('the client', () => {
	const html = { headers: { accept: 'text/html,*/*' } };

	it('that is not built yet has a page that looks again', async () => {
		const answer = await server.ask('/museums/river-museum', html);
		expect(answer.status).toBe(503);
		expect(answer.headers['retry-after']).toBeDefined();
		expect(answer.body.toString()).toMatch(/http-equiv="refresh"/);
		expectProblem(await server.ask('/assets/app.js'), 404, 'not-found');
	});

	it('appears as soon as it is built: its files, and its page at every address', async () => {
		const { clientDir } = server.context.settings;
		const files: Record<string, string> = {
			'index.html': '<title>built</title>',
			'assets/app-0123abcd.js': 'export {}',
			'assets/app-0123abcd.js.br': 'compressed',
		};
		for (const [name, text] of Object.entries(files)) {
			await mkdir(dirname(join(clientDir, name)), { recursive: true });
			await writeFile(join(clientDir, name), text);
		}
		await expect
			.poll(async () => (await server.ask('/', html)).body.toString(), { timeout: 5000 })
			.toBe('<title>built</title>');
		const deep = await server.ask('/museums/river-museum?lang=en', html);
		expect([deep.status, deep.headers['cache-control']]).toEqual([200, 'no-cache']);
		expect(deep.body.toString()).toBe('<title>built</title>');
		const script = await server.ask('/assets/app-0123abcd.js');
		expect(script.headers['cache-control']).toContain('immutable');
		const small = await server.ask('/assets/app-0123abcd.js', {
			headers: { 'accept-encoding': 'br' },
		});
		expect([small.headers['content-encoding'], small.body.toString()]).toEqual([
			'br',
			'compressed',
		]);
		expectProblem(await server.ask('/assets/gone-0123abcd.js', html), 404, 'not-found');
	});
});
