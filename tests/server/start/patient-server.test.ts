import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { patientServer } from '../../../server/start/patient-server.ts';

it('a body takes as long as it comes; headers and silence do not', () => {
	const server = patientServer(() => {});
	expect(server.requestTimeout).toBe(0);
	expect(server.headersTimeout).toBe(60_000);
	expect(server.timeout).toBe(120_000);
});

it('a body that comes in pieces arrives whole', async () => {
	const server = patientServer((req, res) => void buffer(req).then((body) => res.end(body)));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const req = request({ host: '127.0.0.1', port, method: 'PATCH', agent: false });
	for (const piece of ['one, ', 'two, ', 'three']) {
		await new Promise((done) => req.write(piece, done));
	}
	req.end();
	const [res] = await once(req, 'response');
	expect(String(await buffer(res))).toBe('one, two, three');
	server.close();
});
