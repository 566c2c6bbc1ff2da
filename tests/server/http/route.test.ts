import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Principal } from '../../../server/auth/principal.ts';
import type { Context } from '../../../server/context.ts';
import { NotFoundError } from '../../../server/errors.ts';
import { answerProblem } from '../../../server/http/errors.ts';
import { mountRoutes } from '../../../server/http/mount.ts';
import { requestLog } from '../../../server/http/request-log.ts';
import { NO_PARAMS, NO_QUERY, type Route, route } from '../../../server/http/route.ts';
import { sendJson } from '../../../server/http/send-json.ts';
import { expectProblem } from '../../support/problems.ts';
import { type Asking, ask } from '../../support/test-server.ts';

/** Who asks, by the word after `Bearer` or in the cookie. */
const PEOPLE: Record<string, Principal> = {
	curator: { kind: 'account', id: 'c', grants: [{ role: 'curator', node: 'river' }] },
	device: { kind: 'device', id: 'd', node: 'river' },
};

const FACE = {
	tag: 'test',
	summary: 'For the tests',
	limit: 'api',
	params: NO_PARAMS,
	query: NO_QUERY,
	answers: { 200: { description: 'Ok', schema: z.looseObject({}) } },
	problems: [],
} as const;

let loads = 0;
const thing = ({ params }: { params: { id: string } }) => {
	loads += 1;
	if (params.id === 'none') throw new NotFoundError(`read: there is no ${params.id}`);
	return { owner: params.id };
};
const may = (principal: Principal, { owner }: { owner: string }) =>
	principal.kind === 'account' && principal.grants.some(({ node }) => node === owner);
const byId = { params: z.object({ id: z.string() }) };

const TABLE: Route[] = [
	route({
		...FACE,
		...byId,
		method: 'PUT',
		path: '/api/things/{id}',
		id: 'putThing',
		auth: 'account',
		thing,
		may,
		body: z.strictObject({ size: z.number() }),
		bodyBytesMax: 1000,
		async handle({ thing: { owner }, body, req, res }) {
			await sendJson(req, res, { owner, size: body.size });
		},
	}),
	route({
		...FACE,
		...byId,
		method: 'GET',
		path: '/api/things/{id}',
		id: 'getThing',
		auth: 'public',
		isHidden: true,
		thing,
		may,
		handle: ({ thing: found, req, res }) => sendJson(req, res, found),
	}),
	route({
		...FACE,
		method: 'GET',
		path: '/api/things/new',
		id: 'getNew',
		auth: 'public',
		handle: ({ principal, req, res }) => sendJson(req, res, { kind: principal.kind }),
	}),
	route({
		...FACE,
		method: 'GET',
		path: '/api/kiosk',
		id: 'getKiosk',
		auth: 'device-or-account',
		may: () => true,
		handle: ({ principal, req, res }) => sendJson(req, res, { kind: principal.kind }),
	}),
	route({
		...FACE,
		method: 'GET',
		path: '/api/desk',
		id: 'getDesk',
		auth: 'account',
		may: () => true,
		handle: ({ principal, req, res }) => sendJson(req, res, { kind: principal.kind }),
	}),
	route({
		...FACE,
		method: 'POST',
		path: '/api/try',
		id: 'try',
		auth: 'public',
		limit: 'auth',
		body: z.object({ name: z.string(), isRight: z.boolean() }),
		countedBy: ({ name }) => name,
		handle({ body, res }) {
			res.status(body.isRight ? 200 : 401).end();
		},
	}),
];

let origin: string;
let stop: () => Promise<void>;

beforeAll(async () => {
	const logger = pino({ level: 'silent' });
	const context = {
		settings: {
			clientDir: '',
			trustProxy: 1,
			publicUrl: 'https://museum.example',
			rateLimits: { auth: 20, attempts: 3 },
		},
		logger,
		identify: async ({ cookie, authorization }) =>
			PEOPLE[authorization?.slice(7) ?? cookie ?? ''] ?? { kind: 'anonymous' },
	} as Partial<Context> as Context;
	const app = express();
	app.set('trust proxy', 1);
	app.use(requestLog(logger), mountRoutes(context, TABLE), answerProblem);
	const server = app.listen(0, '127.0.0.1');
	await once(server, 'listening');
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	stop = async () => {
		server.close();
		server.closeAllConnections();
		await once(server, 'close');
	};
});
afterAll(() => stop?.());

