import { BYTE_STEP } from '../colour.ts';
import type { Shown } from '../mesh/attribute-rows.ts';
import { normalOf } from './octahedron.ts';
import type { SharedMesh } from './shared-mesh.ts';

/** What some vertices of a scan show beside their place, in the order given. */
export function shownBy(mesh: SharedMesh, vertices: Uint32Array): Shown {
	return {
		normals: () => normalsOf(mesh, vertices),
		colours: coloursOf(mesh, vertices),
		uvs: uvsOf(mesh, vertices),
	};
}

function normalsOf({ normals }: SharedMesh, vertices: Uint32Array): Float32Array | undefined {
	if (normals === undefined) return undefined;
	const unfolded = new Float32Array(vertices.length * 3);
	const normal = new Float32Array(3);
	for (let i = 0; i < vertices.length; i += 1) {
		const from = (vertices[i] ?? 0) * 2;
		normalOf(normals[from] ?? 0, normals[from + 1] ?? 0, normal);
		unfolded.set(normal, i * 3);
	}
	return unfolded;
}

function coloursOf(
	{ colours, colourScale }: SharedMesh,
	vertices: Uint32Array,
): Uint16Array | undefined {
	if (colours === undefined) return undefined;
	const [r, g, b] = colourScale;
	const rows = new Uint16Array(vertices.length * 4);
	for (let i = 0, to = 0; i < vertices.length; i += 1, to += 4) {
		const from = (vertices[i] ?? 0) * 4;
		rows[to] = (colours[from] ?? 0) * BYTE_STEP * r;
		rows[to + 1] = (colours[from + 1] ?? 0) * BYTE_STEP * g;
		rows[to + 2] = (colours[from + 2] ?? 0) * BYTE_STEP * b;
		rows[to + 3] = (colours[from + 3] ?? 0) * BYTE_STEP;
	}
	return rows;
}

function uvsOf({ uvs }: SharedMesh, vertices: Uint32Array): Float32Array | undefined {
	if (uvs === undefined) return undefined;
	const rows = new Float32Array(vertices.length * 2);
	for (let i = 0, to = 0; i < vertices.length; i += 1, to += 2) {
		const from = (vertices[i] ?? 0) * 2;
		rows[to] = uvs[from] ?? 0;
		rows[to + 1] = uvs[from + 1] ?? 0;
	}
	return rows;
}
