import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchFile, retryAfterMs } from '../../../../client/engine/stage/fetch-file.ts';
import { PartialFiles } from '../../../../client/engine/stage/partial-files.ts';

const BYTES = Uint8Array.from({ length: 1_000 }, (_, index) => index % 251);

/** A store that answers as each test says, and remembers which parts it was asked for. */
let answer: RequestListener;
let asked: (string | undefined)[];
let url: string;
const server = createServer((request, response) => {
	asked.push(request.headers.range);
	answer(request, response);
});

beforeEach(async () => {
	asked = [];
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port was given');
	url = `http://127.0.0.1:${address.port}/mid.glb`;
});

afterEach(async () => {
	server.closeAllConnections();
	server.close();
	await once(server, 'close');
});

const ask = (partials?: PartialFiles, silenceMs = 5_000, signal = new AbortController().signal) =>
	fetchFile({ url, sizeBytes: BYTES.length, signal, partials, silenceMs });

/** Answers what is asked for; the first time it breaks off after 400 bytes, in the way given. */
function breakOff(how: 'cut' | 'stall'): RequestListener {
	return (request, response) => {
		const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
		const range = { 'Content-Range': `bytes ${from}-999/1000` };
		response.writeHead(from > 0 ? 206 : 200, from > 0 ? range : {});
		if (asked.length > 1) {
			response.end(BYTES.subarray(from));
			return;
		}
		response.write(BYTES.subarray(0, 400), () => {
			if (how === 'cut') setTimeout(() => response.destroy(), 50);
		});
	};
}

describe('fetching a file', () => {
	it('goes on where a connection was cut', async () => {
		answer = breakOff('cut');
		const partials = new PartialFiles();
		await expect(ask(partials)).rejects.toMatchObject({ reason: 'network' });
		expect(new Uint8Array(await ask(partials))).toEqual(BYTES);
		expect(asked).toEqual([undefined, 'bytes=400-']);
	});

	it('calls a transfer broken that says nothing any more, and goes on where it stopped', async () => {
		answer = breakOff('stall');
		const partials = new PartialFiles();
		await expect(ask(partials, 200)).rejects.toMatchObject({ reason: 'stalled' });
		expect(new Uint8Array(await ask(partials))).toEqual(BYTES);
		expect(asked).toEqual([undefined, 'bytes=400-']);
	});

	it('calls one broken that never answers at all', async () => {
		answer = () => {};
		await expect(ask(undefined, 100)).rejects.toMatchObject({ reason: 'stalled' });
	});

	it('keeps what had come when the page is hidden and drops it', async () => {
		answer = breakOff('stall');
		const partials = new PartialFiles();
		const abort = new AbortController();
		const given = fetchFile({
			url,
			sizeBytes: BYTES.length,
			signal: abort.signal,
			partials,
			onProgress: () => abort.abort(new Error('hidden')),
		});
		await expect(given).rejects.toThrow('hidden');
		await ask(partials);
		expect(asked[1]).toBe('bytes=400-');
	});

	it('begins anew where the server knows no parts, or answers with another', async () => {
		const partials = new PartialFiles();
		answer = breakOff('cut');
		await ask(partials).catch(() => {});
		answer = (_, response) => response.end(BYTES);
		expect(new Uint8Array(await ask(partials))).toEqual(BYTES);

		answer = breakOff('cut');
		asked = [];
		await ask(partials).catch(() => {});
		answer = (_, response) => {
			response.writeHead(206, { 'Content-Range': 'bytes 0-999/1000' }).end(BYTES);
		};
		await expect(ask(partials)).rejects.toMatchObject({ reason: 'cut' });
		answer = (_, response) => response.end(BYTES);
		expect(new Uint8Array(await ask(partials))).toEqual(BYTES);
		expect(asked).toEqual([undefined, 'bytes=400-', undefined]);
	});

	it('refuses more bytes than were promised, and fewer', async () => {
		answer = (_, response) => response.end(Buffer.concat([BYTES, BYTES]));
		await expect(ask()).rejects.toMatchObject({ reason: 'cut' });
		answer = (_, response) => response.end(BYTES.subarray(0, 10));
		await expect(ask()).rejects.toMatchObject({ reason: 'cut' });
	});

	it('tells what is not there from what is to be asked for later, and when', async () => {
		answer = (_, response) => response.writeHead(404).end();
		await expect(ask()).rejects.toMatchObject({ reason: 'missing' });
		answer = (_, response) => response.writeHead(503, { 'Retry-After': '7' }).end();
		await expect(ask()).rejects.toMatchObject({ reason: 'busy', retryAfterMs: 7_000 });
		answer = (_, response) => response.writeHead(429).end();
		await expect(ask()).rejects.toMatchObject({ reason: 'busy', retryAfterMs: undefined });
		answer = (_, response) => response.writeHead(500).end();
		await expect(ask()).rejects.toMatchObject({ reason: 'network' });
	});
});

it('reads Retry-After as seconds or as a date, and no longer than two minutes', () => {
	const nowMs = Date.parse('2026-12-01T08:00:00Z');
	expect(retryAfterMs('30', nowMs)).toBe(30_000);
	expect(retryAfterMs('Tue, 01 Dec 2026 08:00:20 GMT', nowMs)).toBe(20_000);
	expect(retryAfterMs('Tue, 01 Dec 2026 07:00:00 GMT', nowMs)).toBe(0);
	expect(retryAfterMs('999999', nowMs)).toBe(120_000);
	expect(retryAfterMs('soon', nowMs)).toBeUndefined();
	expect(retryAfterMs(null, nowMs)).toBeUndefined();
});

it('keeps no more of broken transfers than it may, the latest first', () => {
	const partials = new PartialFiles(2_500);
	for (const name of ['a', 'b', 'c']) {
		partials.put(name, { bytes: new Uint8Array(1_000), received: 10 });
	}
	expect(partials.take('a', 1_000).received).toBe(0);
	expect(partials.take('c', 1_000).received).toBe(10);
	expect(partials.take('c', 1_000).received).toBe(0);
	expect(partials.take('b', 999).received).toBe(0);
});
