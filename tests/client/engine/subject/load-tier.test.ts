import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { Mesh } from 'three';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TierFile } from '#schema/asset/asset-manifest';
import { PartialFiles } from '../../../../client/engine/stage/partial-files.ts';
import { loadTier } from '../../../../client/engine/subject/load-tier.ts';
import { aLadder } from '../../../support/ladder.ts';
import { aTriangleGlb } from '../../../support/triangle-glb.ts';

/** A store that answers as each test says. */
let answer: RequestListener;
let baseUrl: string;
const server = createServer((request, response) => answer(request, response));

beforeEach(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no port was given');
	baseUrl = `http://127.0.0.1:${address.port}/assets/one/manifest.json`;
});

afterEach(async () => {
	server.closeAllConnections();
	server.close();
	await once(server, 'close');
});

function tierOf(bytes: number): TierFile {
	const [thumb] = aLadder();
	if (thumb === undefined) throw new Error('a ladder has a thumb');
	return { ...thumb, bytes };
}

const ask = (file: TierFile, signal = new AbortController().signal) =>
	loadTier(file, { baseUrl, signal });

describe('loading a tier', () => {
	it('resolves the file against the manifest, tells how far it is, and gives what is inside', async () => {
		const glb = aTriangleGlb();
		let asked: string | undefined;
		answer = (request, response) => {
			asked = request.url;
			response.end(glb);
		};
		const shares: number[] = [];
		const loaded = await loadTier(tierOf(glb.byteLength), {
			baseUrl,
			signal: new AbortController().signal,
			onProgress: (share) => shares.push(share),
		});
		expect(asked).toBe('/assets/one/thumb.glb');
		expect(shares.at(-1)).toBe(1);
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		const meshes = loaded.root.getObjectsByProperty('isMesh', true);
		expect(meshes).toHaveLength(1);
	});

	it('disposes every geometry and material it gave, once', async () => {
		const glb = aTriangleGlb();
		answer = (_, response) => response.end(glb);
		const loaded = await ask(tierOf(glb.byteLength));
		const [mesh] = loaded.root.getObjectsByProperty('isMesh', true);
		if (!(mesh instanceof Mesh)) throw new Error('there is no mesh');
		const gone: string[] = [];
		mesh.geometry.addEventListener('dispose', () => gone.push('geometry'));
		mesh.material.addEventListener('dispose', () => gone.push('material'));
		loaded.dispose();
		expect(gone.sort()).toEqual(['geometry', 'material']);
	});

	it('knows a file that is not there from a store that is busy', async () => {
		answer = (_, response) => response.writeHead(404).end();
		await expect(ask(tierOf(10))).rejects.toMatchObject({ name: 'LoadError', reason: 'missing' });
		answer = (_, response) => response.writeHead(503).end();
		await expect(ask(tierOf(10))).rejects.toMatchObject({ reason: 'busy' });
	});

	it('knows a file that was cut, or is longer than the manifest says', async () => {
		const glb = aTriangleGlb();
		answer = (_, response) => response.end(glb.subarray(0, 100));
		await expect(ask(tierOf(glb.byteLength))).rejects.toMatchObject({ reason: 'cut' });
		answer = (_, response) => response.end(glb);
		await expect(ask(tierOf(50))).rejects.toMatchObject({ reason: 'cut' });
	});

	it('knows a connection that broke off', async () => {
		answer = (_, response) => {
			response.writeHead(200, { 'content-length': '500' });
			response.write('x'.repeat(100), () => response.destroy());
		};
		await expect(ask(tierOf(500))).rejects.toMatchObject({ reason: 'network' });
	});

	it('goes on with a transfer that broke off, of which it is told', async () => {
		const glb = aTriangleGlb();
		const options = { baseUrl, signal: new AbortController().signal, partials: new PartialFiles() };
		const ranges: (string | undefined)[] = [];
		answer = ({ headers: { range } }, response) => {
			ranges.push(range);
			if (range === undefined) {
				response.writeHead(200, { 'content-length': glb.byteLength });
				response.write(glb.subarray(0, 100), () => setImmediate(() => response.destroy()));
				return;
			}
			response.writeHead(206, {
				'content-range': `bytes 100-${glb.byteLength - 1}/${glb.byteLength}`,
			});
			response.end(glb.subarray(100));
		};
		const file = tierOf(glb.byteLength);
		await expect(loadTier(file, options)).rejects.toMatchObject({ reason: 'network' });
		const loaded = await loadTier(file, options);
		expect(loaded.root.getObjectsByProperty('isMesh', true)).toHaveLength(1);
		expect(ranges).toEqual([undefined, 'bytes=100-']);
	});

	it('refuses bytes that are no model', async () => {
		answer = (_, response) => response.end('x'.repeat(500));
		await expect(ask(tierOf(500))).rejects.toMatchObject({ reason: 'unreadable' });
	});

	it('gives the reason of the abort, not a fault of the store', async () => {
		answer = () => undefined;
		const stop = new AbortController();
		const asked = ask(tierOf(500), stop.signal);
		stop.abort(new Error('the visitor left'));
		await expect(asked).rejects.toThrow('the visitor left');
	});
});
