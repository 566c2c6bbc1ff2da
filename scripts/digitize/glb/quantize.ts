import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { MeshoptEncoder } from 'meshoptimizer/encoder';
import { COLOUR_MAX } from '../colour.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { pickVertices } from '../mesh/pick-vertices.ts';
import { colourScale } from './colour-scale.ts';
import { type Lattice, toLattice } from './lattice.ts';
import type { Primitive } from './split.ts';

/** One array of a primitive: what a decoder gives (`plain`) and what is stored (`packed`). */
export interface Stream {
	semantic: 'POSITION' | 'NORMAL' | 'TEXCOORD_0' | 'COLOR_0' | 'INDICES';
	plain: Uint8Array;
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

/** A primitive ready to be written. `colourScale` goes into the material's base colour. */
export interface QuantizedPrimitive {
	material: number;
	triangles: number;
	vertices: number;
	streams: Stream[];
	colourScale: [number, number, number];
}

export interface QuantizeOptions {
	lattice: Lattice;
	/** Bits a component of normals, 8 in bytes or up to 16 in shorts. */
	normalBits: number;
}

/** Mantissa of texture coordinates outside 0 to 1, which cannot be shares of 65535. */
const UV_EXPONENT_BITS = 16;

/**
 * Orders a primitive for compression and packs it with the meshopt codec, version 0, as
 * EXT_meshopt_compression defines. The given mesh is not changed.
 */
export async function quantize(
	primitive: Primitive,
	options: QuantizeOptions,
): Promise<QuantizedPrimitive> {
	await Promise.all([MeshoptEncoder.ready, MeshoptDecoder.ready]);
	const mesh = reorder(primitive.mesh);
	const vertices = mesh.materialOf.length;
	const streams = [positionStream(mesh, options.lattice)];
	if (mesh.normals !== undefined) streams.push(normalStream(mesh.normals, options.normalBits));
	if (mesh.uvs !== undefined) streams.push(uvStream(mesh.uvs));
	const colours = mesh.colours && colourStream(mesh.colours);
	if (colours !== undefined) streams.push(colours.stream);
	streams.push(indexStream(mesh.indices, vertices));
	return {
		material: primitive.material,
		triangles: mesh.indices.length / 3,
		vertices,
		streams,
		colourScale: colours?.scale ?? [1, 1, 1],
	};
}

function reorder(mesh: Mesh): Mesh {
	const indices = mesh.indices.slice();
	const [remap, unique] = MeshoptEncoder.reorderMesh(indices, true, true);
	const from = new Uint32Array(unique);
	for (let vertex = 0; vertex < remap.length; vertex += 1) {
		const place = remap[vertex] ?? unique;
		if (place < unique) from[place] = vertex;
	}
	return pickVertices(mesh, from, indices);
}

function positionStream(mesh: Mesh, lattice: Lattice): Stream {
	const cells = toLattice(mesh.positions, lattice);
	const min = [65535, 65535, 65535];
	const max = [0, 0, 0];
	for (let i = 0; i < cells.length; i += 1) {
		const k = i % 4;
		if (k === 3) continue;
		min[k] = Math.min(min[k] ?? 0, cells[i] ?? 0);
		max[k] = Math.max(max[k] ?? 0, cells[i] ?? 0);
	}
	const stream = attribute('POSITION', bytesOf(cells), 8, 'NONE');
	return { ...stream, componentType: 5123, normalized: false, type: 'VEC3', min, max };
}

function normalStream(normals: Float32Array, bits: number): Stream {
	const count = normals.length / 3;
	const padded = new Float32Array(count * 4);
	for (let i = 0; i < count; i += 1) {
		for (let k = 0; k < 3; k += 1) padded[i * 4 + k] = normals[i * 3 + k] ?? 0;
	}
	const stride = bits > 8 ? 8 : 4;
	const filtered = MeshoptEncoder.encodeFilterOct(padded, count, stride, bits);
	const stream = attribute('NORMAL', filtered, stride, 'OCTAHEDRAL');
	const componentType = bits > 8 ? 5122 : 5120;
	return { ...stream, componentType, normalized: true, type: 'VEC3' };
}

function uvStream(uvs: Float32Array): Stream {
	if (uvs.every((value) => value >= 0 && value <= 1)) {
		const shares = Uint16Array.from(uvs, (value) => Math.round(value * 65535));
		const stream = attribute('TEXCOORD_0', bytesOf(shares), 4, 'NONE');
		return { ...stream, componentType: 5123, normalized: true, type: 'VEC2' };
	}
	const count = uvs.length / 2;
	const filtered = MeshoptEncoder.encodeFilterExp(uvs, count, 8, UV_EXPONENT_BITS);
	const stream = attribute('TEXCOORD_0', filtered, 8, 'EXPONENTIAL');
	return { ...stream, componentType: 5126, normalized: false, type: 'VEC2' };
}

/**
 * Colours as bytes of linear light. Each channel may be stretched first and the material darkened to
 * match, so that a dark bronze keeps its shades.
 */
function colourStream(colours: Uint16Array): { stream: Stream; scale: [number, number, number] } {
	const [r, g, b] = [0, 1, 2].map((k) => colourScale(colours, k)) as [number, number, number];
	const scales = [r, g, b, 1];
	const shares = new Uint8Array(colours.length);
	for (let i = 0; i < colours.length; i += 4) {
		for (let k = 0; k < 4; k += 1) {
			const top = (scales[k] ?? 1) * COLOUR_MAX;
			shares[i + k] = Math.round(((colours[i + k] ?? 0) / top) * 255);
		}
	}
	const stream: Stream = {
		...attribute('COLOR_0', shares, 4, 'NONE'),
		componentType: 5121,
		normalized: true,
		type: 'VEC4',
	};
	return { stream, scale: [r, g, b] };
}

function indexStream(indices: Uint32Array, vertices: number): Stream {
	const isShort = vertices <= 65535;
	const array = isShort ? Uint16Array.from(indices) : indices;
	const plain = bytesOf(array);
	const stride = isShort ? 2 : 4;
	const packed = MeshoptEncoder.encodeGltfBuffer(plain, indices.length, stride, 'TRIANGLES');
	const decoded = new Uint8Array(plain.length);
	MeshoptDecoder.decodeGltfBuffer(decoded, indices.length, stride, packed, 'TRIANGLES');
	return {
		semantic: 'INDICES',
		plain: decoded,
		packed,
		count: indices.length,
		stride,
		mode: 'TRIANGLES',
		filter: 'NONE',
		componentType: isShort ? 5123 : 5125,
		normalized: false,
		type: 'SCALAR',
	};
}

/** Packs a vertex array, and unpacks it again: what is validated is what a browser will decode. */
function attribute(
	semantic: Stream['semantic'],
	source: Uint8Array,
	stride: number,
	filter: Stream['filter'],
): Omit<Stream, 'componentType' | 'normalized' | 'type'> {
	const count = source.length / stride;
	const packed = MeshoptEncoder.encodeGltfBuffer(source, count, stride, 'ATTRIBUTES');
	const plain = new Uint8Array(source.length);
	MeshoptDecoder.decodeGltfBuffer(plain, count, stride, packed, 'ATTRIBUTES', filter);
	return { semantic, plain, packed, count, stride, mode: 'ATTRIBUTES', filter };
}

function bytesOf(array: Uint16Array | Uint32Array): Uint8Array {
	return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
