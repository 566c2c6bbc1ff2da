import { MeshoptEncoder } from 'meshoptimizer/encoder';
import { COLOUR_MAX } from '../colour.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { pickVertices } from '../mesh/pick-vertices.ts';
import { colourScale } from './colour-scale.ts';
import { type Lattice, toLattice } from './lattice.ts';
import { packIndices, packUvs, packVertices } from './pack-stream.ts';
import type { Primitive } from './split.ts';
import type { Stream } from './stream.ts';

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

/** Orders a primitive for compression and packs it. The given mesh is not changed. */
export async function quantize(
	primitive: Primitive,
	options: QuantizeOptions,
): Promise<QuantizedPrimitive> {
	await MeshoptEncoder.ready;
	const mesh = reorder(primitive.mesh);
	const vertices = mesh.materialOf.length;
	const streams = [positionStream(mesh, options.lattice)];
	if (mesh.normals !== undefined) streams.push(normalStream(mesh.normals, options.normalBits));
	if (mesh.uvs !== undefined) streams.push(packUvs(mesh.uvs));
	const colours = mesh.colours && colourStream(mesh.colours);
	if (colours !== undefined) streams.push(colours.stream);
	streams.push(packIndices(mesh.indices, vertices));
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
	for (const k of [0, 1, 2]) {
		for (let i = k; i < cells.length; i += 4) {
			const cell = cells[i] ?? 0;
			if (cell < (min[k] ?? 0)) min[k] = cell;
			if (cell > (max[k] ?? 0)) max[k] = cell;
		}
	}
	const stream = packVertices('POSITION', cells, 8, 'NONE');
	return { ...stream, componentType: 5123, normalized: false, type: 'VEC3', min, max };
}

function normalStream(normals: Float32Array, bits: number): Stream {
	const count = normals.length / 3;
	const padded = new Float32Array(count * 4);
	for (let from = 0, to = 0; from < normals.length; from += 3, to += 4) {
		padded[to] = normals[from] ?? 0;
		padded[to + 1] = normals[from + 1] ?? 0;
		padded[to + 2] = normals[from + 2] ?? 0;
	}
	const stride = bits > 8 ? 8 : 4;
	const filtered = MeshoptEncoder.encodeFilterOct(padded, count, stride, bits);
	const stream = packVertices('NORMAL', filtered, stride, 'OCTAHEDRAL');
	const componentType = bits > 8 ? 5122 : 5120;
	return { ...stream, componentType, normalized: true, type: 'VEC3' };
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
		...packVertices('COLOR_0', shares, 4, 'NONE'),
		componentType: 5121,
		normalized: true,
		type: 'VEC4',
	};
	return { stream, scale: [r, g, b] };
}
