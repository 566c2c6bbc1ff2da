import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { searchOf } from '../../../client/api/list-records.ts';
import { requestJson } from '../../../client/api/request-json.ts';

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

	it('asks a busy server again when it says after how long, and not for ever', async () => {
		let asked = 0;
		const busy = (times: number): RequestListener => {
			asked = 0;
			return (_req, res) => {
				asked++;
				if (asked <= times) res.writeHead(503, { 'retry-after': '0' }).end('<h1>Busy</h1>');
				else res.end('{"name":"鸱吻"}');
			};
		};
		const soon = await serve(busy(2));
		expect(await requestJson(soon, thing, never)).toEqual({ name: '鸱吻' });
		expect(asked).toBe(3);
		const long = await serve(busy(99));
		await expect(requestJson(long, thing, never)).rejects.toMatchObject({ code: 'unavailable' });
		expect(asked).toBe(4);
		const tomorrow = await serve((_req, res) => {
			asked++;
			res.writeHead(429, { 'retry-after': '86400' }).end();
		});
		asked = 0;
		await expect(requestJson(tomorrow, thing, never)).rejects.toBeDefined();
		expect(asked).toBe(1);
	});

	it('takes an answer that stops after its headers for none, without waiting for ever', async () => {
		const stuck = await serve((_req, res) => {
			res.writeHead(200, { 'content-type': 'application/json' });
			res.write('{"name":');
		});
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		const asked = expect(requestJson(stuck, thing, never)).rejects.toMatchObject({
			code: 'offline',
		});
		await vi.advanceTimersByTimeAsync(20_000);
		vi.useRealTimers();
		await asked;
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

	it('rejects with the reason of the one who called it off, which is no failure', async () => {
		const stop = new AbortController();
		const address = await serve(() => stop.abort(new Error('left the page')));
		await expect(requestJson(address, thing, stop.signal)).rejects.toThrow('left the page');
	});
});

describe('the address of a list', () => {
	it('is the same for the same question, however it was put', () => {
		expect(searchOf({ q: '寺', limit: 5 })).toBe(searchOf({ limit: 5, q: '寺' }));
		expect(searchOf({})).toBe('');
	});
});
