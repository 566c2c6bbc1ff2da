/// <reference path="../../../../scripts/digitize/untyped-packages.d.ts" />
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { validateBytes } from 'gltf-validator';
import { read } from 'ktx-parse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpatialManifest } from '#schema/asset/asset-manifest';
import { verifyResult } from '../../../../scripts/digitize/archive/verify-result.ts';
import { digitize } from '../../../../scripts/digitize/digitize.ts';
import { DIGITIZE_DEFAULTS } from '../../../../scripts/digitize/options.ts';
import { tierImages } from '../../../../scripts/digitize/texture/swap-images.ts';
import { aBall, aGlb, aTexture } from '../../../support/meshes.ts';
import { spatial } from '../../../support/spatial.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

describe('tiles digitised again with --ktx2', () => {
	let folder: TemporaryFolder;
	let fast: SpatialManifest;
	let full: SpatialManifest;
	const file = (run: string, name: string) => readFile(join(folder.path, run, name));

	beforeAll(async () => {
		folder = await temporaryFolder('tiles-ktx2');
		const scan = join(folder.path, 'scan.glb');
		await writeFile(scan, aGlb({ mesh: aBall(600), texture: await aTexture(250) }));
		const run = async (out: string, ktx2: boolean) => {
			const options = {
				...DIGITIZE_DEFAULTS,
				fast: true,
				tiles: 'always' as const,
				ktx2,
				cacheDir: join(folder.path, 'cache'),
				signal: new AbortController().signal,
				onProgress: () => undefined,
			};
			return spatial(await digitize(scan, join(folder.path, out), options));
		};
		fast = await run('fast', false);
		full = await run('full', true);
	}, 300_000);
	afterAll(() => folder?.[Symbol.asyncDispose]());

	it('gain a second tileset beside the first, which stays as it was', async () => {
		const before = await readdir(join(folder.path, 'fast/tiles'), { recursive: true });
		const after = await readdir(join(folder.path, 'full/tiles'), { recursive: true });
		const added = after.filter((name) => !before.includes(name)).toSorted();
		expect(added).toEqual(['0/0.ktx2.glb', 'tileset.ktx2.json']);
		for (const name of ['tiles/tileset.json', 'tiles/0/0.glb']) {
			expect((await file('full', name)).equals(await file('fast', name))).toBe(true);
		}
		const { ktx2, ...rest } = full.tiles ?? {};
		expect(rest).toEqual(fast.tiles);
		const sizes = await Promise.all(added.map(async (name) => await file('full', `tiles/${name}`)));
		const bytes = sizes.reduce((sum, each) => sum + each.length, 0);
		expect(ktx2).toEqual({ file: 'tiles/tileset.ktx2.json', count: 1, bytes });
		const tileset = JSON.parse((await file('full', 'tiles/tileset.ktx2.json')).toString());
		expect(tileset.root.content.uri).toBe('0/0.ktx2.glb');
		expect((await verifyResult(join(folder.path, 'full'))).problems).toEqual([]);
	});

	it('carry maps of whole blocks with every smaller level, in a valid file', async () => {
		const glb = await file('full', 'tiles/0/0.ktx2.glb');
		const { issues } = await validateBytes(glb, { format: 'glb', writeTimestamp: false });
		expect(issues.numErrors).toBe(0);
		const [image] = tierImages(glb);
		const { pixelWidth, pixelHeight, levels } = read(image?.bytes ?? new Uint8Array(0));
		expect(pixelWidth % 4).toBe(0);
		expect(pixelHeight % 4).toBe(0);
		expect(levels).toHaveLength(Math.floor(Math.log2(Math.max(pixelWidth, pixelHeight))) + 1);
	});
});
