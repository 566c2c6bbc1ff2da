import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scan } from '../../../../scripts/digitize/mesh/mesh.ts';
import { weld } from '../../../../scripts/digitize/mesh/weld.ts';
import { readGltf } from '../../../../scripts/digitize/read/gltf/read-gltf.ts';
import { decodeTexture, sample } from '../../../../scripts/digitize/texture/raw-texture.ts';
import { buildTiles } from '../../../../scripts/digitize/tiles/build-tiles.ts';
import { packRectangles } from '../../../../scripts/digitize/tiles/pack-rectangles.ts';
import { planTiles } from '../../../../scripts/digitize/tiles/plan-tiles.ts';
import { shareMesh } from '../../../../scripts/digitize/tiles/share-mesh.ts';
import { type TileNode, tilesOf } from '../../../../scripts/digitize/tiles/tile-tree.ts';
import { aBall, aGlb } from '../../../support/meshes.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { sourceOf } from '../source-of.ts';

const PLAN = { depth: 3, levels: [0, 1, 3], triangles: 500 };
const MAP_PX = 512;

/** A map whose red is its u and whose green is its v. */
async function aMapOfItself(): Promise<Buffer> {
	const data = Buffer.alloc(MAP_PX * MAP_PX * 3);
	for (let y = 0; y < MAP_PX; y += 1) {
		for (let x = 0; x < MAP_PX; x += 1) {
			data.set([(x / MAP_PX) * 255, (y / MAP_PX) * 255, 40], (y * MAP_PX + x) * 3);
		}
	}
	const raw = { width: MAP_PX, height: MAP_PX, channels: 3 } as const;
	return await sharp(data, { raw }).png().toBuffer();
}

async function aScan(repeats = 1): Promise<Scan> {
	const ball = aBall(4000);
	const mesh = { ...ball, uvs: ball.uvs.map((v) => v * repeats) };
	const scan = await readGltf(
		sourceOf('ball.glb', aGlb({ mesh, texture: await aMapOfItself() })),
		'glb',
	);
	return { ...scan, mesh: weld(scan.mesh) };
}

async function tiles({ mesh, materials, textures }: Scan, dir: string): Promise<TileNode[]> {
	const shared = await shareMesh(mesh, materials);
	const { signal } = new AbortController();
	const onTile = async () => {};
	const options = { plan: PLAN, textures, dir, threads: 2, signal, onTile };
	return tilesOf((await buildTiles(shared, materials, options)).root);
}

const readTile = async (dir: string, file: string): Promise<Scan> =>
	await readGltf(sourceOf('tile.glb', await readFile(join(dir, file))), 'glb');

/** The greatest difference between what a tile's map shows at its vertices and the scan's would. */
async function worstColour({ mesh, textures }: Scan): Promise<number> {
	const [texture] = textures;
	if (texture === undefined || mesh.uvs === undefined) return Number.POSITIVE_INFINITY;
	const map = await decodeTexture(texture, 4096, false);
	const texel = new Float64Array(4);
	let worst = 0;
	for (let i = 0; i < mesh.positions.length / 3; i += 1) {
		const [x = 0, y = 0, z = 0] = mesh.positions.subarray(i * 3, i * 3 + 3);
		const v = Math.acos(y / Math.hypot(x, y, z)) / Math.PI;
		const u = (Math.atan2(x, z) / (2 * Math.PI) + 1) % 1;
		// At its seam and poles the map jumps.
		if (Math.min(u, 1 - u, v, 1 - v) < 0.03) continue;
		sample(map, mesh.uvs[i * 2] ?? 0, mesh.uvs[i * 2 + 1] ?? 0, false, texel);
		worst = Math.max(worst, Math.abs((texel[0] ?? 0) - u), Math.abs((texel[1] ?? 0) - v));
	}
	return worst;
}

describe('tiles of a scan with maps', () => {
	let folder: TemporaryFolder;

	beforeAll(async () => {
		folder = await temporaryFolder('textured-tiles');
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	it('carry their own part of the map, which looks as the whole did', async () => {
		const dir = join(folder.path, 'once');
		const all = await tiles(await aScan(), dir);
		expect(all).toHaveLength(11);
		const pixels: number[] = [];
		for (const { file, children } of all) {
			const tile = await readTile(dir, file);
			expect(tile.textures).toHaveLength(1);
			expect(await worstColour(tile)).toBeLessThan(0.03);
			const [{ widthPx = 0, heightPx = 0 } = {}] = tile.textures;
			if (children.length === 0) pixels.push(widthPx * heightPx);
		}
		// Each leaf shows an eighth; charts, margins and shelves take up to three times that.
		for (const own of pixels) expect(own).toBeLessThan((MAP_PX * MAP_PX * 3) / 8);
	});

	it('give the same bytes whoever painted them first', async () => {
		const [one, two] = [join(folder.path, 'once'), join(folder.path, 'again')];
		for (const { file } of await tiles(await aScan(), two)) {
			const [a, b] = await Promise.all([one, two].map((dir) => readFile(join(dir, file))));
			expect(a?.equals(b ?? Buffer.alloc(0))).toBe(true);
		}
	});

	it('carry a map that repeats whole', async () => {
		const dir = join(folder.path, 'repeating');
		for (const { file } of await tiles(await aScan(8), dir)) {
			const { textures, mesh } = await readTile(dir, file);
			expect(textures[0]).toMatchObject({ widthPx: MAP_PX, heightPx: MAP_PX });
			expect(mesh.uvs?.some((value) => value > 1)).toBe(true);
		}
	});

	it('are more than their triangles ask for where the map is large', () => {
		expect(planTiles(20_000, 0).levels).toEqual([0]);
		expect(planTiles(20_000, 8192 * 8192).levels).toEqual([0, 2, 4]);
		expect(planTiles(10_000_000, 0)).toMatchObject({ depth: 7, levels: [0, 1, 3, 5, 7] });
	});
});

describe('packing rectangles', () => {
	it('lays each within the sheet and none over another', () => {
		const sizes = Float64Array.from({ length: 200 }, (_, i) => 1 + ((i * 7919) % 60));
		const { widthPx, heightPx, corners } = packRectangles(sizes);
		const taken = new Uint8Array(widthPx * heightPx);
		let area = 0;
		for (let i = 0; i < 100; i += 1) {
			const [x = 0, y = 0] = corners.subarray(i * 2);
			const [width = 0, height = 0] = sizes.subarray(i * 2);
			expect(x + width).toBeLessThanOrEqual(widthPx);
			expect(y + height).toBeLessThanOrEqual(heightPx);
			area += width * height;
			for (let row = y; row < y + height; row += 1) {
				for (let column = x; column < x + width; column += 1) taken[row * widthPx + column] = 1;
			}
		}
		expect(taken.reduce((sum, cell) => sum + cell, 0)).toBe(area);
		expect(widthPx * heightPx).toBeLessThan(area * 1.25);
	});
});