const curator = { authorization: 'Bearer curator' };
const device = { authorization: 'Bearer device' };
const put = (id: string, how: Asking = {}) =>
	ask(`${origin}/api/things/${id}`, { method: 'PUT', body: { size: 1 }, ...how });

describe('a table of routes', () => {
	const open = { ...FACE, method: 'GET', path: '/api/x', id: 'x', handle() {} } as const;
	const context = { settings: { clientDir: '', trustProxy: false } } as Partial<Context> as Context;

	it('does not start with a route that has no policy, or no word on who may come', () => {
		const none = route({ ...open, auth: 'account' } as unknown as Parameters<typeof route>[0]);
		expect(() => mountRoutes(context, [none])).toThrow('routes: x has no policy');
		const silent = route({ ...open, may: () => true } as unknown as Parameters<typeof route>[0]);
		expect(() => mountRoutes(context, [silent])).toThrow('routes: x has no policy');
	});

	it('does not start with two routes in one place', () => {
		const one = route({ ...open, auth: 'public' });
		expect(() => mountRoutes(context, [one, { ...one, id: 'y' }])).toThrow('GET /api/x is there');
	});

	it('tells which methods an address takes, and finds a written part before a parameter', async () => {
		const answer = await ask(`${origin}/api/things/river`, { method: 'DELETE' });
		expectProblem(answer, 405, 'method-not-allowed');
		expect(answer.headers.allow).toBe('PUT, GET, HEAD');
		expect((await ask(`${origin}/api/things/new`)).json()).toEqual({ kind: 'anonymous' });
	});
});

describe('who asks', () => {
	it('is told apart: not known, known and not allowed, allowed', async () => {
		expectProblem(await put('river'), 401, 'unauthenticated');
		expectProblem(await put('hill', { headers: curator }), 403, 'forbidden');
		const answer = await put('river', { headers: curator });
		expect(answer.json()).toEqual({ owner: 'river', size: 1 });
		expect(answer.headers['cache-control']).toBe('private, no-store');
	});

	it('is asked before anything is read or loaded', async () => {
		const before = loads;
		expectProblem(await put('river', { body: 'no json' }), 401, 'unauthenticated');
		expect(loads).toBe(before);
		await put('river', { headers: curator });
		expect(loads).toBe(before + 1);
	});

	it('is told the same of what is hidden and of what is not there', async () => {
		const see = async (id: string, headers = {}) => {
			const answer = await ask(`${origin}/api/things/${id}`, { headers });
			return answer.status === 200 ? 200 : expectProblem(answer, 404, 'not-found').detail;
		};
		const words = 'request: there is nothing here that you may see';
		expect(await see('river')).toBe(words);
		expect(await see('hill', curator)).toBe(words);
		expect(await see('none', curator)).toBe(words);
		expect(await see('river', curator)).toBe(200);
	});

	it('as a device sees what devices may see, and changes nothing whatever the policy says', async () => {
		const answer = await ask(`${origin}/api/kiosk`, { headers: device });
		expect(answer.json()).toEqual({ kind: 'device' });
		expectProblem(await ask(`${origin}/api/desk`, { headers: device }), 403, 'forbidden');
		expectProblem(await put('river', { headers: device }), 403, 'forbidden');
		const tried = { method: 'POST', headers: device, body: { name: 'x', isRight: true } };
		expectProblem(await ask(`${origin}/api/try`, tried), 403, 'forbidden');
	});
});

