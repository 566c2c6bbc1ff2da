import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ladder } from '../../../../scripts/digitize/ladder/build-ladder.ts';
import type { DigitizeOptions } from '../../../../scripts/digitize/options.ts';
import { aBall, aGlb, anObj, aTexture } from '../../../support/meshes.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { runLadder } from './run-ladder.ts';

/** Enough for three tiers. */
const TRIANGLES = 27_000;

describe('the ladder, from run to run', () => {
	let place: TemporaryFolder;
	let ladder: Ladder;

	beforeAll(async () => {
		place = await temporaryFolder('ladder');
		const mesh = aBall(TRIANGLES);
		const glb = aGlb({ mesh, texture: await aTexture(128), hasColours: true });
		await writeFile(join(place.path, 'scan.glb'), glb);
		ladder = await run('plain', undefined);
		await run('cached', 'cache');
	}, 240_000);

	afterAll(() => place[Symbol.asyncDispose]());

	async function run(
		out: string,
		cache: string | undefined,
		options: Partial<DigitizeOptions> = {},
		file = 'scan.glb',
	): Promise<Ladder> {
		const at = (name: string) => join(place.path, name);
		return await runLadder(at(file), at(out), cache && at(cache), options);
	}

	/** The steps that a cache remembers, each with the number of its file, new whenever it is made. */
	function steps(cache: string): Map<string, number> {
		const root = join(place.path, cache);
		const names = existsSync(root) ? readdirSync(root).filter((name) => !name.startsWith('.')) : [];
		return new Map(names.map((name) => [name, statSync(join(root, name, 'value.json')).ino]));
	}

	const tiersIn = (cache: string) =>
		[...steps(cache).keys()].filter((name) => name.startsWith('tier-'));

	async function files(out: string): Promise<Map<string, string>> {
		const folder = join(place.path, out);
		const entries = (await readdir(folder)).map(
			async (name) => [name, (await readFile(join(folder, name))).toString('base64')] as const,
		);
		return new Map(await Promise.all(entries));
	}

	it('never says that a coarser tier is truer, and states what was measured', () => {
		const { tiers, deviations } = ladder;
		expect(tiers.map(({ tier }) => tier)).toEqual(['thumb', 'low', 'mid']);
		const errors = tiers.map(({ errorM }) => errorM);
		expect(errors).toEqual(errors.toSorted((a, b) => b - a));
		expect(deviations.map(({ tier }) => tier)).toEqual(['thumb', 'low', 'mid']);
		for (const [i, { rmsM, p99M, maxM, samples }] of deviations.entries()) {
			expect(samples).toBe(40_000);
			expect(rmsM).toBeLessThanOrEqual(p99M);
			expect(p99M).toBeLessThanOrEqual(maxM);
			expect(maxM).toBeLessThanOrEqual(errors[i] ?? 0);
		}
	});

	it('gives the same bytes with a cache and without', async () => {
		expect(await files('cached')).toEqual(await files('plain'));
		await run('again', 'cache');
		expect(await files('again')).toEqual(await files('plain'));
	});

	it('is not made anew for an option that does not concern it', async () => {
		const before = steps('cache');
		await run('other', 'cache', { ktx2: true, archive: true, tiles: 'never' });
		expect(steps('cache')).toEqual(before);
		expect(tiersIn('cache')).toHaveLength(3);
	});

	it('is made anew for an option that turns the piece', async () => {
		await writeFile(join(place.path, 'ball.obj'), anObj({ mesh: aBall(300) }));
		await run('y', 'small', { up: 'Y', unit: 'm' }, 'ball.obj');
		await run('z', 'small', { up: 'Z', unit: 'm' }, 'ball.obj');
		expect(tiersIn('small')).toHaveLength(2);
	});

	it('is made anew when a file beside the scan has changed, and only then', async () => {
		const obj = anObj({ mesh: aBall(300), library: 'painted.mtl', material: 'glaze' });
		await writeFile(join(place.path, 'painted.obj'), obj);
		const paint = (colour: string) =>
			writeFile(join(place.path, 'painted.mtl'), `newmtl glaze\nKd ${colour}\n`);
		await paint('1 0 0');
		await run('red', 'painted', {}, 'painted.obj');
		await run('red again', 'painted', {}, 'painted.obj');
		expect(tiersIn('painted')).toHaveLength(1);
		await paint('0 0 1');
		await run('blue', 'painted', {}, 'painted.obj');
		expect(tiersIn('painted')).toHaveLength(2);
		expect(await files('blue')).not.toEqual(await files('red'));
	});

	it('goes on where a killed run was, to the same bytes', async () => {
		const program = resolve(import.meta.dirname, 'run-ladder.ts');
		const words = ['scan.glb', 'killed', 'resumed'].map((name) => join(place.path, name));
		const child = spawn(process.execPath, [program, ...words]);
		const watch = setInterval(() => {
			if (tiersIn('resumed').length > 0) child.kill('SIGKILL');
		}, 2);
		const [, signal] = await once(child, 'exit');
		clearInterval(watch);
		expect(signal).toBe('SIGKILL');
		expect(existsSync(join(place.path, 'killed'))).toBe(false);
		const before = steps('resumed');
		expect(tiersIn('resumed').length).toBeGreaterThan(0);
		await run('resumed out', 'resumed');
		const after = steps('resumed');
		for (const [name, number] of before) expect(after.get(name), name).toBe(number);
		expect(await files('resumed out')).toEqual(await files('plain'));
	}, 240_000);
});
