import type { Mesh } from './mesh.ts';

/**
 * A mesh of the vertices whose numbers `from` lists, in that order, under new `indices`. Linear time,
 * all kinds of numbers moved as words of 32 bits.
 */
export function pickVertices(mesh: Mesh, from: Uint32Array, indices: Uint32Array): Mesh {
	const { positions, normals, uvs, colours, materialOf } = mesh;
	const count = from.length;
	return {
		positions: picked(positions, new Float32Array(count * 3), 3, from),
		normals: normals && picked(normals, new Float32Array(count * 3), 3, from),
		uvs: uvs && picked(uvs, new Float32Array(count * 2), 2, from),
		colours: colours && picked(colours, new Uint16Array(count * 4), 2, from),
		materialOf: pickedLabels(materialOf, from),
		indices,
	};
}

function picked<T extends Float32Array | Uint16Array>(
	source: T,
	target: T,
	words: 2 | 3,
	from: Uint32Array,
): T {
	const read = wordsOf(source);
	const write = wordsOf(target);
	for (let i = 0, to = 0; i < from.length; i += 1, to += words) {
		const row = (from[i] ?? 0) * words;
		write[to] = read[row] ?? 0;
		write[to + 1] = read[row + 1] ?? 0;
		if (words === 3) write[to + 2] = read[row + 2] ?? 0;
	}
	return target;
}

function wordsOf(array: Float32Array | Uint16Array): Uint32Array {
	return new Uint32Array(array.buffer, array.byteOffset, array.byteLength / 4);
}

function pickedLabels(labels: Uint16Array, from: Uint32Array): Uint16Array {
	const target = new Uint16Array(from.length);
	for (let i = 0; i < from.length; i += 1) target[i] = labels[from[i] ?? 0] ?? 0;
	return target;
}
