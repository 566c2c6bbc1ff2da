import type { Painted } from '../mesh/blend-materials.ts';
import type { Mesh } from '../mesh/mesh.ts';

/**
 * The same surface in memory that threads share, so that handing it over copies nothing. Arrays that
 * are shared already stay where they are.
 */
export function shareSurface({ mesh, materials }: Painted): Painted {
	const { positions, normals, uvs, colours, materialOf, indices } = mesh;
	const shared: Mesh = {
		positions: shared32(positions),
		normals: normals && shared32(normals),
		uvs: uvs && shared32(uvs),
		colours: colours && shared16(colours),
		materialOf: shared16(materialOf),
		indices: isShared(indices) ? indices : copyInto(indices, Uint32Array),
	};
	return { mesh: shared, materials };
}

function shared32(array: Float32Array): Float32Array {
	return isShared(array) ? array : copyInto(array, Float32Array);
}

function shared16(array: Uint16Array): Uint16Array {
	return isShared(array) ? array : copyInto(array, Uint16Array);
}

function isShared(array: ArrayBufferView): boolean {
	return array.buffer instanceof SharedArrayBuffer;
}

function copyInto<T extends Float32Array | Uint32Array | Uint16Array>(
	array: T,
	Kind: new (buffer: SharedArrayBuffer) => T,
): T {
	const copy = new Kind(new SharedArrayBuffer(array.byteLength));
	copy.set(array);
	return copy;
}
