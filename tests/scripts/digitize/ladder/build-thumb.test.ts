import { describe, expect, it } from 'vitest';
import { buildThumb } from '../../../../scripts/digitize/ladder/build-thumb.ts';
import { LADDER, THUMB_BYTES } from '../../../../scripts/digitize/ladder/ladder.ts';
import { validate } from '../../../../scripts/digitize/ladder/validate.ts';
import { type Material, plainMaterial } from '../../../../scripts/digitize/mesh/mesh.ts';
import { readGltf } from '../../../../scripts/digitize/read/gltf/read-gltf.ts';
import { readTexture } from '../../../../scripts/digitize/texture/texture-source.ts';
import { aBall, aGlb } from '../../../support/meshes.ts';
import { noise } from '../noise.ts';
import { sourceOf } from '../source-of.ts';

const [budget] = LADDER;

async function scanOf(triangles: number, hasColours: boolean) {
	const bytes = aGlb({ mesh: aBall(triangles), texture: await noise(1024, 1), hasColours });
	return await readGltf(sourceOf('scan.glb', bytes), 'glb');
}

describe('the first tier', () => {
	it('fits into 60 KB with a texture that does not compress', async () => {
		if (budget === undefined) throw new Error('a budget');
		const { mesh, materials, textures } = await scanOf(9000, true);
		const built = await buildThumb(mesh, materials, textures, budget);
		expect(built.glb.length).toBeLessThanOrEqual(THUMB_BYTES);
		expect(built.triangles).toBeGreaterThan(1000);
		await validate('thumb', built);
	});

	it('fits with a thousand materials, painted into the vertices', async () => {
		if (budget === undefined) throw new Error('a budget');
		const { mesh } = await scanOf(9000, false);
		const materials: Material[] = Array.from({ length: 1000 }, (_, i) => ({
			...plainMaterial(`material number ${i}`),
			baseColor: [i / 1000, 1 - i / 1000, 0, 1],
		}));
		mesh.materialOf = mesh.materialOf.map((_, i) => i % 1000);
		const built = await buildThumb(mesh, materials, [], budget);
		expect(built.glb.length).toBeLessThanOrEqual(THUMB_BYTES);
		expect(built.content.primitives).toHaveLength(1);
		expect(built.content.primitives[0]?.streams.map((s) => s.semantic)).toContain('COLOR_0');
		await validate('thumb', built);
	});

	it('fits with thirty large textures', async () => {
		if (budget === undefined) throw new Error('a budget');
		const { mesh } = await scanOf(9000, false);
		const textures = await Promise.all(
			Array.from({ length: 30 }, async (_, i) =>
				readTexture(await noise(256, i), `texture ${i}`, 'scan.glb'),
			),
		);
		const materials: Material[] = textures.map((_, i) => ({
			...plainMaterial(`material ${i}`),
			maps: { baseColor: { texture: i, strength: 1 } },
		}));
		mesh.materialOf = mesh.materialOf.map((_, i) => i % 30);
		const built = await buildThumb(mesh, materials, textures, budget);
		expect(built.glb.length).toBeLessThanOrEqual(THUMB_BYTES);
		await validate('thumb', built);
	});
});
