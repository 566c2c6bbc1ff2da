import type { Mesh } from '../mesh/mesh.ts';
import { Compactor } from './compactor.ts';
import { inSpace } from './in-space.ts';
import type { SharedMesh } from './shared-mesh.ts';
import { shownBy } from './shown-by.ts';

/** The triangles of some tiles as a mesh of its own, in metres, as exact as tiles are. */
export function coarseSurface(mesh: SharedMesh, lists: readonly Uint32Array[]): Mesh {
	const part = new Compactor(mesh.owners.length).compact(lists);
	const { indices, vertices, positions } = inSpace(mesh, part);
	const { origin, stepM } = mesh.lattice;
	for (const k of [0, 1, 2] as const) {
		for (let i = k; i < positions.length; i += 3) {
			positions[i] = origin[k] + (positions[i] ?? 0) * stepM;
		}
	}
	const { normals, colours, uvs } = shownBy(mesh, vertices);
	const { materialOf } = mesh;
	return {
		positions,
		normals: normals(),
		colours,
		uvs,
		materialOf: Uint16Array.from(vertices, (vertex) => materialOf?.[vertex] ?? 0),
		indices,
	};
}
