import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { Context } from '../../../server/context.ts';
import { keptAnswer } from '../../../server/database/schema/answers.ts';
import { ConflictError } from '../../../server/errors.ts';
import { answerProblem } from '../../../server/http/errors.ts';
import { mountRoutes } from '../../../server/http/mount.ts';
import { requestLog } from '../../../server/http/request-log.ts';
import { NO_PARAMS, NO_QUERY, route } from '../../../server/http/route.ts';
import { sendJson } from '../../../server/http/send-json.ts';
import { openCatalogue } from '../../support/catalogue.ts';
import { startEmbedded } from '../../support/postgres.ts';
import { expectProblem } from '../../support/problems.ts';
import { ask } from '../../support/test-server.ts';

let made = 0;
let holdUp: Promise<void> | undefined;
let started: (() => void) | undefined;

const FACE = {
	method: 'POST',
	summary: 'For the tests',
	tag: 'test',
	limit: 'api',
	params: NO_PARAMS,
	query: NO_QUERY,
	idempotent: true,
	answers: {},
	problems: [],
} as const;

const make = route({
	...FACE,
	path: '/api/make',
	id: 'make',
	auth: 'account',
	may: () => true,
	body: z.object({ name: z.string() }),
	async handle({ body, req, res }) {
		made += 1;
		const number = made;
		started?.();
		await holdUp;
		if (body.name === 'taken') throw new ConflictError('make: there is one of this name');
		res.status(201);
		await sendJson(req, res, { number });
	},
});

const undo = new AsyncDisposableStack();
let origin: string;
let context: Context;

beforeAll(async () => {
	const db = undo.use(await openCatalogue(undo.use(await startEmbedded())));
	const logger = pino({ level: 'silent' });
	context = {
		settings: { clientDir: '', trustProxy: false },
		db,
		logger,
		identify: async ({ authorization = '' }) => ({
			kind: 'account',
			id: authorization,
			grants: [],
		}),
	} as Partial<Context> as Context;
	const app = express();
	app.use(requestLog(logger), mountRoutes(context, [make]), answerProblem);
	const server = app.listen(0, '127.0.0.1');
	await once(server, 'listening');
	undo.defer(async () => {
		server.close();
		server.closeAllConnections();
		await once(server, 'close');
	});
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => undo.disposeAsync());

function send(key: string | undefined, name = 'vase', who = 'Bearer ann') {
	const headers = { authorization: who, ...(key === undefined ? {} : { 'idempotency-key': key }) };
	return ask(`${origin}/api/make`, { method: 'POST', body: { name }, headers });
}

it('a change sent again under its key is made once, and answered the same', async () => {
	const first = await send('one');
	const again = await send('one');
	expect([again.status, again.json()]).toEqual([201, first.json()]);
	expect(first.headers['idempotency-replayed']).toBeUndefined();
	expect(again.headers['idempotency-replayed']).toBe('true');
	expect((await send('two')).json()).not.toEqual(first.json());
	expect((await send(undefined)).json()).not.toEqual((await send(undefined)).json());
});

it('keys of two people are two, and a key stands for one request', async () => {
	const first = await send('own');
	expect((await send('own', 'vase', 'Bearer bob')).json()).not.toEqual(first.json());
	expect(expectProblem(await send('own', 'bowl'), 409, 'conflict').detail).toContain('new key');
	expectProblem(await send('x'.repeat(201)), 400, 'invalid');
});

it('while the first is under way, the second is told to wait', async () => {
	const go = Promise.withResolvers<void>();
	const begun = new Promise<void>((resolve) => {
		started = resolve;
	});
	holdUp = go.promise;
	const before = made;
	const first = send('slow');
	await begun;
	expect(expectProblem(await send('slow'), 409, 'conflict').detail).toContain('under way');
	go.resolve();
	expect((await first).status).toBe(201);
	holdUp = undefined;
	expect((await send('slow')).json()).toEqual((await first).json());
	expect(made).toBe(before + 1);
});

it('a change that failed may be tried again under its key', async () => {
	const before = made;
	expectProblem(await send('fails', 'taken'), 409, 'conflict');
	expectProblem(await send('fails', 'taken'), 409, 'conflict');
	expect(made).toBe(before + 2);
});

it('the key of a change that died is free after a minute, and an answer is kept for a day', async () => {
	const { orm } = context.db;
	await send('died');
	await orm.update(keptAnswer).set({ status: null, claimedAt: new Date(Date.now() - 61_000) });
	expect((await send('died')).headers['idempotency-replayed']).toBeUndefined();
	await orm.update(keptAnswer).set({ claimedAt: new Date(Date.now() - 25 * 3600_000) });
	expect((await send('died')).headers['idempotency-replayed']).toBeUndefined();
	expect(await orm.select().from(keptAnswer)).toHaveLength(1);
});

it('strangers have no keys: such a route does not start', () => {
	const open = route({ ...FACE, path: '/api/open', id: 'open', auth: 'public', handle() {} });
	expect(() => mountRoutes(context, [open])).toThrow('idempotent for strangers');
});