describe('a body', () => {
	const send = (body: unknown, headers = {}) =>
		put('river', { body, headers: { ...curator, ...headers } });
	const json = { 'content-type': 'application/json' };

	it('that does not fit is told where', async () => {
		const problem = expectProblem(await send({ size: 'big', colour: 1 }), 400, 'invalid');
		expect(problem.errors?.map(({ path }) => path).sort()).toEqual(['colour', 'size']);
		expectProblem(await send('', json), 400, 'invalid');
		expectProblem(await send('{"size":', json), 400, 'invalid');
	});

	it('of another kind is not taken, nor one too large', async () => {
		expectProblem(await send('size=1', { 'content-type': 'text/plain' }), 415, 'unsupported');
		const form = { 'content-type': 'application/x-www-form-urlencoded' };
		expectProblem(await send('size=1', form), 415, 'unsupported');
		expectProblem(await send({ size: 1, pad: 'x'.repeat(1000) }), 413, 'too-large');
	});
});

describe('a change sent in the name of who is signed in', () => {
	const cookie = { cookie: 'curator' };
	it.each([
		['a page of this site', { 'sec-fetch-site': 'same-origin' }],
		['this host', { origin: 'http://127.0.0.1:PORT' }],
		['the public address', { origin: 'https://museum.example' }],
		[
			'the host a proxy was asked for',
			{ origin: 'https://x.example', 'x-forwarded-host': 'x.example' },
		],
	])('by %s is taken', async (_, headers) => {
		const own = JSON.parse(JSON.stringify(headers).replace('PORT', new URL(origin).port));
		expect((await put('river', { headers: { ...cookie, ...own } })).status).toBe(200);
	});

	it.each([
		['another site', { 'sec-fetch-site': 'cross-site' }],
		['a sister site', { 'sec-fetch-site': 'same-site', origin: 'https://museum.example' }],
		['another origin', { origin: 'https://evil.example' }],
		['another port of this host', { origin: 'http://127.0.0.1:1' }],
		['a page without an origin', { origin: 'null' }],
		['nobody says what', {}],
	])('by %s is refused in words', async (_, headers) => {
		const answer = await put('river', { headers: { ...cookie, ...headers } });
		expect(expectProblem(answer, 403, 'forbidden').detail).toContain('a page of this site');
	});

	it('by a token needs no origin, and cookies beside it do not count', async () => {
		const foreign = { 'sec-fetch-site': 'cross-site' };
		expect((await put('river', { headers: { ...curator, ...foreign } })).status).toBe(200);
		const nobody = { authorization: 'Bearer nobody', ...cookie };
		expectProblem(await put('river', { headers: nobody }), 401, 'unauthenticated');
	});

	it('by a stranger without cookies is refused where a browser says it is one', async () => {
		const how = { method: 'POST', body: { name: 'eve', isRight: true } };
		const foreign = { origin: 'https://evil.example' };
		expectProblem(await ask(`${origin}/api/try`, { ...how, headers: foreign }), 403, 'forbidden');
	});
});

describe('attempts', () => {
	const attempt = (name: string, isRight: boolean, from: string) =>
		ask(`${origin}/api/try`, {
			method: 'POST',
			body: { name, isRight },
			headers: { 'x-forwarded-for': from },
		});

	it('under one name are counted from all addresses, and right ones do not count', async () => {
		for (let n = 0; n < 5; n += 1) {
			expect((await attempt('ann', true, `10.0.0.${n}`)).status).toBe(200);
		}
		for (let n = 0; n < 3; n += 1) {
			expect((await attempt(n % 2 ? 'Ann' : 'ann', false, `10.0.1.${n}`)).status).toBe(401);
		}
		const refused = await attempt('ann', true, '10.0.2.1');
		expectProblem(refused, 429, 'rate-limited');
		expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
		expect((await attempt('bob', true, '10.0.2.1')).status).toBe(200);
	});

	it('from one address are counted over all names', async () => {
		for (let n = 0; n < 20; n += 1) await attempt(`name-${n}`, false, '10.1.0.1');
		expectProblem(await attempt('last', true, '10.1.0.1'), 429, 'rate-limited');
		expect((await attempt('last', true, '10.1.0.2')).status).toBe(200);
	});
});
