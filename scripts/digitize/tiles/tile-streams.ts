import { packVertices } from '../glb/pack-stream.ts';
import type { Stream } from '../glb/stream.ts';
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
		...packVertices('POSITION', cells, width, isShort ? 'NONE' : 'EXPONENTIAL'),
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
	const stream = packVertices('NORMAL', folded, 4, 'OCTAHEDRAL');
	return { ...stream, componentType: 5120, normalized: true, type: 'VEC3' };
}

export function colourStream(colours: Uint8Array, vertices: Uint32Array): Stream {
	const rows = new Uint8Array(vertices.length * 4);
	for (let i = 0; i < vertices.length; i += 1) {
		const from = (vertices[i] ?? 0) * 4;
		for (let k = 0; k < 4; k += 1) rows[i * 4 + k] = colours[from + k] ?? 0;
	}
	const stream = packVertices('COLOR_0', rows, 4, 'NONE');
	return { ...stream, componentType: 5121, normalized: true, type: 'VEC4' };
}
