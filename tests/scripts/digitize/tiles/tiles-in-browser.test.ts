import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import sirv from 'sirv';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainMaterial } from '../../../../scripts/digitize/mesh/mesh.ts';
import { weld } from '../../../../scripts/digitize/mesh/weld.ts';
import { readGltf } from '../../../../scripts/digitize/read/gltf/read-gltf.ts';
import { buildTiles } from '../../../../scripts/digitize/tiles/build-tiles.ts';
import { shareMesh } from '../../../../scripts/digitize/tiles/share-mesh.ts';
import { tilesetOf } from '../../../../scripts/digitize/tiles/tileset.ts';
import type { TileViewer, View } from '../../../fixtures/tile-viewer/main.ts';
import { launchBrowser, openPage, type WatchedPage } from '../../../support/browser.ts';
import { aBall, aGlb } from '../../../support/meshes.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { sourceOf } from '../source-of.ts';

const PAGE = resolve(import.meta.dirname, '../../../fixtures/tile-viewer/main.ts');
/** 64 leaves under 16, 4 and 1. */
const PLAN = { depth: 6, levels: [0, 2, 4, 6], triangles: 500 };
const TRIANGLES = 32_000;
/** Said of every tileset of 1.1. */
const KNOWN_WARNING = 'tiles versions at 1.1 or higher have limited support';

async function writeTiles(dir: string): Promise<number> {
	const bytes = aGlb({ mesh: aBall(TRIANGLES), hasColours: true });
	const mesh = weld((await readGltf(sourceOf('ball.glb', bytes), 'glb')).mesh);
	const materials = [plainMaterial('glaze')];
	const shared = await shareMesh(mesh, materials);
	const { signal } = new AbortController();
	const options = { plan: PLAN, dir, threads: 2, signal, onTile: async () => {}, textures: [] };
	const { root } = await buildTiles(shared, materials, options);
	const tileset = JSON.stringify(tilesetOf(root, shared.lattice));
	await writeFile(join(dir, 'tileset.json'), tileset);
	return mesh.indices.length / 3;
}

async function writePage(dir: string): Promise<void> {
	await build({
		configFile: false,
		logLevel: 'error',
		build: {
			outDir: dir,
			emptyOutDir: false,
			rolldownOptions: { input: PAGE, output: { entryFileNames: 'main.js' } },
		},
	});
	const script = '<script type="module" src="main.js"></script>';
	await writeFile(
		join(dir, 'index.html'),
		`<!doctype html><link rel="icon" href="data:,"><title>tiles</title>${script}`,
	);
}

async function serve(dir: string): Promise<AsyncDisposable & { origin: string }> {
	const server = createServer(sirv(dir, { dev: true })).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async [Symbol.asyncDispose]() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

describe('tiles in a browser', () => {
	let folder: TemporaryFolder;
	let server: Awaited<ReturnType<typeof serve>>;
	let browser: Browser;
	let visit: WatchedPage;
	let triangles: number;

	const look = async (from: number[], at: number[], errorTargetPx: number): Promise<View> =>
		await visit.page.evaluate(
			async ([a, b, px]) =>
				await (globalThis as unknown as { viewer: TileViewer }).viewer.look(a, b, px),
			[from, at, errorTargetPx] as const,
		);

	beforeAll(async () => {
		folder = await temporaryFolder('tile-viewer');
		const dir = join(folder.path, 'tiles');
		await mkdir(dir);
		triangles = await writeTiles(dir);
		await writePage(folder.path);
		server = await serve(folder.path);
		browser = await launchBrowser();
		visit = await openPage(browser, { viewport: { width: 800, height: 600 } });
		await visit.page.goto(server.origin);
		await visit.page.waitForFunction(() => 'viewer' in globalThis);
	});

	afterAll(async () => {
		await visit?.[Symbol.asyncDispose]();
		await browser?.close();
		await server?.[Symbol.asyncDispose]();
		await folder?.[Symbol.asyncDispose]();
	});

	it('shows one coarse tile from far and the leaves from near, on their place, without a gap', async () => {
		const far = await look([0, 0, 40], [0, 0, 0], 6);
		expect(far.files).toEqual(['0/0.glb']);
		expect(far.triangles).toBeLessThanOrEqual(PLAN.triangles * 1.3);
		expect(far.emptyPixels).toBeGreaterThan(470_000);

		const all = await look([0, 0.4, 3.2], [0, 0, 0], 0);
		expect(all.files.every((file) => file.startsWith('3/'))).toBe(true);
		expect(all.triangles).toBeLessThanOrEqual(triangles);
		expect(all.triangles).toBeGreaterThan(triangles / 2);

		// From near the surface fills the picture, whatever levels meet in it.
		for (const errorTargetPx of [16, 48, 96]) {
			const near = await look([0.05, 1.02, 1.02], [0, 0.6, 0.6], errorTargetPx);
			expect(near.emptyPixels).toBe(0);
			expect(near.triangles).toBeLessThan(all.triangles);
			const levels = new Set(near.files.map((file) => file[0]));
			expect(levels.size).toBeGreaterThan(1);
		}
		expect(visit.complaints.filter((text) => !text.includes(KNOWN_WARNING))).toEqual([]);
		expect([...visit.origins]).toEqual([server.origin]);
	});
});
