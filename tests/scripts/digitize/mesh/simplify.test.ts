import { describe, expect, it } from 'vitest';
import { deviation } from '../../../../scripts/digitize/mesh/deviation.ts';
import type { Mesh } from '../../../../scripts/digitize/mesh/mesh.ts';
import { simplify } from '../../../../scripts/digitize/mesh/simplify.ts';
import { TriangleTree } from '../../../../scripts/digitize/mesh/triangle-tree.ts';
import { weld } from '../../../../scripts/digitize/mesh/weld.ts';
import { readGltf } from '../../../../scripts/digitize/read/gltf/read-gltf.ts';
import { aBall, aGlb, aTexture } from '../../../support/meshes.ts';
import { sourceOf } from '../source-of.ts';

async function aMesh(triangles: number): Promise<Mesh> {
	const bytes = aGlb({ mesh: aBall(triangles), texture: await aTexture(), hasColours: true });
	return weld((await readGltf(sourceOf('scan.glb', bytes), 'glb')).mesh);
}

/** The same triangles once more under another material, as careless exports have them. */
function doubled(mesh: Mesh): Mesh {
	const count = mesh.materialOf.length;
	const twice = <T extends Float32Array | Uint16Array>(array: T, into: T): T => {
		into.set(array);
		into.set(array, array.length);
		return into;
	};
	const materialOf = new Uint16Array(count * 2).fill(1, count);
	const indices = new Uint32Array(mesh.indices.length * 2);
	indices.set(mesh.indices);
	indices.set(
		mesh.indices.map((index) => index + count),
		mesh.indices.length,
	);
	return {
		positions: twice(mesh.positions, new Float32Array(count * 6)),
		normals: mesh.normals && twice(mesh.normals, new Float32Array(count * 6)),
		uvs: mesh.uvs && twice(mesh.uvs, new Float32Array(count * 4)),
		colours: mesh.colours && twice(mesh.colours, new Uint16Array(count * 8)),
		materialOf,
		indices,
	};
}

describe('simplifying', () => {
	it('reaches the count, stays near the surface and keeps every attribute', async () => {
		const mesh = await aMesh(12_000);
		const { mesh: coarse, errorM } = await simplify(mesh, 2_000);
		expect(coarse.indices.length / 3).toBeLessThanOrEqual(2_000);
		expect(coarse.indices.length / 3).toBeGreaterThan(1_900);
		expect(deviation(mesh, TriangleTree.index(mesh), coarse).maxM).toBeLessThan(0.03);
		expect(errorM).toBeGreaterThan(0);
		const count = coarse.materialOf.length;
		expect(coarse.normals?.length).toBe(count * 3);
		expect(coarse.uvs?.length).toBe(count * 2);
		expect(coarse.colours?.length).toBe(count * 4);
		expect(Math.max(...coarse.indices)).toBe(count - 1);
	});

	it('leaves a mesh alone that is small enough', async () => {
		const mesh = await aMesh(1_000);
		expect((await simplify(mesh, 1_000)).mesh).toBe(mesh);
	});

	it('gets there and stays near when surfaces lie on each other', async () => {
		const mesh = doubled(await aMesh(12_000));
		const { mesh: coarse } = await simplify(mesh, 2_000);
		expect(coarse.indices.length / 3).toBeLessThanOrEqual(2_000);
		expect(deviation(mesh, TriangleTree.index(mesh), coarse).maxM).toBeLessThan(0.2);
	});
});
