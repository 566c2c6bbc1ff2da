import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { MemoryStore } from '../../../server/storage/memory-store.ts';
import { serveStore } from '../../support/serve-store.ts';
import { ask } from '../../support/test-server.ts';

it('a signature never enters the log: not of what is answered, refused, or goes wrong', async () => {
	const lines: string[] = [];
	const logger = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
	await using store = new MemoryStore();
	const bytes = Buffer.from('an original scan');
	await store.put(bytes);
	const hash = createHash('sha256').update(bytes).digest('hex');
	await using server = await serveStore(store, logger);
	const address =
		server.origin + (await store.signGet(hash, { expiresS: 60, fileName: 'of ann.ply' }));
	const signature = new URL(address).searchParams.get('s') ?? '';
	expect((await ask(address)).status).toBe(200);
	expect((await ask(address.replace('e=', 'e=9'))).status).toBe(403);
	expect((await ask(`${address}&colour=red`)).status).toBe(400);
	expect((await ask(address.replace('/signed/', '/nowhere/'))).status).toBe(404);
	const headers = { referer: address, cookie: `xishan.session_token=${signature}` };
	expect((await ask(address, { method: 'POST', headers })).status).toBe(405);
	vi.spyOn(store, 'stat').mockRejectedValueOnce(new Error(`fetch ${address} failed`));
	expect((await ask(address)).status).toBe(500);
	expect(lines.length).toBeGreaterThan(6);
	const log = lines.join('');
	expect(log).toContain(`/objects/signed/${hash}`);
	expect(log).toContain('failed');
	expect(log).not.toContain(signature);
	expect(log).not.toContain(encodeURIComponent(signature));
	expect(log).not.toContain('of ann');
});
