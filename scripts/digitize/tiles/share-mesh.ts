import { MeshoptEncoder } from 'meshoptimizer/encoder';
import type { Bounds } from '#schema/value/geometry';
import { COLOUR_MAX } from '../colour.ts';
import { colourScale as scaleOf } from '../glb/colour-scale.ts';
import type { Lattice } from '../glb/lattice.ts';
import { areaOf, boundsOf } from '../mesh/inspect.ts';
import type { Material, Mesh } from '../mesh/mesh.ts';
import { type SharedMesh, sharedU8, sharedU16, sharedU32, TOP_CELL } from './shared-mesh.ts';

/** The lattice is this much finer than the mean edge, or up to twice as fine. */
const STEPS_PER_EDGE = 24;
/** Cells beyond this are no exact 32-bit floats. */
const MOST_CELLS = 2 ** 23;
/** A triangle's area over the square of its edge, when all three edges are equal. */
const EQUILATERAL = Math.sqrt(3) / 4;
/** Normals are packed in pieces of this many, so that no second copy of all of them exists. */
const PIECE = 65_536;

/**
 * Rounds a scan in the exhibit's frame to one lattice, into memory that threads share, without the
 * triangles that the lattice leaves no area to. The given mesh is not changed. About 45 bytes a
 * vertex and triangle together, half of them indices.
 */
export async function shareMesh(mesh: Mesh, materials: Material[]): Promise<SharedMesh> {
	await MeshoptEncoder.ready;
	const bounds = boundsOf(mesh.positions);
	const edgeM = Math.sqrt(areaOf(mesh) / (mesh.indices.length / 3) / EQUILATERAL);
	const lattice = tileLattice(bounds, edgeM);
	const positions = toCells(mesh.positions, lattice, bounds);
	const hasMaps = materials.some((material) => Object.keys(material.maps).length > 0);
	const vertices = mesh.materialOf.length;
	return {
		lattice,
		positions,
		normals: mesh.normals && octahedral(mesh.normals),
		...stretchedColours(mesh.colours),
		uvs: hasMaps && mesh.uvs !== undefined ? sharedFloats(mesh.uvs) : undefined,
		materialOf: materials.length > 1 ? copyU16(mesh.materialOf) : undefined,
		indices: solidTriangles(mesh.indices, positions),
		owners: sharedU16(vertices),
	};
}

/**
 * A step that is a power of two keeps every position an exact 32-bit float; all tiles carry the same
 * lattice, so the graphics card computes the same place for a vertex of two tiles, bit by bit.
 */
export function tileLattice({ min, max }: Bounds, meanEdgeM: number): Lattice {
	const extentM = Math.max(...max.map((v, k) => v - (min[k] ?? 0)));
	const wantedM = Math.max(meanEdgeM / STEPS_PER_EDGE, extentM / MOST_CELLS);
	const stepM = 2 ** Math.floor(Math.log2(wantedM));
	const cell = (v: number) => Math.floor(v / stepM) * stepM;
	return { origin: [cell(min[0]), cell(min[1]), cell(min[2])], stepM };
}

function toCells(
	positions: Float32Array,
	{ origin, stepM }: Lattice,
	{ max }: Bounds,
): Uint16Array | Uint32Array {
	const top = Math.max(...max.map((v, k) => Math.round((v - (origin[k] ?? 0)) / stepM)));
	const cells = top <= TOP_CELL ? sharedU16(positions.length) : sharedU32(positions.length);
	const [x, y, z] = origin;
	for (let i = 0; i < positions.length; i += 3) {
		cells[i] = Math.round(((positions[i] ?? 0) - x) / stepM);
		cells[i + 1] = Math.round(((positions[i + 1] ?? 0) - y) / stepM);
		cells[i + 2] = Math.round(((positions[i + 2] ?? 0) - z) / stepM);
	}
	return cells;
}

function octahedral(normals: Float32Array): Int8Array {
	const count = normals.length / 3;
	const packed = new Int8Array(new SharedArrayBuffer(count * 2));
	const piece = new Float32Array(Math.min(PIECE, count) * 4);
	for (let from = 0; from < count; from += PIECE) {
		const size = Math.min(PIECE, count - from);
		for (let i = 0; i < size; i += 1) {
			for (let k = 0; k < 3; k += 1) piece[i * 4 + k] = normals[(from + i) * 3 + k] ?? 0;
		}
		const bytes = MeshoptEncoder.encodeFilterOct(piece.subarray(0, size * 4), size, 4, 8);
		for (let i = 0; i < size; i += 1) {
			packed[(from + i) * 2] = bytes[i * 4] ?? 0;
			packed[(from + i) * 2 + 1] = bytes[i * 4 + 1] ?? 0;
		}
	}
	return packed;
}

/** All white is no colour. */
function stretchedColours(
	colours: Uint16Array | undefined,
): Pick<SharedMesh, 'colours' | 'colourScale'> {
	if (colours === undefined || colours.every((value) => value === COLOUR_MAX)) {
		return { colours: undefined, colourScale: [1, 1, 1] };
	}
	const colourScale: SharedMesh['colourScale'] = [1, 1, 1];
	for (const k of [0, 1, 2] as const) colourScale[k] = scaleOf(colours, k);
	const [r, g, b] = colourScale.map((scale) => scale * COLOUR_MAX);
	const tops = [r, g, b, COLOUR_MAX];
	const shares = sharedU8(colours.length);
	for (let i = 0; i < colours.length; i += 1) {
		shares[i] = Math.round(((colours[i] ?? 0) / (tops[i & 3] ?? 1)) * 255);
	}
	return { colours: shares, colourScale };
}

/** The triangles whose corners lie in three cells. */
function solidTriangles(indices: Uint32Array, cells: Uint16Array | Uint32Array): Uint32Array {
	const isSame = (a: number, b: number) =>
		a === b ||
		(cells[a * 3] === cells[b * 3] &&
			cells[a * 3 + 1] === cells[b * 3 + 1] &&
			cells[a * 3 + 2] === cells[b * 3 + 2]);
	const kept = sharedU32(indices.length);
	let length = 0;
	for (let t = 0; t < indices.length; t += 3) {
		const [a, b, c] = [indices[t] ?? 0, indices[t + 1] ?? 0, indices[t + 2] ?? 0];
		if (isSame(a, b) || isSame(b, c) || isSame(c, a)) continue;
		kept[length] = a;
		kept[length + 1] = b;
		kept[length + 2] = c;
		length += 3;
	}
	return kept.subarray(0, length);
}

function sharedFloats(values: Float32Array): Float32Array {
	const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
	copy.set(values);
	return copy;
}

function copyU16(values: Uint16Array): Uint16Array {
	const copy = sharedU16(values.length);
	copy.set(values);
	return copy;
}
