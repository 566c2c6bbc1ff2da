import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { searchOf } from '../../../client/api/list-records.ts';
import { requestJson } from '../../../client/api/request-json.ts';
import { sendJson } from '../../../client/api/send-json.ts';
import { type Scripted, SILENCE, scriptedFetch } from '../../support/scripted-fetch.ts';

const thing = z.object({ name: z.string() });
const open: (() => Promise<void>)[] = [];

/** A server of one answer; returns its address. */
async function serve(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	open.push(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const answer =
	(status: number, body: string): RequestListener =>
	(_req, res) => {
		res.writeHead(status, { 'content-type': 'application/json' }).end(body);
	};

const never = new AbortController().signal;

afterEach(async () => {
	await Promise.all(open.splice(0).map((close) => close()));
});

describe('a request for JSON', () => {
	it('gives what the contract describes', async () => {
		const address = await serve(answer(200, '{"name":"鸱吻","more":1}'));
		expect(await requestJson(address, thing, never)).toEqual({ name: '鸱吻' });
	});

	it('carries the code and the request id of a problem document', async () => {
		const problem = {
			type: 'about:blank',
			title: 'Not found',
			status: 404,
			code: 'not-found',
			detail: 'there is no such museum',
			requestId: 'r-17',
		};
		const address = await serve(answer(404, JSON.stringify(problem)));
		await expect(requestJson(address, thing, never)).rejects.toMatchObject({
			name: 'ApiProblem',
			code: 'not-found',
			requestId: 'r-17',
		});
	});

	it('takes the words of a gateway for an unavailable server', async () => {
		const address = await serve(answer(502, '<h1>Bad gateway</h1>'));
		await expect(requestJson(address, thing, never)).rejects.toMatchObject({ code: 'unavailable' });
	});

	it('refuses an answer that breaks the contract, and one that is no JSON', async () => {
		const wrong = await serve(answer(200, '{"name":7}'));
		await expect(requestJson(wrong, thing, never)).rejects.toMatchObject({ code: 'unreadable' });
		const broken = await serve(answer(200, '{"name":'));
		await expect(requestJson(broken, thing, never)).rejects.toMatchObject({ code: 'unreadable' });
	});

	it('says so when a newer server wrote the record, alone or in a list', async () => {
		const newer = { format: 'xishan-exhibit/999', name: 7 };
		for (const body of [newer, { items: [newer] }]) {
			const address = await serve(answer(200, JSON.stringify(body)));
			await expect(requestJson(address, thing, never)).rejects.toMatchObject({
				code: 'newer-format',
				message: expect.stringContaining('xishan-exhibit/999'),
			});
		}
	});

	it('is offline when nothing answers', async () => {
		const address = await serve((req) => req.socket.destroy());
		await expect(requestJson(address, thing, never)).rejects.toMatchObject({ code: 'offline' });
	});

	it('is offline when the answer breaks off', async () => {
		const address = await serve((_req, res) => {
			res.writeHead(200, { 'content-length': '500' });
			res.write('{"name":', () => setImmediate(() => res.destroy()));
		});
		await expect(requestJson(address, thing, never)).rejects.toMatchObject({ code: 'offline' });
	});

	it('rejects with the reason of the one who called it off, which is no failure', async () => {
		const stop = new AbortController();
		const address = await serve(() => stop.abort(new Error('left the page')));
		await expect(requestJson(address, thing, stop.signal)).rejects.toThrow('left the page');
	});
});

describe('a server that stalls or is busy', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => {
		vi.unstubAllGlobals();
		vi.useRealTimers();
	});

	const json = { 'content-type': 'application/json' };
	const good: Scripted = { headers: json, parts: [Buffer.from('{"name":"鸱吻"}')] };
	const busy = (seconds: string, status = 503): Scripted => ({
		status,
		headers: { 'retry-after': seconds },
	});

	function network(...script: (Scripted | typeof SILENCE)[]) {
		const { fetch, asked } = scriptedFetch(script);
		vi.stubGlobal('fetch', fetch);
		return asked;
	}

	/** What has become of a call: its answer, the code of its failure, or nothing yet. */
	function watch<T>(call: Promise<T>) {
		const seen: { is: unknown } = { is: 'under way' };
		call.then(
			(value) => (seen.is = value),
			(error) => (seen.is = error.code ?? error.message),
		);
		return seen;
	}

	it('is offline after twenty seconds without an answer', async () => {
		network(SILENCE);
		const call = watch(requestJson('/thing', thing, never));
		await vi.advanceTimersByTimeAsync(19_999);
		expect(call.is).toBe('under way');
		await vi.advanceTimersByTimeAsync(1);
		expect(call.is).toBe('offline');
	});

	it('is offline when the rest of the answer does not come, and leaves no timer', async () => {
		network({ headers: json, parts: [Buffer.from('{"name":')], ends: 'never' });
		const call = watch(requestJson('/thing', thing, never));
		await vi.advanceTimersByTimeAsync(20_000);
		expect(call.is).toBe('offline');
		expect(vi.getTimerCount()).toBe(0);
	});

	it('is asked again when it says, before that counts as a failure', async () => {
		const asked = network(busy('7'), busy('2', 429), good);
		const call = watch(requestJson('/thing', thing, never));
		await vi.advanceTimersByTimeAsync(6_999);
		expect(asked).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(2_001);
		expect(call.is).toEqual({ name: '鸱吻' });
	});

	it('is asked four times in a minute and a half at most', async () => {
		const asked = network(busy('600'), busy('600'), busy('600'), busy('600'));
		const call = watch(requestJson('/thing', thing, never));
		await vi.advanceTimersByTimeAsync(90_000);
		expect(asked).toHaveLength(4);
		expect(call.is).toBe('unavailable');
	});

	it('is left alone by who has left meanwhile', async () => {
		const asked = network(busy('7'), good);
		const stop = new AbortController();
		const call = watch(requestJson('/thing', thing, stop.signal));
		await vi.advanceTimersByTimeAsync(1_000);
		stop.abort(new Error('left the page'));
		await vi.advanceTimersByTimeAsync(0);
		expect(call.is).toBe('left the page');
		expect(asked).toHaveLength(1);
	});

	it('is not asked twice to write, and a write that was taken is done whatever its answer', async () => {
		const asked = network(busy('7'), { status: 201, ends: 'never' });
		const refused = watch(sendJson('/thing', {}, never));
		const taken = watch(sendJson('/thing', {}, never));
		await vi.advanceTimersByTimeAsync(0);
		expect([refused.is, taken.is]).toEqual(['unavailable', undefined]);
		expect(asked).toHaveLength(2);
	});
});

describe('the address of a list', () => {
	it('is the same for the same question, however it was put', () => {
		expect(searchOf({ q: '寺', limit: 5 })).toBe(searchOf({ limit: 5, q: '寺' }));
		expect(searchOf({})).toBe('');
	});
});
