import { describe, expect, it } from 'vitest';
import { areaOf } from '../../../../scripts/digitize/mesh/inspect.ts';
import { plainMaterial } from '../../../../scripts/digitize/mesh/mesh.ts';
import { weld } from '../../../../scripts/digitize/mesh/weld.ts';
import { readGltf } from '../../../../scripts/digitize/read/gltf/read-gltf.ts';
import { coarseSurface } from '../../../../scripts/digitize/tiles/coarse-surface.ts';
import { shareMesh } from '../../../../scripts/digitize/tiles/share-mesh.ts';
import { aBall, aGlb } from '../../../support/meshes.ts';
import { sourceOf } from '../source-of.ts';

describe('the surface a ladder starts from, taken from tiles', () => {
	it('is the scan as exactly as tiles store it, with only the vertices it needs', async () => {
		const glb = aGlb({ mesh: aBall(4000), hasColours: true });
		const { mesh } = await readGltf(sourceOf('ball.glb', glb), 'glb');
		const half = mesh.materialOf.length / 2;
		mesh.materialOf = mesh.materialOf.map((_, i) => (i < half ? 0 : 1));
		const scan = weld(mesh);
		const shared = await shareMesh(scan, [plainMaterial('glaze'), plainMaterial('bronze')]);
		const corners = shared.indices.length - (shared.indices.length % 6);
		const lists = [shared.indices.subarray(0, corners / 2), shared.indices.subarray(corners / 2)];

		const whole = coarseSurface(shared, lists);
		expect(areaOf(whole) / areaOf(scan)).toBeCloseTo(1, 4);
		expect(whole.indices.length).toBe(scan.indices.length);
		expect(whole.colours).toHaveLength(whole.materialOf.length * 4);
		const near = nearestIn(scan.positions, shared.lattice.stepM);
		for (let vertex = 0; vertex < whole.materialOf.length; vertex += 1) {
			const twins = near(whole.positions.subarray(vertex * 3, vertex * 3 + 3));
			const looksOf = (from: typeof whole, at: number) => [
				from.materialOf[at],
				...Array.from(from.colours?.subarray(at * 4, at * 4 + 4) ?? [], (v) => Math.round(v / 512)),
			];
			const looks = looksOf(whole, vertex);
			expect(twins.some((twin) => isNear(looksOf(scan, twin), looks))).toBe(true);
			const normal = whole.normals?.subarray(vertex * 3, vertex * 3 + 3) ?? [];
			expect(Math.hypot(...normal)).toBeCloseTo(1, 4);
		}

		const part = coarseSurface(shared, lists.slice(0, 1));
		expect(part.indices.length).toBe(corners / 2);
		expect(part.materialOf.length).toBeLessThan(whole.materialOf.length);
	});
});

/** The vertices at a place, as far as a lattice tells places apart. */
function nearestIn(positions: Float32Array, stepM: number) {
	return (place: Float32Array): number[] => {
		const found: number[] = [];
		for (let i = 0; i < positions.length; i += 3) {
			const isHere = [0, 1, 2].every(
				(k) => Math.abs((positions[i + k] ?? 0) - (place[k] ?? 0)) <= stepM,
			);
			if (isHere) found.push(i / 3);
		}
		return found;
	};
}

function isNear(a: readonly (number | undefined)[], b: readonly (number | undefined)[]): boolean {
	return a.every((value, i) => Math.abs((value ?? 0) - (b[i] ?? 0)) <= 1);
}
