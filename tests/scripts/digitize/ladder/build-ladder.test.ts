import { existsSync, readdirSync, statSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digitize } from '../../../../scripts/digitize/digitize.ts';
import { DIGITIZE_DEFAULTS, type DigitizeOptions } from '../../../../scripts/digitize/options.ts';
import { aBall, aGlb, anObj, aTexture } from '../../../support/meshes.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { runCli } from '../run-cli.ts';

/** Enough for three tiers. */
const TRIANGLES = 30_000;

describe('the ladder, from run to run', () => {
	let place: TemporaryFolder;
	let scan: string;

	beforeAll(async () => {
		place = await temporaryFolder('ladder');
		scan = join(place.path, 'scan.glb');
		const mesh = aBall(TRIANGLES);
		await writeFile(scan, aGlb({ mesh, texture: await aTexture(512), hasColours: true }));
		await run('plain', undefined);
		await run('cached', 'cache');
	}, 120_000);

	afterAll(() => place[Symbol.asyncDispose]());

	async function run(
		out: string,
		cache: string | undefined,
		options: Partial<DigitizeOptions> = {},
		file = scan,
	) {
		return await digitize(file, join(place.path, out), {
			...DIGITIZE_DEFAULTS,
			...options,
			cacheDir: cache === undefined ? undefined : join(place.path, cache),
			signal: new AbortController().signal,
			onProgress: () => undefined,
		});
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
		const entries = await Promise.all(
			(await readdir(folder)).map(
				async (name) => [name, (await readFile(join(folder, name))).toString('base64')] as const,
			),
		);
		return new Map(entries);
	}

	it('gives the same bytes with a cache and without', async () => {
		expect(await files('cached')).toEqual(await files('plain'));
		await run('again', 'cache');
		expect(await files('again')).toEqual(await files('plain'));
	});

	it('is not made anew for an option that does not concern it', async () => {
		const before = steps('cache');
		await run('other', 'cache', { tiles: 'never', cullFloaters: true });
		const after = steps('cache');
		for (const [name, number] of before) expect(after.get(name), name).toBe(number);
		expect(tiersIn('cache')).toHaveLength(3);
	});

	it('is made anew for an option that turns the piece', async () => {
		const file = join(place.path, 'ball.obj');
		await writeFile(file, anObj({ mesh: aBall(300) }));
		await run('y', 'small', { up: 'Y', unit: 'm' }, file);
		await run('z', 'small', { up: 'Z', unit: 'm' }, file);
		expect(tiersIn('small')).toHaveLength(2);
	});

	it('is made anew when a file beside the scan has changed, and only then', async () => {
		const file = join(place.path, 'painted.obj');
		await writeFile(file, anObj({ mesh: aBall(300), library: 'painted.mtl', material: 'glaze' }));
		const paint = (colour: string) =>
			writeFile(join(place.path, 'painted.mtl'), `newmtl glaze\nKd ${colour}\n`);
		await paint('1 0 0');
		await run('red', 'painted', {}, file);
		await run('red again', 'painted', {}, file);
		expect(tiersIn('painted')).toHaveLength(1);
		await paint('0 0 1');
		await run('blue', 'painted', {}, file);
		expect(tiersIn('painted')).toHaveLength(2);
		expect(await files('blue')).not.toEqual(await files('red'));
	});

	it('goes on where a killed run was, to the same bytes', async () => {
		let watch: NodeJS.Timeout | undefined;
		const killed = await runCli(['scan.glb', '--out', 'killed', '--cache', 'resumed', '--json'], {
			cwd: place.path,
			onLine: (_, end) => {
				watch ??= setInterval(() => {
					if (tiersIn('resumed').length > 0) end('SIGKILL');
				}, 5);
			},
		});
		clearInterval(watch);
		expect(killed.status).toBe(null);
		expect(existsSync(join(place.path, 'killed'))).toBe(false);
		const before = steps('resumed');
		expect(tiersIn('resumed').length).toBeGreaterThan(0);
		await run('resumed out', 'resumed');
		const after = steps('resumed');
		for (const [name, number] of before) expect(after.get(name), name).toBe(number);
		expect(await files('resumed out')).toEqual(await files('plain'));
	}, 120_000);
});
