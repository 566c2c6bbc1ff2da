import { MeshoptEncoder } from 'meshoptimizer/encoder';
import type { Stream } from './stream.ts';

type Numbers = Uint8Array | Int8Array | Uint16Array | Uint32Array;

/** Mantissa of texture coordinates outside 0 to 1, which cannot be shares of 65535. */
const UV_EXPONENT_BITS = 16;

/** Packs an array of `stride` bytes a vertex. Needs `MeshoptEncoder.ready`, as all here. */
export function packVertices(
	semantic: Stream['semantic'],
	array: Numbers,
	stride: number,
	filter: Stream['filter'],
): Omit<Stream, 'componentType' | 'normalized' | 'type'> {
	const bytes = bytesOf(array);
	const count = bytes.length / stride;
	const packed = MeshoptEncoder.encodeGltfBuffer(bytes, count, stride, 'ATTRIBUTES');
	return { semantic, packed, count, stride, mode: 'ATTRIBUTES', filter };
}

/** Packs texture coordinates (N×2): shares of 65535, or floats where they reach beyond 0 to 1. */
export function packUvs(uvs: Float32Array): Stream {
	if (uvs.every((value) => value >= 0 && value <= 1)) {
		const shares = Uint16Array.from(uvs, (value) => Math.round(value * 65535));
		const stream = packVertices('TEXCOORD_0', shares, 4, 'NONE');
		return { ...stream, componentType: 5123, normalized: true, type: 'VEC2' };
	}
	const coded = MeshoptEncoder.encodeFilterExp(uvs, uvs.length / 2, 8, UV_EXPONENT_BITS);
	const stream = packVertices('TEXCOORD_0', coded, 8, 'EXPONENTIAL');
	return { ...stream, componentType: 5126, normalized: false, type: 'VEC2' };
}

/** Packs the corners of triangles, in 16 bits where `vertices` are few enough. */
export function packIndices(indices: Uint32Array, vertices: number): Stream {
	const isShort = vertices <= 65535;
	const stride = isShort ? 2 : 4;
	const bytes = bytesOf(isShort ? Uint16Array.from(indices) : indices);
	return {
		semantic: 'INDICES',
		packed: MeshoptEncoder.encodeGltfBuffer(bytes, indices.length, stride, 'TRIANGLES'),
		count: indices.length,
		stride,
		mode: 'TRIANGLES',
		filter: 'NONE',
		componentType: isShort ? 5123 : 5125,
		normalized: false,
		type: 'SCALAR',
	};
}

function bytesOf(array: Numbers): Uint8Array {
	return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
