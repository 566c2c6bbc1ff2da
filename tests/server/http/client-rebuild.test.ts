import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { expect, it } from 'vitest';
import { clientPages } from '../../../server/http/client-pages.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('outlives a file that is gone while the client is rebuilt: that answer breaks off', async () => {
	await using folder = await temporaryFolder('client');
	for (const name of ['index.html', 'page.js']) await writeFile(join(folder.path, name), name);
	const server = express().use(clientPages(folder.path)).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	try {
		expect(await (await fetch(`${origin}/page.js`)).text()).toBe('page.js');
		await rm(join(folder.path, 'page.js'));
		await expect(fetch(`${origin}/page.js`).then((answer) => answer.text())).rejects.toThrow();
		expect(await (await fetch(origin)).text()).toBe('index.html');
	} finally {
		server.close();
		server.closeAllConnections();
	}
});
