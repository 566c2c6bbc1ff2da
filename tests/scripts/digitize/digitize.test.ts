/// <reference path="../../../scripts/digitize/untyped-packages.d.ts" />
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { validateBytes } from 'gltf-validator';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetManifest, type SpatialManifest, type TierFile } from '#schema/asset/asset-manifest';
import { type DigitizeReport, digitizeReport } from '#schema/asset/digitize-report';
import { digitize } from '../../../scripts/digitize/digitize.ts';
import { boundsOf } from '../../../scripts/digitize/mesh/inspect.ts';
import type { Scan } from '../../../scripts/digitize/mesh/mesh.ts';
import { DIGITIZE_DEFAULTS } from '../../../scripts/digitize/options.ts';
import { aBall, aGlb, aTexture, type LooseGltf } from '../../support/meshes.ts';
import { spatial } from '../../support/spatial.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';
import { readSurface, sourceOf } from './source-of.ts';

const TRIANGLES = 11_000;

/** A painted ball: its top textured glaze, the rest bronze under two names. */
async function aScan(): Promise<Buffer> {
	const change = (json: LooseGltf) => {
		const [mesh] = json.meshes as { primitives: LooseGltf[] }[];
		const [primitive = {}] = mesh?.primitives ?? [];
		const accessors = json.accessors as LooseGltf[];
		const all = accessors[Number(primitive.indices)] ?? {};
		const third = Math.floor(Number(all.count) / 9) * 3;
		for (const [material, first, end] of [
			[1, third, third * 2],
			[2, third * 2, Number(all.count)],
		] as const) {
			const indices = accessors.push({ ...all, count: end - first, byteOffset: first * 4 }) - 1;
			mesh?.primitives.push({ ...primitive, indices, material });
		}
		all.count = third;
		const bronze = { pbrMetallicRoughness: { baseColorFactor: [0.5, 0.3, 0.1, 1] } };
		(json.materials as LooseGltf[]).push({ ...bronze, name: 'one' }, { ...bronze, name: 'two' });
	};
	const texture = await aTexture(300);
	return aGlb({ mesh: aBall(TRIANGLES), texture, hasColours: true, change });
}

