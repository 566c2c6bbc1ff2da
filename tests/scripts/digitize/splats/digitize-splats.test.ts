import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AssetManifest, assetManifest } from '#schema/asset/asset-manifest';
import { digitize } from '../../../../scripts/digitize/digitize.ts';
import { DIGITIZE_DEFAULTS, type DigitizeOptions } from '../../../../scripts/digitize/options.ts';
import { readSpz } from '../../../../scripts/digitize/splats/read/read-spz.ts';
import { aSplatPly, someSplats, type TestSplat } from '../../../support/splat-files.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

type SplatsManifest = Extract<AssetManifest, { kind: 'splats' }>;

const COUNT = 30_000;
const FLOATERS = 5;

/** A ball, and a few splats that float far from it. */
function aScene(): TestSplat[] {
	const splats = someSplats(COUNT, 1);
	for (const [i, splat] of someSplats(FLOATERS, 1).entries()) {
		splats.push({ ...splat, position: [4 + i * 0.01, -3, 2] });
	}
	return splats;
}

describe('digitising splats', () => {
	let folder: TemporaryFolder;
	let manifest: SplatsManifest;
	const file = (name: string, run = 'one') => readFile(join(folder.path, run, name));
	const findings = async (run: string): Promise<{ code: string; values: object }[]> =>
		JSON.parse((await file('report.json', run)).toString()).findings;

	async function run(out: string, options: Partial<DigitizeOptions>): Promise<SplatsManifest> {
		const made = await digitize(join(folder.path, 'scan.ply'), join(folder.path, out), {
			...DIGITIZE_DEFAULTS,
			...options,
			cacheDir: undefined,
			signal: new AbortController().signal,
			onProgress: () => undefined,
		});
		if (made.kind !== 'splats') throw new Error(`made ${made.kind}`);
		return made;
	}

	beforeAll(async () => {
		folder = await temporaryFolder('digitize-splats');
		await writeFile(join(folder.path, 'scan.ply'), aSplatPly(aScene()));
		manifest = await run('one', {});
		await run('two', {});
	}, 120_000);

	afterAll(() => folder[Symbol.asyncDispose]());

	it('makes SPZ and SOG files, a small one first, and points for viewers without splats', () => {
		expect(assetManifest.parse(manifest).kind).toBe('splats');
		const files = manifest.splats.map((s) => [s.file, s.splats === COUNT + FLOATERS, s.shDegree]);
		expect(files).toEqual([
			['thumb.spz', false, 0],
			['high.spz', true, 1],
			['high.sog', true, 0],
		]);
		expect(manifest.splats[0]?.bytes).toBeLessThanOrEqual(300_000);
		expect(manifest.tiers).toHaveLength(1);
		expect(manifest.tiers[0]?.bytes).toBeLessThanOrEqual(60_000);
		expect(manifest.source.splats).toBe(COUNT + FLOATERS);
	});

	it('gives the same bytes a second time', async () => {
		for (const name of await readdir(join(folder.path, 'one'))) {
			expect(await file(name, 'two'), name).toEqual(await file(name));
		}
	});

	it('turns what training programs leave upside down, onto the floor', async () => {
		const cloud = readSpz(await file('high.spz'), 'high.spz');
		const heights = cloud.positions.filter((_, i) => i % 3 === 1).sort();
		expect(heights[Math.floor(heights.length * 0.005)]).toBeCloseTo(0, 1);
		// The scan's red lies at its -Y, which is up.
		let [top, low] = [0, 0];
		for (let i = 0; i < cloud.count; i += 1) {
			const red = cloud.colours[i * 3] ?? 0;
			if ((cloud.positions[i * 3 + 1] ?? 0) > 1.8) top = Math.max(top, red);
			if ((cloud.positions[i * 3 + 1] ?? 0) < 0.2) low = Math.max(low, red);
		}
		expect(top).toBeGreaterThan(low + 1);
		const codes = (await findings('one')).map(({ code }) => code);
		expect(codes).toContain('splats-turned-upright');
	});

	it('never removes floating splats silently: it counts them, and removes them when told to', async () => {
		const values = { splats: FLOATERS };
		expect(await findings('one')).toContainEqual({ code: 'floaters-found', level: 'info', values });
		const culled = await run('culled', { cullFloaters: true });
		expect(culled.splats.at(-1)?.splats).toBe(COUNT);
		expect(culled.source.splats).toBe(COUNT + FLOATERS);
		const removed = { code: 'floaters-removed', level: 'fixed', values };
		expect(await findings('culled')).toContainEqual(removed);
	});

	it('draws a poster of the splats on the dark floor', async () => {
		const { data, info } = await sharp(await file('poster.webp'))
			.raw()
			.toBuffer({
				resolveWithObject: true,
			});
		const at = (x: number, y: number) => [
			...data.subarray((y * info.width + x) * 3).subarray(0, 3),
		];
		expect(Math.max(...at(4, 4))).toBeLessThan(30);
		expect(Math.max(...at(512, 450))).toBeGreaterThan(90);
	});
});
