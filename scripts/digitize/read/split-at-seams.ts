import type { Mesh } from '../mesh/mesh.ts';
import { CornerTable } from './corner-table.ts';
import type { PlyFaces } from './ply-faces.ts';

/**
 * Gives every corner the texture coordinates its face has for it: a vertex becomes as many as there
 * are coordinates and textures at it. The material of a triangle is the number of its texture, that
 * behind the last texture where it has none. `faces` is emptied.
 */
export function splitAtSeams(mesh: Mesh, faces: PlyFaces, textureCount: number): Mesh {
	const corners = new CornerTable();
	const uvs = faces.uvs.view();
	const textures = faces.textures.view();
	// The bits of a coordinate are as good a name for it as any number.
	const bits = new Int32Array(uvs.buffer, uvs.byteOffset, uvs.length);
	const indices = faces.indices.take();
	for (let i = 0; i < indices.length; i += 1) {
		const texture = textures[Math.floor(i / 3)] ?? 0;
		const isKnown = Number.isInteger(texture) && texture >= 0 && texture < textureCount;
		const material = isKnown ? texture : textureCount;
		indices[i] = corners.vertex(indices[i] ?? 0, bits[i * 2] ?? 0, bits[i * 2 + 1] ?? 0, material);
	}
	return gather(mesh, corners, indices);
}

function gather(mesh: Mesh, corners: CornerTable, indices: Uint32Array): Mesh {
	const rows = corners.rows();
	const { count } = corners;
	const split: Mesh = {
		positions: new Float32Array(count * 3),
		normals: mesh.normals && new Float32Array(count * 3),
		uvs: new Float32Array(count * 2),
		colours: mesh.colours && new Uint16Array(count * 4),
		materialOf: new Uint16Array(count),
		indices,
	};
	const uvBits = new Float32Array(rows.buffer, rows.byteOffset, rows.length);
	for (let i = 0; i < count; i += 1) {
		const from = rows[i * 5] ?? 0;
		copy(mesh.positions, from, split.positions, i, 3);
		copy(mesh.normals, from, split.normals, i, 3);
		copy(mesh.colours, from, split.colours, i, 4);
		const [u = 0, v = 0] = [uvBits[i * 5 + 1], uvBits[i * 5 + 2]];
		split.uvs?.set([Number.isFinite(u) ? u : 0, Number.isFinite(v) ? 1 - v : 0], i * 2);
		split.materialOf[i] = rows[i * 5 + 3] ?? 0;
	}
	return split;
}

function copy<T extends Float32Array | Uint16Array>(
	from: T | undefined,
	fromRow: number,
	to: T | undefined,
	toRow: number,
	width: number,
): void {
	if (from === undefined || to === undefined) return;
	for (let k = 0; k < width; k += 1) to[toRow * width + k] = from[fromRow * width + k] ?? 0;
}
