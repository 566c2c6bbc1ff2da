import { z } from 'zod';
import type { Context } from '../../context.ts';
import { isAtHead } from '../../database/migrate.ts';
import { UnavailableError } from '../../errors.ts';
import { NO_PARAMS, NO_QUERY, route } from '../route.ts';
import { sendJson } from '../send-json.ts';

const CHECK_TIMEOUT_MS = 2000;

const health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

function within<T>(work: Promise<T>, what: string): Promise<T> {
	const late = new Promise<never>((_, fail) => {
		setTimeout(
			() => fail(new UnavailableError(`${what}: does not answer in time`)),
			CHECK_TIMEOUT_MS,
		).unref();
	});
	return Promise.race([work, late]);
}

async function checkDatabase({ db }: Context): Promise<void> {
	if (!(await isAtHead(db))) {
		throw new UnavailableError('database: its schema is older than this program');
	}
}

export const healthRoutes = [
	route({
		method: 'GET',
		path: '/livez',
		id: 'isAlive',
		summary: 'Whether the process runs; says nothing about what it leans on',
		tag: 'operations',
		auth: 'public',
		limit: 'free',
		params: NO_PARAMS,
		query: NO_QUERY,
		answers: { 200: { description: 'It runs', schema: health } },
		problems: [],
		async handle({ req, res }) {
			await sendJson(req, res, { status: 'ok' }, 'no-store');
		},
	}),
	route({
		method: 'GET',
		path: '/readyz',
		id: 'isReady',
		summary: 'Whether it can serve: database at the newest schema, object store writable',
		tag: 'operations',
		auth: 'public',
		limit: 'api',
		params: NO_PARAMS,
		query: NO_QUERY,
		answers: { 200: { description: 'It can', schema: health } },
		problems: [],
		async handle({ context, req, res }) {
			await within(checkDatabase(context), 'database');
			await within(context.store.checkWritable(), 'object store');
			await sendJson(req, res, { status: 'ok' }, 'no-store');
		},
	}),
];
