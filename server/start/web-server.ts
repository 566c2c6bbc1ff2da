import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Problem } from '#schema/problem/problem';
import type { Config } from '../config/config.ts';
import { StartError } from '../errors.ts';
import { PROBLEMS } from '../http/errors.ts';
import { HOLDING_PAGE } from '../http/holding-page.ts';
import { patientServer } from './patient-server.ts';

const DRAIN_MS = 10_000;
const LOOK_EVERY_MS = 250;

/** The listening socket. It answers from the first moment; `serve` gives it the site. */
export interface WebServer {
	/** As given by the system where the setting was 0. */
	port: number;
	serve(site: RequestListener): void;
	/**
	 * Lets requests under way finish, for ten seconds at most, and takes no new ones. Event streams
	 * are ended at once: they would never finish, and browsers come back by themselves.
	 */
	drain(): Promise<void>;
}

const REASONS: Record<string, (host: string, port: number) => string> = {
	EADDRINUSE: (host, port) =>
		`start: port ${port} of ${host} is in use — set PORT to another, or to 0 for any free one`,
	EACCES: (_, port) => `start: port ${port} needs more rights — set PORT to 1024 or more`,
	EADDRNOTAVAIL: (host) => `start: ${host} is no address of this machine — correct HOST`,
	ENOTFOUND: (host) => `start: ${host} is no address of this machine — correct HOST`,
};

function startErrorOf(error: unknown, host: string, port: number): unknown {
	const { code = '' } = error as NodeJS.ErrnoException;
	const sentence = REASONS[code]?.(host, port);
	return sentence ? new StartError(sentence, { cause: error }) : error;
}

function notNow(): Problem {
	return {
		type: 'urn:xishan:problem:unavailable',
		...PROBLEMS.unavailable,
		code: 'unavailable',
		detail: 'server: it is starting or stopping — try again shortly',
		requestId: randomUUID(),
	};
}

/** What every address answers until the site stands: alive, not ready, and a page that looks again. */
function answerEarly(req: IncomingMessage, res: ServerResponse): void {
	const path = req.url?.split('?')[0];
	res.setHeader('Cache-Control', 'no-store');
	if (path === '/livez') {
		res.setHeader('Content-Type', 'application/json');
		res.end('{"status":"ok"}');
		return;
	}
	res.statusCode = 503;
	res.setHeader('Retry-After', '2');
	if (path === '/readyz' || path?.startsWith('/api/')) {
		res.setHeader('Content-Type', 'application/problem+json');
		res.end(JSON.stringify(notNow()));
		return;
	}
	res.setHeader('Content-Type', 'text/html; charset=utf-8');
	res.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
	res.end(req.method === 'HEAD' ? undefined : HOLDING_PAGE);
}

function isEventStream(res: ServerResponse): boolean {
	return String(res.getHeader('Content-Type') ?? '').startsWith('text/event-stream');
}

/** Whoever still writes into it has not heard of its end yet; that is no failure. */
function endStream(res: ServerResponse): void {
	res.on('error', () => {});
	res.end();
}

/** Takes the port, before anything slow is begun. Throws StartError when it cannot be had. */
export async function listen(config: Pick<Config, 'host' | 'port'>): Promise<WebServer> {
	const open = new Set<ServerResponse>();
	let answer: RequestListener = answerEarly;
	let isDraining = false;
	const server = patientServer((req, res) => {
		open.add(res);
		res.once('close', () => open.delete(res));
		// Load balancers and browsers alike shall not come back over this connection.
		if (isDraining) res.setHeader('Connection', 'close');
		const isAskedReady = isDraining && req.url?.split('?')[0] === '/readyz';
		return isAskedReady ? answerEarly(req, res) : answer(req, res);
	});
	try {
		server.listen(config.port, config.host);
		await once(server, 'listening');
	} catch (error) {
		throw startErrorOf(error, config.host, config.port);
	}
	const address = server.address();
	const port = address !== null && typeof address === 'object' ? address.port : config.port;

	const drain = async () => {
		if (isDraining) return;
		isDraining = true;
		const closed = once(server, 'close');
		server.close();
		for (const res of open) if (isEventStream(res)) endStream(res);
		const deadline = new AbortController();
		const idle = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
		const late = delay(DRAIN_MS, undefined, { signal: deadline.signal });
		late.then(
			() => server.closeAllConnections(),
			() => {},
		);
		await closed;
		clearInterval(idle);
		deadline.abort();
	};
	const serve = (site: RequestListener) => {
		answer = site;
	};
	return { port, serve, drain };
}
