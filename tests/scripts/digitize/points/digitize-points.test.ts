/// <reference path="../../../../scripts/digitize/untyped-packages.d.ts" />
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { validateBytes } from 'gltf-validator';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetManifest, type SpatialManifest } from '#schema/asset/asset-manifest';
import { digitize } from '../../../../scripts/digitize/digitize.ts';
import { DIGITIZE_DEFAULTS, type DigitizeOptions } from '../../../../scripts/digitize/options.ts';
import { readPointsGlb } from '../../../../scripts/digitize/points/read-points-glb.ts';
import { aLas, somePoints } from '../../../support/point-files.ts';
import { spatial } from '../../../support/spatial.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

const COUNT = 130_000;
const ORIGIN = [441_000, 4_426_000, 90] as const;

interface Tile {
	boundingVolume: { box: number[] };
	geometricError: number;
	refine?: string;
	content: { uri: string };
	children?: Tile[];
}

describe('digitising a point cloud', () => {
	let folder: TemporaryFolder;
	let manifest: SpatialManifest;
	const file = (name: string, run = 'one') => readFile(join(folder.path, run, name));

	async function run(name: string, out: string, options: Partial<DigitizeOptions>) {
		return await digitize(join(folder.path, name), join(folder.path, out), {
			...DIGITIZE_DEFAULTS,
			...options,
			cacheDir: undefined,
			signal: new AbortController().signal,
			onProgress: () => undefined,
		});
	}

	beforeAll(async () => {
		folder = await temporaryFolder('digitize-points');
		await writeFile(join(folder.path, 'scan.las'), aLas(somePoints(COUNT), { origin: ORIGIN }));
		manifest = spatial(await run('scan.las', 'one', { tiles: 'always' }));
		await run('scan.las', 'two', { tiles: 'always' });
	}, 120_000);

	afterAll(() => folder[Symbol.asyncDispose]());

	it('makes a manifest of points with tiers from coarse to fine', () => {
		expect(assetManifest.parse(manifest).kind).toBe('points');
		const tiers = manifest.tiers.map(({ tier, points, triangles }) => [tier, points, triangles]);
		expect(tiers.map(([tier]) => tier)).toEqual(['thumb', 'low', 'mid']);
		expect(tiers.every(([, , triangles]) => triangles === 0)).toBe(true);
		const [thumb, low, mid] = manifest.tiers;
		expect(thumb?.bytes).toBeLessThanOrEqual(60_000);
		expect(thumb?.points).toBeGreaterThan(6_000);
		expect(low?.points).toBeGreaterThan(80_000);
		expect(mid?.points).toBe(COUNT);
		expect(thumb?.errorM).toBeGreaterThan(low?.errorM ?? 0);
		expect(low?.errorM).toBeGreaterThan(mid?.errorM ?? 0);
		expect(manifest.source).toMatchObject({ points: COUNT, unit: 'm', up: 'Z' });
	});

	it('gives the same bytes a second time', async () => {
		const names = await readdir(join(folder.path, 'one'), { recursive: true });
		expect((await readdir(join(folder.path, 'two'), { recursive: true })).sort()).toEqual(
			names.sort(),
		);
		for (const name of names.filter((n) => /\.\w+$/.test(n))) {
			expect(await file(name, 'two'), name).toEqual(await file(name));
		}
	});

	it('stands on the floor over the origin, and the report says where that was', async () => {
		const { min, max } = manifest.bounds;
		expect(min[1]).toBe(0);
		expect(min[0] + max[0]).toBeCloseTo(0, 4);
		const report = JSON.parse((await file('report.json')).toString());
		expect(report.measures).toMatchObject({ points: COUNT, hasColours: true, hasIntensity: true });
		// A ball of radius one has an area of 4π; 8 % bumps add a little.
		const areaM2 = COUNT / report.measures.pointsPerM2;
		expect(areaM2).toBeGreaterThan(11);
		expect(areaM2).toBeLessThan(15);
		const recentred = report.findings.find((f: { code: string }) => f.code === 'recentred');
		expect(recentred.values.x).toBeCloseTo(ORIGIN[0], 1);
		expect(recentred.values.z).toBeCloseTo(ORIGIN[2] - 1, 1);
	});

	it('writes files whose hashes are true and in which the Khronos validator finds no error', async () => {
		const tiles = await readdir(join(folder.path, 'one', 'tiles'));
		const glbs = [...manifest.tiers.map((t) => t.file), ...tiles.map((name) => `tiles/${name}`)];
		for (const name of glbs.filter((n) => n.endsWith('.glb'))) {
			const { issues } = await validateBytes(await file(name), { format: 'glb' });
			expect(issues.numErrors, name).toBe(0);
		}
		for (const tier of manifest.tiers) {
			const sha256 = createHash('sha256')
				.update(await file(tier.file))
				.digest('hex');
			expect(sha256).toBe(tier.sha256);
		}
	});

	it('puts every point into exactly one tile, inside its box, with less error the deeper it lies', async () => {
		const tileset = JSON.parse((await file('tiles/tileset.json')).toString());
		expect(tileset.asset.version).toBe('1.1');
		expect(tileset.root.refine).toBe('ADD');
		expect(manifest.tiles).toMatchObject({ file: 'tiles/tileset.json' });
		let [points, tiles, bytes] = [0, 0, (await file('tiles/tileset.json')).length];
		const walk = async (tile: Tile): Promise<void> => {
			const glb = await file(`tiles/${tile.content.uri}`);
			const { positions } = await readPointsGlb(glb);
			const [cx = 0, cy = 0, cz = 0, hx = 0, , , , hy = 0, , , , hz = 0] = tile.boundingVolume.box;
			let outside = 0;
			for (let i = 0; i < positions.length; i += 3) {
				// The box is Z-up: (x, -z, y).
				const dx = Math.abs((positions[i] ?? 0) - cx) - hx;
				const dy = Math.abs(-(positions[i + 2] ?? 0) - cy) - hy;
				const dz = Math.abs((positions[i + 1] ?? 0) - cz) - hz;
				if (Math.max(dx, dy, dz) > 0.0005) outside += 1;
			}
			expect(outside, tile.content.uri).toBe(0);
			points += positions.length / 3;
			tiles += 1;
			bytes += glb.length;
			for (const child of tile.children ?? []) {
				expect(child.geometricError).toBeLessThan(tile.geometricError);
				await walk(child);
			}
		};
		await walk(tileset.root);
		expect(points).toBe(COUNT);
		expect(tiles).toBeGreaterThan(4);
		expect(manifest.tiles).toMatchObject({ count: tiles, bytes });
		expect(bytes / COUNT).toBeLessThan(8);
	});

	it('draws a poster and cards with the piece in the light', async () => {
		const { data, info } = await sharp(await file('poster.webp'))
			.raw()
			.toBuffer({
				resolveWithObject: true,
			});
		const at = (x: number, y: number) => [
			...data.subarray((y * info.width + x) * 3).subarray(0, 3),
		];
		expect(info.width).toBe(1024);
		expect(Math.max(...at(4, 4))).toBeLessThan(30);
		expect(Math.max(...at(512, 400))).toBeGreaterThan(90);
		expect(manifest.cards?.map(({ widthPx }) => widthPx)).toEqual([480, 240]);
	});

	it('colours a cloud without colours by its intensity, and tiles nothing unless there is much', async () => {
		const las = aLas(somePoints(3000), { pointFormat: 0 });
		await writeFile(join(folder.path, 'plain.las'), las);
		const plain = spatial(await run('plain.las', 'plain', {}));
		expect(plain.tiers.map(({ tier }) => tier)).toEqual(['thumb']);
		expect(plain.tiles).toBeUndefined();
		const report = JSON.parse((await file('report.json', 'plain')).toString());
		const codes = report.findings.map((f: { code: string }) => f.code);
		expect(codes).toContain('coloured-by-intensity');
		const { colours } = await readPointsGlb(await file('thumb.glb', 'plain'));
		const greys = colours.filter((_, i) => i % 3 === 0 && colours[i] === colours[i + 2]);
		expect(greys.length).toBeLessThan(100);
	});
});
