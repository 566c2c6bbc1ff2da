import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpatialManifest } from '#schema/asset-manifest';
import { digitize } from '../../../../scripts/digitize/digitize.ts';
import { DIGITIZE_DEFAULTS, type DigitizeOptions } from '../../../../scripts/digitize/options.ts';
import type { TilesetJson } from '../../../../scripts/digitize/tiles/tileset.ts';
import { aBall, aPly } from '../../../support/meshes.ts';
import { spatial } from '../../../support/spatial.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

describe('tiling as a step of digitising', () => {
	let folder: TemporaryFolder;
	let scan: string;

	const run = async (name: string, tiles: DigitizeOptions['tiles']): Promise<SpatialManifest> => {
		const { signal } = new AbortController();
		const cacheDir = join(folder.path, 'cache');
		const options = { ...DIGITIZE_DEFAULTS, tiles, unit: 'm' as const, up: 'Y' as const };
		const onProgress = () => {};
		return spatial(
			await digitize(scan, join(folder.path, name), { ...options, cacheDir, signal, onProgress }),
		);
	};
	const readTileset = async (name: string): Promise<TilesetJson> =>
		JSON.parse(await readFile(join(folder.path, name, 'tiles/tileset.json'), 'utf8'));

	beforeAll(async () => {
		folder = await temporaryFolder('tile');
		scan = join(folder.path, 'scan.ply');
		await writeFile(scan, aPly({ mesh: aBall(3000), hasColours: true }));
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	it('writes a tileset beside the ladder when asked, and says so in the manifest', async () => {
		const { tiles, bounds, tiers } = await run('always', 'always');
		expect(tiles).toMatchObject({ file: 'tiles/tileset.json', count: 1, errorM: 0 });
		expect(tiers.length).toBeGreaterThan(1);
		const { asset, root } = await readTileset('always');
		expect(asset.version).toBe('1.1');
		expect(root).toMatchObject({ refine: 'REPLACE', geometricError: 0 });
		const glb = await stat(join(folder.path, 'always/tiles', root.content.uri));
		const json = await stat(join(folder.path, 'always/tiles/tileset.json'));
		expect(tiles?.bytes).toBe(glb.size + json.size);
		// Boxes are +Z up: what is high in glTF lies along their third axis.
		const { box } = root.boundingVolume;
		expect(box[2]).toBeCloseTo((bounds.min[1] + bounds.max[1]) / 2, 3);
		expect(box[11]).toBeCloseTo((bounds.max[1] - bounds.min[1]) / 2, 3);
		expect(box[7]).toBeCloseTo((bounds.max[2] - bounds.min[2]) / 2, 3);
		expect(await readdir(join(folder.path, 'always/tiles'))).toEqual(['0', 'tileset.json']);
	});

	it('takes the tiles of an earlier run again', async () => {
		const first = await stat(join(folder.path, 'always/tiles/0/0.glb'));
		await run('again', 'always');
		const second = await stat(join(folder.path, 'again/tiles/0/0.glb'));
		expect(second.ino).toBe(first.ino);
	});

	it('leaves small scans and those of curators who want none without', async () => {
		for (const tiles of ['auto', 'never'] as const) {
			const manifest = await run(tiles, tiles);
			expect(manifest.tiles).toBeUndefined();
			expect(await readdir(join(folder.path, tiles))).not.toContain('tiles');
		}
	});
});
