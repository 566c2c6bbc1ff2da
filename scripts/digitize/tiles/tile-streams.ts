import { MeshoptEncoder } from 'meshoptimizer/encoder';
import type { Stream } from '../glb/quantize.ts';
import type { SharedMesh } from './shared-mesh.ts';

/** Positions of some vertices as cells: 16-bit numbers, or exact whole floats where those end. */
export function cellStream(positions: SharedMesh['positions'], vertices: Uint32Array): Stream {
	const isShort = positions instanceof Uint16Array;
	const stride = isShort ? 4 : 3;
	// A word with exponent 0 unfolds into the whole number it holds (EXT_meshopt_compression).
	const cells = isShort
		? new Uint16Array(vertices.length * stride)
		: new Uint32Array(vertices.length * stride);
	for (let i = 0; i < vertices.length; i += 1) {
		const from = (vertices[i] ?? 0) * 3;
		for (let k = 0; k < 3; k += 1) cells[i * stride + k] = positions[from + k] ?? 0;
	}
	const width = cells.byteLength / vertices.length;
	return {
		...packed('POSITION', cells, width, isShort ? 'NONE' : 'EXPONENTIAL'),
		componentType: isShort ? 5123 : 5126,
		normalized: false,
		type: 'VEC3',
		...extremes(cells, stride),
	};
}

function extremes(
	cells: Uint16Array | Uint32Array,
	stride: number,
): { min: number[]; max: number[] } {
	const min = [Infinity, Infinity, Infinity];
	const max = [0, 0, 0];
	for (let at = 0; at < cells.length; at += stride) {
		for (let k = 0; k < 3; k += 1) {
			const cell = cells[at + k] ?? 0;
			if (cell < (min[k] ?? 0)) min[k] = cell;
			if (cell > (max[k] ?? 0)) max[k] = cell;
		}
	}
	return { min, max };
}

export function normalStream(normals: Int8Array, vertices: Uint32Array): Stream {
	const folded = new Int8Array(vertices.length * 4);
	for (let i = 0; i < vertices.length; i += 1) {
		const from = (vertices[i] ?? 0) * 2;
		folded[i * 4] = normals[from] ?? 0;
		folded[i * 4 + 1] = normals[from + 1] ?? 0;
		folded[i * 4 + 2] = 127;
	}
	const stream = packed('NORMAL', folded, 4, 'OCTAHEDRAL');
	return { ...stream, componentType: 5120, normalized: true, type: 'VEC3' };
}

/** Mantissa of texture coordinates outside 0 to 1, which cannot be shares of 65535. */
const UV_EXPONENT_BITS = 16;

export function uvStream(uvs: Float32Array): Stream {
	if (uvs.every((value) => value >= 0 && value <= 1)) {
		const shares = Uint16Array.from(uvs, (value) => Math.round(value * 65535));
		const stream = packed('TEXCOORD_0', shares, 4, 'NONE');
		return { ...stream, componentType: 5123, normalized: true, type: 'VEC2' };
	}
	const coded = MeshoptEncoder.encodeFilterExp(uvs, uvs.length / 2, 8, UV_EXPONENT_BITS);
	const stream = packed('TEXCOORD_0', coded, 8, 'EXPONENTIAL');
	return { ...stream, componentType: 5126, normalized: false, type: 'VEC2' };
}

export function colourStream(colours: Uint8Array, vertices: Uint32Array): Stream {
	const rows = new Uint8Array(vertices.length * 4);
	for (let i = 0; i < vertices.length; i += 1) {
		const from = (vertices[i] ?? 0) * 4;
		for (let k = 0; k < 4; k += 1) rows[i * 4 + k] = colours[from + k] ?? 0;
	}
	const stream = packed('COLOR_0', rows, 4, 'NONE');
	return { ...stream, componentType: 5121, normalized: true, type: 'VEC4' };
}

export function indexStream(indices: Uint32Array, vertices: number): Stream {
	const isShort = vertices <= 65535;
	const plain = bytesOf(isShort ? Uint16Array.from(indices) : indices);
	const stride = isShort ? 2 : 4;
	return {
		semantic: 'INDICES',
		plain,
		packed: MeshoptEncoder.encodeGltfBuffer(plain, indices.length, stride, 'TRIANGLES'),
		count: indices.length,
		stride,
		mode: 'TRIANGLES',
		filter: 'NONE',
		componentType: isShort ? 5123 : 5125,
		normalized: false,
		type: 'SCALAR',
	};
}

function packed(
	semantic: Stream['semantic'],
	array: Uint8Array | Int8Array | Uint16Array | Uint32Array,
	stride: number,
	filter: Stream['filter'],
): Omit<Stream, 'componentType' | 'normalized' | 'type'> {
	const plain = bytesOf(array);
	const count = plain.length / stride;
	const coded = MeshoptEncoder.encodeGltfBuffer(plain, count, stride, 'ATTRIBUTES');
	return { semantic, plain, packed: coded, count, stride, mode: 'ATTRIBUTES', filter };
}

function bytesOf(array: Uint8Array | Int8Array | Uint16Array | Uint32Array): Uint8Array {
	return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
