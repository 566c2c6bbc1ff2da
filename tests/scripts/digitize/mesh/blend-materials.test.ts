import { describe, expect, it } from 'vitest';
import { blendMaterials } from '../../../../scripts/digitize/mesh/blend-materials.ts';
import { deviation } from '../../../../scripts/digitize/mesh/deviation.ts';
import { type Material, type Mesh, plainMaterial } from '../../../../scripts/digitize/mesh/mesh.ts';
import { simplify } from '../../../../scripts/digitize/mesh/simplify.ts';
import { TriangleTree } from '../../../../scripts/digitize/mesh/triangle-tree.ts';
import { weld } from '../../../../scripts/digitize/mesh/weld.ts';
import { aBall } from '../../../support/meshes.ts';

const stone: Material = { ...plainMaterial('stone'), roughness: 0.9, baseColor: [1, 1, 1, 1] };
const lichen: Material = { ...plainMaterial('lichen'), roughness: 0.5, baseColor: [0, 1, 0, 1] };

/** A ball whose triangles are stone or lichen, as `isLichen` says. */
function speckled(isLichen: (triangle: number) => boolean): Mesh {
	const ball = aBall(12_000);
	const corners = ball.indices.length;
	const gather = (values: number[]) =>
		Float32Array.from(ball.indices.flatMap((i) => values.slice(i * 3, i * 3 + 3)));
	return weld({
		positions: gather(ball.positions),
		normals: gather(ball.normals),
		uvs: undefined,
		colours: undefined,
		materialOf: Uint16Array.from({ length: corners }, (_, i) => +isLichen(Math.floor(i / 3))),
		indices: Uint32Array.from({ length: corners }, (_, i) => i),
	});
}

describe('blending materials for a coarse tier', () => {
	it('lets speckles run into one surface, which then simplifies well', async () => {
		const mesh = speckled((t) => (t * 7919) % 5 === 0);
		const blended = blendMaterials({ mesh, materials: [stone, lichen] }, 2_000);
		expect(new Set(blended.mesh.materialOf)).toEqual(new Set([0]));
		expect(blended.mesh.materialOf.length).toBeLessThan(mesh.materialOf.length * 0.7);
		expect(blended.materials[0]?.roughness).toBeCloseTo(0.9 * 0.8 + 0.5 * 0.2, 1);
		const greens = [...(blended.mesh.colours ?? [])].filter((_, i) => i % 4 === 1);
		expect(new Set(greens)).toEqual(new Set([65535]));
		const reds = [...(blended.mesh.colours ?? [])].filter((_, i) => i % 4 === 0);
		expect(Math.max(...reds)).toBeLessThanOrEqual(65535);
		expect(reds.some((red) => red > 10_000 && red < 60_000)).toBe(true);
		const { mesh: coarse } = await simplify(blended.mesh, 2_000);
		expect(deviation(mesh, TriangleTree.index(mesh), coarse).maxM).toBeLessThan(0.03);
	});

	it('keeps materials apart whose border is short', () => {
		const painted = { mesh: speckled((t) => t > 6_000), materials: [stone, lichen] };
		expect(blendMaterials(painted, 4_000)).toBe(painted);
	});

	it('keeps materials apart that have maps or shine by themselves', () => {
		const mapped: Material = { ...stone, maps: { baseColor: { texture: 0, strength: 1 } } };
		const glowing: Material = { ...lichen, emissive: [1, 0, 0] };
		for (const materials of [
			[mapped, lichen],
			[stone, glowing],
		]) {
			const painted = { mesh: speckled((t) => t % 2 === 0), materials };
			expect(blendMaterials(painted, 2_000)).toBe(painted);
		}
	});
});
