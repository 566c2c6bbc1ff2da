import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StepCache } from '../../../../scripts/digitize/cache/step-cache.ts';
import { boundsOf } from '../../../../scripts/digitize/mesh/inspect.ts';
import { DIGITIZE_DEFAULTS, type DigitizeOptions } from '../../../../scripts/digitize/options.ts';
import { OutputFolder } from '../../../../scripts/digitize/output-folder.ts';
import { readGltf } from '../../../../scripts/digitize/read/gltf/read-gltf.ts';
import { type Tiled, tile } from '../../../../scripts/digitize/tiles/tile.ts';
import type { TilesetJson } from '../../../../scripts/digitize/tiles/tileset.ts';
import { writeJson } from '../../../../scripts/digitize/write.ts';
import { aBall, aGlb } from '../../../support/meshes.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { sourceOf } from '../source-of.ts';

describe('tiling as a step of digitising', () => {
	let folder: TemporaryFolder;
	let scan: Buffer;

	const run = async (name: string, tiles: DigitizeOptions['tiles']): Promise<Tiled> => {
		await using out = await OutputFolder.open(join(folder.path, name));
		const work = {
			source: sourceOf('scan.glb', scan),
			options: { ...DIGITIZE_DEFAULTS, tiles },
			folder: out,
			cache: await StepCache.open(join(folder.path, 'cache')),
			begin: async () => {},
			signal: new AbortController().signal,
		};
		const { mesh, materials, textures } = await readGltf(work.source, 'glb');
		const triangles = mesh.indices.length / 3;
		const read = async () => ({ mesh, materials, textures });
		const forget = () => {};
		const tiled = await tile({ key: 'scan', triangles, texturePx: 0, read, forget }, work);
		await writeJson(out, 'manifest.json', {});
		await out.commit();
		return tiled;
	};
	const readTileset = async (name: string): Promise<TilesetJson> =>
		JSON.parse(await readFile(join(folder.path, name, 'tiles/tileset.json'), 'utf8'));

	beforeAll(async () => {
		folder = await temporaryFolder('tile');
		scan = aGlb({ mesh: aBall(3000), hasColours: true });
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	it('writes a tileset when asked, and says so to the manifest', async () => {
		const { tiles, input, errorM } = await run('always', 'always');
		const { mesh } = await input.read();
		expect(tiles).toMatchObject({ file: 'tiles/tileset.json', count: 1, errorM: 0 });
		expect(errorM).toBe(0);
		const bounds = boundsOf(mesh.positions);
		const { asset, root } = await readTileset('always');
		expect(asset.version).toBe('1.1');
		expect(root).toMatchObject({ refine: 'REPLACE', geometricError: 0 });
		const glb = await stat(join(folder.path, 'always/tiles', root.content.uri));
		const json = await stat(join(folder.path, 'always/tiles/tileset.json'));
		expect(tiles?.bytes).toBe(glb.size + json.size);
		// Boxes are +Z up, and half a cell thicker than what they hold: what is high in glTF lies along their third axis.
		const { box } = root.boundingVolume;
		expect(box[2]).toBeCloseTo((bounds.min[1] + bounds.max[1]) / 2, 2);
		expect(box[11]).toBeCloseTo((bounds.max[1] - bounds.min[1]) / 2, 2);
		expect(box[7]).toBeCloseTo((bounds.max[2] - bounds.min[2]) / 2, 2);
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
			expect((await run(tiles, tiles)).tiles).toBeUndefined();
			expect(await readdir(join(folder.path, tiles))).not.toContain('tiles');
		}
	});
});
