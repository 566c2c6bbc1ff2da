import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Express } from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RESOURCES } from '#schema/record/resources';
import { createApp } from '../../../server/app.ts';
import { ROUTES } from '../../../server/http/routes/table.ts';
import { aManifest, atSite, giveAsset } from '../../support/assets.ts';
import { aSmallCluster, publish } from '../../support/catalogue.ts';
import { anArtefact } from '../../support/records.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const READY = { id: 'a'.repeat(32), job: '00000000-0000-4000-8000-00000000000a', status: 'ready' };
const FAILED = {
	id: 'b'.repeat(32),
	job: '00000000-0000-4000-8000-00000000000b',
	status: 'failed',
};

interface OpenApi {
	openapi: string;
	paths: Record<
		string,
		Record<
			string,
			{
				operationId: string;
				responses: Record<string, Response>;
				requestBody?: object;
				security?: object[];
			}
		>
	>;
	components: { securitySchemes: object };
}
interface Response {
	content?: Record<string, { schema?: object }>;
}

let server: TestServer;
let document: OpenApi;

beforeAll(async () => {
	server = await startTestServer();
	const { db } = server.context;
	await publish(db, [
		...aSmallCluster(),
		{ resource: 'artefacts', document: anArtefact({ id: 'failed-piece' }) },
	]);
	await giveAsset(db, 'ridge-beast', { ...READY, status: 'ready', manifest: aManifest() });
	await giveAsset(db, 'failed-piece', {
		...FAILED,
		status: 'failed',
		failure: { code: 'file-truncated', message: 'read: ends too early' },
	});
	document = (await server.ask('/api/openapi.json')).json() as OpenApi;
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** What an app really answers, verb and address, as Express knows them, in OpenAPI's way of writing. */
function mounted(app: Express): Set<string> {
	interface Layer {
		route?: { path: string; methods: Record<string, boolean> };
		handle?: { stack?: Layer[] };
	}
	const addresses = (stack: Layer[]): string[] =>
		stack.flatMap(({ route, handle }) => [
			...Object.keys(route?.methods ?? {}).map((verb) => `${verb} ${route?.path}`),
			...(handle?.stack ? addresses(handle.stack) : []),
		]);
	const { stack } = app.router as unknown as { stack: Layer[] };
	const all = addresses(stack).filter((address) => !/^(?:_all|options) /.test(address));
	return new Set(all.map((address) => address.replaceAll(/[:*](\w+)/g, '{$1}')));
}

/** What the document says is there, in the same way of writing. */
function documented(): string[] {
	return Object.entries(document.paths).flatMap(([path, verbs]) =>
		Object.keys(verbs).map((verb) => `${verb} ${path}`),
	);
}

it('documents every mounted route and nothing else', () => {
	expect(document.openapi).toMatch(/^3\.1/);
	const there = mounted(createApp(server.context));
	expect(there.size).toBeGreaterThan(20);
	expect(new Set(documented())).toEqual(there);
	expect(ROUTES).toHaveLength(there.size);
});

it('names each operation once', () => {
	const ids = ROUTES.map((route) => route.id);
	expect(new Set(ids).size).toBe(ids.length);
});

/** Requests that bring out every JSON answer and problem of every route, and the status each must have. */
const REQUESTS: [path: string, status: number, of: string][] = [
	...RESOURCES.flatMap((resource): [string, number, string][] => [
		[`/api/v1/${resource}`, 200, `/api/v1/${resource}`],
		[`/api/v1/${resource}?limit=0`, 400, `/api/v1/${resource}`],
		[`/api/v1/${resource}/nobody`, 404, `/api/v1/${resource}/{id}`],
	]),
	['/api/v1/artefacts?limit=1', 200, '/api/v1/artefacts'],
	['/api/v1/artefacts?ids=failed-piece,ridge-beast', 200, '/api/v1/artefacts'],
	['/api/v1/museums/river-museum', 200, '/api/v1/museums/{id}'],
	['/api/v1/artefacts/ridge-beast', 200, '/api/v1/artefacts/{id}'],
	['/api/v1/artefacts/failed-piece', 200, '/api/v1/artefacts/{id}'],
	['/api/v1/traditions/taiping-drum', 200, '/api/v1/traditions/{id}'],
	['/api/v1/libraries/river-library', 200, '/api/v1/libraries/{id}'],
	['/api/v1/places/cuandixia', 200, '/api/v1/places/{id}'],
	['/api/v1/exhibits/first-room', 200, '/api/v1/exhibits/{id}'],
	['/api/v1/tours/short-tour', 200, '/api/v1/tours/{id}'],
	['/api/v1/articles/how-glaze-runs', 200, '/api/v1/articles/{id}'],
	['/api/v1/stories/around-the-beast', 200, '/api/v1/stories/{id}'],
	[`/api/v1/assets/${READY.id}/manifest`, 200, '/api/v1/assets/{id}/manifest'],
	[`/api/v1/assets/${FAILED.id}/manifest`, 404, '/api/v1/assets/{id}/manifest'],
	['/api/v1/jobs', 200, '/api/v1/jobs'],
	['/api/v1/jobs?limit=1', 200, '/api/v1/jobs'],
	[`/api/v1/jobs/${READY.job}`, 200, '/api/v1/jobs/{id}'],
	[`/api/v1/jobs/${FAILED.job}`, 200, '/api/v1/jobs/{id}'],
	['/api/v1/jobs/none', 404, '/api/v1/jobs/{id}'],
	[`/api/v1/jobs/${FAILED.job.replace('b', 'c')}/events`, 404, '/api/v1/jobs/{id}/events'],
	[`/objects/sha256/${'0'.repeat(64)}/x.glb`, 404, '/objects/sha256/{hash}/{name}'],
	[`/objects/assets/${READY.id}/tiles/none.glb`, 404, '/objects/assets/{asset}/{path}'],
	[
		`/objects/signed-assets/${READY.id}/1.x/thumb.glb`,
		403,
		'/objects/signed-assets/{asset}/{token}/{path}',
	],
	[`/objects/signed/${'0'.repeat(64)}?e=1&s=x`, 403, '/objects/signed/{hash}'],
	['/livez', 200, '/livez'],
	['/readyz', 200, '/readyz'],
	['/metrics?x=1', 400, '/metrics'],
	['/api/openapi.json', 200, '/api/openapi.json'],
];

/** A path with every parameter filled in by what could be one. */
function somewhere(path: string): string {
	const id = '00000000-0000-4000-8000-000000000000';
	return path.replace('{node}', 'river-museum').replaceAll(/\{\w+\}/g, id);
}

/** Asked by a stranger without a body: closed routes say so first, open ones miss what they take. */
const STRANGERS: [path: string, status: number, of: string, method: string][] = ROUTES.filter(
	({ method, auth }) => method !== 'GET' || auth !== 'public',
).map(({ path, method, auth, body }) => {
	const status = auth !== 'public' ? 401 : body ? 415 : 204;
	return [somewhere(path), status, path, method];
});

const MORE: typeof STRANGERS = [
	['/api/auth/get-session', 200, '/api/auth/get-session', 'GET'],
	['/api/v1/me', 200, '/api/v1/me', 'GET'],
];

const ALL = [...REQUESTS.map((each) => [...each, 'GET'] as const), ...STRANGERS, ...MORE];

it('is asked about every address, by every verb, below', () => {
	const asked = ALL.map(([, , of, method]) => `${method.toLowerCase()} ${of}`);
	expect(new Set(asked)).toEqual(new Set(documented()));
});

it.each(ALL)('%s answers %i as documented (%s, %s)', async (path, status, of, method) => {
	const answer = await server.ask(path, { method, headers: { 'content-length': '0' } });
	expect(answer.status).toBe(status);
	const verb = method.toLowerCase();
	const described = document.paths[of]?.[verb]?.responses[String(status)];
	expect(described).toBeDefined();
	if (status === 204) return;
	const type = answer.headers['content-type']?.split(';')[0] ?? '';
	expect(Object.keys(described?.content ?? {})).toContain(type);
	const ajv = new Ajv2020({ strict: false, allErrors: true });
	formats.default(ajv);
	ajv.addSchema(document, 'openapi');
	const pointer = [of, verb, 'responses', String(status), 'content', type, 'schema']
		.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
		.join('/');
	const validate = ajv.compile({ $ref: `openapi#/paths/${pointer}` });
	validate(answer.json());
	expect(validate.errors ?? []).toEqual([]);
});

it('says of every route who may come, what it takes, and how to prove who one is', () => {
	const { securitySchemes } = document.components;
	expect(Object.keys(securitySchemes)).toEqual(['session', 'device']);
	for (const { path, method, auth, body, id } of ROUTES) {
		const said = document.paths[path]?.[method.toLowerCase()];
		expect([id, said?.operationId, Boolean(said?.requestBody)]).toEqual([id, id, Boolean(body)]);
		expect(said?.security?.length === 0).toBe(auth === 'public');
		if (auth === 'public') continue;
		expect(Object.keys(said?.responses ?? {})).toEqual(expect.arrayContaining(['401', '403']));
	}
});

it('the validator above sees a wrong answer', () => {
	const ajv = new Ajv2020({ strict: false });
	formats.default(ajv);
	ajv.addSchema(document, 'openapi');
	const validate = ajv.compile({ $ref: 'openapi#/components/schemas/Museum' });
	expect(validate({ id: 'river-museum' })).toBe(false);
});

it('the asset an artefact carries is the one it was given', async () => {
	const ready = (await server.ask('/api/v1/artefacts/ridge-beast')).json() as { asset: object };
	expect(ready.asset).toMatchObject({
		...READY,
		progress: 1,
		failure: null,
		manifest: aManifest(atSite),
	});
	const failed = (await server.ask('/api/v1/artefacts/failed-piece')).json() as { asset: object };
	expect(failed.asset).toMatchObject({
		...FAILED,
		manifest: null,
		failure: { code: 'file-truncated' },
	});
});
