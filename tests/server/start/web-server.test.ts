import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { problem } from '../../../assets/schema/problem/problem.ts';
import { listen } from '../../../server/start/web-server.ts';

const HERE = { host: '127.0.0.1', port: 0 };

async function ask(port: number, path: string, agent?: Agent): Promise<IncomingMessage> {
	const [res] = await once(get({ ...HERE, port, path, agent: agent ?? false }), 'response');
	return res;
}

test('before the site stands, it is alive, not ready, and shows a page that looks again', async () => {
	const web = await listen(HERE);
	expect((await ask(web.port, '/livez')).statusCode).toBe(200);
	const ready = await ask(web.port, '/readyz');
	expect(ready.statusCode).toBe(503);
	expect(problem.parse(JSON.parse(String(await buffer(ready)))).code).toBe('unavailable');
	const page = await ask(web.port, '/artefacts/x');
	expect(page.statusCode).toBe(503);
	expect(page.headers['retry-after']).toBe('2');
	const html = String(await buffer(page));
	expect(html).toContain('西山');
	expect(html).toContain('http-equiv="refresh"');
	await web.drain();
});

test('once it is given the site, every address is answered by it', async () => {
	const web = await listen(HERE);
	web.serve((_req, res) => res.end('the site'));
	expect(String(await buffer(await ask(web.port, '/livez')))).toBe('the site');
	await web.drain();
});

test('draining lets a request under way finish and ends event streams and idle connections', async () => {
	const web = await listen(HERE);
	const release = Promise.withResolvers<void>();
	web.serve((req, res) => {
		if (req.url === '/events') {
			res.setHeader('Content-Type', 'text/event-stream');
			res.write(': here\n\n');
			return;
		}
		res.write('half, ');
		if (req.url === '/slow') void release.promise.then(() => res.end('whole'));
		else res.end('whole');
	});
	const agent = new Agent({ keepAlive: true });
	await buffer(await ask(web.port, '/quick', agent));
	const slow = await ask(web.port, '/slow');
	const events = await ask(web.port, '/events');
	const drained = web.drain();
	expect(String(await buffer(events))).toBe(': here\n\n');
	release.resolve();
	expect(String(await buffer(slow))).toBe('half, whole');
	await drained;
	await expect(ask(web.port, '/quick')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	agent.destroy();
});

test('a connection kept alive learns while draining that it is the last answer', async () => {
	const web = await listen(HERE);
	const release = Promise.withResolvers<void>();
	web.serve((_req, res) => {
		void release.promise.then(() => res.end('done'));
	});
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const first = ask(web.port, '/first', agent);
	const second = ask(web.port, '/readyz', agent);
	await new Promise((done) => setTimeout(done, 50));
	const drained = web.drain();
	release.resolve();
	expect(String(await buffer(await first))).toBe('done');
	// It either reached us over the old connection, and hears that we are leaving, or not at all.
	const told = await second.catch((error: NodeJS.ErrnoException) => error.code);
	if (typeof told === 'string') expect(['ECONNREFUSED', 'ECONNRESET']).toContain(told);
	else expect([told?.statusCode, told?.headers.connection]).toEqual([503, 'close']);
	await drained;
	agent.destroy();
});

test('a port or an address that cannot be had is one clear sentence', async () => {
	const web = await listen(HERE);
	await expect(listen({ ...HERE, port: web.port })).rejects.toMatchObject({
		name: 'StartError',
		message: `start: port ${web.port} of 127.0.0.1 is in use — set PORT to another, or to 0 for any free one`,
	});
	await expect(listen({ host: '203.0.113.9', port: 0 })).rejects.toThrow(
		'start: 203.0.113.9 is no address of this machine — correct HOST',
	);
	await web.drain();
});
