import { MeshoptDecoder } from 'meshoptimizer/decoder';

/** One array of a primitive as it is stored, and how to read it. */
export interface Stream {
	semantic: 'POSITION' | 'NORMAL' | 'TEXCOORD_0' | 'COLOR_0' | 'INDICES';
	/** By the meshopt codec, version 0, as EXT_meshopt_compression defines. */
	packed: Uint8Array;
	count: number;
	/** Bytes an element, padding included. */
	stride: number;
	mode: 'ATTRIBUTES' | 'TRIANGLES';
	filter: 'NONE' | 'OCTAHEDRAL' | 'EXPONENTIAL';
	/** As glTF numbers them. */
	componentType: 5120 | 5121 | 5122 | 5123 | 5125 | 5126;
	normalized: boolean;
	type: 'SCALAR' | 'VEC2' | 'VEC3' | 'VEC4';
	min?: number[];
	max?: number[];
}

/** What a browser will make of a stream. Needs `MeshoptDecoder.ready`. */
export function unpack({ packed, count, stride, mode, filter }: Stream): Uint8Array {
	const plain = new Uint8Array(count * stride);
	MeshoptDecoder.decodeGltfBuffer(plain, count, stride, packed, mode, filter);
	return plain;
}
