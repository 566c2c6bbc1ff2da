import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Logger, pino } from 'pino';
import { createApp } from '../../server/app.ts';
import { identifyBy } from '../../server/auth/identify.ts';
import type { Identify } from '../../server/auth/principal.ts';
import { openSessions } from '../../server/auth/sessions.ts';
import type { Context, HttpSettings } from '../../server/context.ts';
import { type JobSettings, startJobs } from '../../server/start/start-jobs.ts';
import { MemoryStore } from '../../server/storage/memory-store.ts';
import { openCatalogue } from './catalogue.ts';
import { startEmbedded } from './postgres.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
	/** The body as JSON; throws when it is none. */
	json(): unknown;
}

export interface Asking {
	method?: string;
	headers?: Record<string, string>;
	/** Sent as it is when it is text, else as JSON. */
	body?: unknown;
}

/** A whole server of the test's own: the real app on a real PostgreSQL, with objects in memory. */
export interface TestServer extends AsyncDisposable {
	origin: string;
	context: Context;
	/** Asks exactly what is said: no redirects, no cookies, no encodings of its own. */
	ask(path: string, options?: Asking): Promise<Answer>;
}

export interface TestServerOptions {
	http?: Partial<HttpSettings>;
	jobs?: Partial<JobSettings>;
	/** Who asks; by default as the server finds out. */
	identify?: Identify;
	logger?: Logger;
}

/** Asks one address, exactly as said. */
export async function ask(url: string, { body: sent, ...options }: Asking = {}) {
	const isJson = sent !== undefined && typeof sent !== 'string';
	const headers = { ...(isJson ? { 'content-type': 'application/json' } : {}), ...options.headers };
	const req = request(url, { ...options, headers, agent: false });
	req.end(isJson ? JSON.stringify(sent) : sent);
	const [res] = await once(req, 'response');
	const body = await buffer(res);
	return {
		status: res.statusCode,
		headers: res.headers,
		body,
		json: () => JSON.parse(body.toString('utf8')),
	};
}

/** Starts one on a free port of this machine; it stops and leaves nothing when disposed. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
	await using undo = new AsyncDisposableStack();
	const folder = undo.use(await temporaryFolder('server'));
	const db = undo.use(await openCatalogue(undo.use(await startEmbedded())));
	const store = undo.use(new MemoryStore());
	const logger = options.logger ?? pino({ level: process.env.LOG_LEVEL ?? 'silent' });
	const settings: JobSettings = {
		isWorker: false,
		atOnce: 1,
		memoryMB: 2048,
		timeoutS: 120,
		workDir: `${folder.path}/jobs`,
		...options.jobs,
	};
	const jobs = undo.use(await startJobs({ db, store, logger, settings }));
	const http = { clientDir: `${folder.path}/client`, trustProxy: false as const, ...options.http };
	const sessions = openSessions(db, { secret: 'for tests, '.repeat(4), ...options.http }, logger);
	const identify = options.identify ?? identifyBy(db, sessions);
	const addressSecret = randomBytes(32);
	const context: Context = {
		settings: http,
		db,
		store,
		jobs,
		sessions,
		identify,
		logger,
		addressSecret,
	};
	const server = createApp(context).listen(0, '127.0.0.1');
	await once(server, 'listening');
	undo.defer(async () => {
		server.close();
		server.closeAllConnections();
		await once(server, 'close');
	});
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const owned = undo.move();
	return {
		origin,
		context,
		ask: (path, how) => ask(origin + path, how),
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}
