import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LADDER } from '../../../../scripts/digitize/ladder/ladder.ts';
import { shareSurface } from '../../../../scripts/digitize/ladder/share-surface.ts';
import { openTierPool } from '../../../../scripts/digitize/ladder/tier-pool.ts';
import { weld } from '../../../../scripts/digitize/mesh/weld.ts';
import { readGltf } from '../../../../scripts/digitize/read/gltf/read-gltf.ts';
import { aBall, aGlb, aTexture } from '../../../support/meshes.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { sourceOf } from '../source-of.ts';

async function aSurface() {
	const bytes = aGlb({ mesh: aBall(6_000), texture: await aTexture(128), hasColours: true });
	const { mesh, materials, textures } = await readGltf(sourceOf('scan.glb', bytes), 'glb');
	return { textures, ...shareSurface({ mesh: weld(mesh), materials }) };
}

/** What threads make of a scan that is said to be large enough for them. */
async function worked(threads: number, dirs: string[]) {
	const { textures, mesh, materials } = await aSurface();
	await using pool = openTierPool(1_000_000, new AbortController().signal, threads);
	const surface = { positions: mesh.positions, indices: mesh.indices };
	const tree = await pool.index(surface);
	const half = await pool.simplify({ surface: { mesh, materials }, triangles: 3_000 });
	const [, budget] = LADDER;
	if (budget === undefined) throw new Error('a budget');
	return await Promise.all(
		dirs.map(async (dir) => {
			const original = { surface, tree };
			const tier = { ...budget, triangles: 3_000 };
			const value = await pool.finish({ surface: half, textures, budget: tier, original, dir });
			const names = (await readdir(dir)).sort();
			const files = names.map(async (name) => [name, await readFile(join(dir, name))] as const);
			return { value, files: await Promise.all(files) };
		}),
	);
}

describe('the threads of a ladder', () => {
	it('give what one thread alone gives, however many work at once', async () => {
		await using alone = await temporaryFolder('alone');
		await using first = await temporaryFolder('first');
		await using second = await temporaryFolder('second');
		const [expected] = await worked(1, [alone.path]);
		const several = await worked(2, [first.path, second.path]);
		expect(expected?.value.triangles).toBeGreaterThan(2_500);
		expect(expected?.value.deviation.maxM).toBeGreaterThan(0);
		for (const result of several) expect(result).toEqual(expected);
	});

	it('stop in the midst of their work when told to', async () => {
		const { mesh, materials } = await aSurface();
		const stop = new AbortController();
		await using pool = openTierPool(1_000_000, stop.signal, 2);
		const work = pool.simplify({ surface: { mesh, materials }, triangles: 500 });
		stop.abort();
		await expect(work).rejects.toThrow();
	});
});