describe('digitising a scan', () => {
	let folder: TemporaryFolder;
	let manifest: SpatialManifest;
	let report: DigitizeReport;
	const file = (name: string, run = 'one') => readFile(join(folder.path, run, name));

	beforeAll(async () => {
		folder = await temporaryFolder('digitize');
		const scan = join(folder.path, 'scan.glb');
		await writeFile(scan, await aScan());
		const { signal } = new AbortController();
		for (const run of ['one', 'two']) {
			const options = {
				...DIGITIZE_DEFAULTS,
				fast: true,
				cacheDir: run === 'one' ? undefined : join(folder.path, 'cache'),
				signal,
				onProgress: () => undefined,
			};
			await digitize(scan, join(folder.path, run), options);
		}
		manifest = spatial(assetManifest.parse(JSON.parse(String(await file('manifest.json')))));
		report = digitizeReport.parse(JSON.parse(String(await file('report.json'))));
	}, 300_000);

	afterAll(() => folder[Symbol.asyncDispose]());

	const decoded = async (tier: TierFile): Promise<Scan> =>
		await readSurface(sourceOf(tier.file, await file(tier.file)));

	it('gives the same bytes every time, with a cache and without', async () => {
		const names = await readdir(join(folder.path, 'one'));
		expect(names).toEqual(await readdir(join(folder.path, 'two')));
		expect(names).toContain('thumb.glb.br');
		for (const name of names) {
			expect((await file(name)).equals(await file(name, 'two')), name).toBe(true);
		}
	});

	it('climbs from coarse to fine in bytes, triangles and truth', () => {
		expect(manifest.tiers.map((t) => t.tier)).toEqual(['thumb', 'low']);
		const [thumb, low] = manifest.tiers;
		if (thumb === undefined || low === undefined) throw new Error('two tiers');
		expect(thumb.bytes).toBeLessThanOrEqual(60_000);
		expect(thumb.triangles).toBeLessThanOrEqual(4_000);
		expect(thumb.texturePx).toBeLessThanOrEqual(256);
		expect(low.triangles).toBe(manifest.source.triangles);
		expect(low.texturePx).toBe(300);
		expect(low.bytes).toBeGreaterThan(thumb.bytes);
		expect(low.errorM).toBeLessThan(thumb.errorM);
		expect(low.gpuBytes).toBeGreaterThan(thumb.gpuBytes);
	});

	it('states sizes and hashes that are true', async () => {
		for (const tier of manifest.tiers) {
			const bytes = await file(tier.file);
			expect(bytes.length).toBe(tier.bytes);
			expect(createHash('sha256').update(bytes).digest('hex')).toBe(tier.sha256);
			const packed = await file(`${tier.file}.br`);
			expect(packed.length).toBe(tier.brotliBytes);
			expect(brotliDecompressSync(packed).equals(bytes)).toBe(true);
		}
		const source = await readFile(join(folder.path, 'scan.glb'));
		expect(manifest.source.sha256).toBe(createHash('sha256').update(source).digest('hex'));
	});

	it('writes files the Khronos validator finds no error in', async () => {
		for (const tier of manifest.tiers) {
			const { issues } = await validateBytes(await file(tier.file));
			expect(issues.numErrors).toBe(0);
		}
	});

	it('keeps materials, joins those that look alike, and keeps painted vertices painted', async () => {
		for (const tier of manifest.tiers) {
			const { mesh, materials, textures } = await decoded(tier);
			expect(materials.map((m) => m.name)).toEqual(['glaze', 'one', 'surface']);
			expect(textures).toHaveLength(1);
			const pick = (vertex: number) => [...(mesh.colours ?? [])].slice(vertex * 4, vertex * 4 + 3);
			const [top, bottom] = [extremeVertex(mesh.positions, 1), extremeVertex(mesh.positions, -1)];
			expect(Math.abs((pick(top)[2] ?? 0) - (pick(top)[0] ?? 0))).toBeGreaterThan(20_000);
			expect(pick(bottom)).not.toEqual(pick(top));
		}
	});

	it('rests every tier on the floor over the origin, within the bounds it states', async () => {
		const { min, max } = manifest.bounds;
		expect(min[1]).toBe(0);
		expect(min[0] + max[0]).toBeCloseTo(0, 6);
		for (const tier of manifest.tiers) {
			const bounds = boundsOf((await decoded(tier)).mesh.positions);
			for (let k = 0; k < 3; k += 1) {
				expect(bounds.min[k]).toBeGreaterThan((min[k] ?? 0) - tier.errorM);
				expect(bounds.max[k]).toBeLessThan((max[k] ?? 0) + tier.errorM);
			}
		}
	});

	it('stays within the deviation it states', async () => {
		const [thumb] = manifest.tiers;
		if (thumb === undefined) throw new Error('a thumb');
		const { mesh } = await decoded(thumb);
		const middle = (manifest.bounds.max[1] ?? 0) / 2;
		for (let i = 0; i < mesh.positions.length; i += 3) {
			const [x = 0, y = 0, z = 0] = mesh.positions.slice(i, i + 3);
			expect(Math.hypot(x, y - middle, z)).toBeGreaterThan(0.93 - thumb.errorM);
			expect(Math.hypot(x, y - middle, z)).toBeLessThan(1.07 + thumb.errorM);
		}
		expect(thumb.errorM).toBeLessThan(0.06);
	});

	it('reports what it found and did, without dates or places', async () => {
		expect(report.measures).toMatchObject({ materials: 2, textures: [{ widthPx: 300 }] });
		expect(report.unit).toEqual({ value: 'm', how: 'format', confidence: 1 });
		expect(report.findings.map((f) => f.code)).toContain('recentred');
		const text = `${await file('manifest.json')}${await file('report.json')}`;
		expect(text).not.toMatch(/\d{4}-\d\d-\d\d|\/tmp|digitize-/);
		expect(Object.keys(manifest.recipe.tools)).toContain('meshoptimizer');
		expect(manifest.recipe.options).toMatchObject({ unit: 'detect', up: 'detect', ktx2: false });
	});

	it('draws a poster: the piece in light on the ink of the gallery', async () => {
		const { data, info } = await sharp(await file('poster.webp'))
			.raw()
			.toBuffer({ resolveWithObject: true });
		expect(info).toMatchObject({ width: manifest.poster.widthPx, height: 1024, channels: 3 });
		expect((await file('poster.webp')).length).toBeLessThanOrEqual(60_000);
		const at = (x: number, y: number) => [...data.subarray((y * 1024 + x) * 3).subarray(0, 3)];
		for (const corner of [at(3, 3), at(1020, 3)]) {
			for (const [k, ink] of [0x14, 0x13, 0x0f].entries()) {
				expect(Math.abs((corner[k] ?? 0) - ink)).toBeLessThan(4);
			}
		}
		const lit = (x: number, y: number) => Math.max(...at(x, y));
		expect(lit(420, 330)).toBeGreaterThan(70);
		expect(lit(420, 330)).toBeGreaterThan(lit(700, 800));
	});
});

function extremeVertex(positions: Float32Array, sign: 1 | -1): number {
	let best = 0;
	for (let i = 0; i < positions.length / 3; i += 1) {
		const [here = 0, there = 0] = [positions[i * 3 + 1], positions[best * 3 + 1]];
		if (here * sign > there * sign) best = i;
	}
	return best;
}
