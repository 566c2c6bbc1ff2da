import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { LinkProfile } from './link-profile.ts';
import { requestClass } from './request-class.ts';
import { TokenBucket } from './token-bucket.ts';
import { WireLog, type WireRequest } from './wire-log.ts';

/** Bytes of one link go out in slices of this time, so that connections share it. */
const SLICE_MS = 5;
/** What a timer of a transfer under way may be late and still be made up for. */
const GRACE_MS = 200;
/** A new connection's first answer takes three round trips: two for the connection, one for the request. */
const CONNECT_RTTS = 2;
const KEEP_ALIVE_MS = 300_000;
const OF_ONE_HOP = new Set(['connection', 'keep-alive']);

/** A slow link on loopback to a fast server. Disposing closes it. */
export interface ThrottleProxy extends AsyncDisposable {
	origin: string;
	log: WireLog;
}

/** The clock of the log: Unix time, as a browser's `timeOrigin` is, but steady. */
export function unixMs(): number {
	return performance.timeOrigin + performance.now();
}

/**
 * Opens a link to the server at `target`: one bucket of bytes for all connections, a round trip for a
 * request, three for the first on a connection. Bodies pass as the server compressed them. (CDP's own
 * throttling misses what workers fetch.)
 */
export async function openThrottleProxy(target: string, link: LinkProfile): Promise<ThrottleProxy> {
	const log = new WireLog();
	const bytesPerS = (link.megabitsPerS * 1e6) / 8;
	const bucket = new TokenBucket({ bytesPerS, graceMs: GRACE_MS });
	const sliceBytes = Math.ceil((bytesPerS / 1000) * SLICE_MS);
	const agent = new Agent({ keepAlive: true });
	const connectedAt = new WeakMap<Socket, number>();

	async function send(res: ServerResponse, entry: WireRequest, bytes: Buffer | number) {
		const size = typeof bytes === 'number' ? bytes : bytes.length;
		// The head of an answer is a number, and comes first.
		await until(bucket.take(size, unixMs(), typeof bytes !== 'number'));
		log.pass(entry, size, unixMs());
		if (typeof bytes !== 'number' && !res.write(bytes)) await once(res, 'drain');
	}

	async function pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
		const entry = log.begin(req.url ?? '/', unixMs());
		const gone = new AbortController();
		res.on('close', () => gone.abort());
		try {
			await until(Math.max(unixMs(), connectedAt.get(req.socket) ?? 0) + link.rttMs);
			const answer = await ask(target, req, agent, gone.signal);
			entry.status = answer.statusCode ?? 0;
			entry.class = requestClass(entry.url, answer.headers['content-type']);
			res.writeHead(entry.status, ownHeaders(answer.rawHeaders));
			await send(res, entry, headBytes(answer.rawHeaders));
			res.flushHeaders();
			for await (const chunk of answer as AsyncIterable<Buffer>) {
				for (let at = 0; at < chunk.length; at += sliceBytes) {
					gone.signal.throwIfAborted();
					await send(res, entry, chunk.subarray(at, at + sliceBytes));
				}
			}
			res.end();
		} catch {
			// Either side went away: the browser sees a cut connection, as on any link.
			res.destroy();
		}
		entry.endMs = unixMs();
	}

	const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (req, res) => {
		void pass(req, res);
	});
	server.on('connection', (socket) => {
		socket.setNoDelay();
		connectedAt.set(socket, unixMs() + CONNECT_RTTS * link.rttMs);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		log,
		async [Symbol.asyncDispose]() {
			server.close();
			server.closeAllConnections();
			agent.destroy();
		},
	};
}

async function until(ms: number): Promise<void> {
	const waitMs = ms - unixMs();
	if (waitMs > 0) await delay(waitMs);
}

async function ask(
	target: string,
	req: IncomingMessage,
	agent: Agent,
	signal: AbortSignal,
): Promise<IncomingMessage> {
	const { method, headers } = req;
	const upstream = request(new URL(req.url ?? '/', target), { method, headers, agent, signal });
	// Also once the answer is here: a visitor who leaves is no fault.
	upstream.on('error', () => {});
	req.pipe(upstream);
	const [answer] = (await once(upstream, 'response', { signal })) as [IncomingMessage];
	return answer;
}

/** Raw headers are names and values in turns. */
function ownHeaders(raw: string[]): string[] {
	return raw.filter((_, i) => !OF_ONE_HOP.has((raw[i - (i % 2)] ?? '').toLowerCase()));
}

/** About what an answer's head takes on the wire: `name: value` and a line end each, a line of status. */
function headBytes(raw: string[]): number {
	return raw.reduce((sum, text) => sum + text.length + 2, '200 OK HTTP/1.1'.length + 4);
}
