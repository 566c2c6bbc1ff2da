import { MeshoptSimplifier } from 'meshoptimizer/simplifier';
import type { Compactor } from './compactor.ts';
import { normalOf } from './octahedron.ts';
import { type SharedMesh, sharedU32 } from './shared-mesh.ts';

/** A tile coarser than those below it. */
export interface SimplifiedTile {
	/** Three vertex numbers of the scan a triangle, in memory that threads share. */
	indices: Uint32Array;
	/** What the simplifier reports, in metres; an estimate, no bound. */
	errorM: number;
	/** Its surface, in square metres. */
	areaM2: number;
}

export interface SimplifyTask {
	/** The tile's number; what a smaller number owns stays where it is. */
	id: number;
	/** The triangles of the tiles below. */
	lists: Uint32Array[];
	/** How many to leave. */
	triangles: number;
}

/** How much a full change of each attribute weighs against a move across the tile. */
const WEIGHTS = { normal: 0.3, colour: 0.5, uv: 0.4 };

/** Texture seams are crossed where keeping them leaves this much more than was asked for. */
const SEAM_EXCESS = 1.25;

/** Square roots stand for the eye: equal steps of light count more in the dark. */
const SEEN = Float32Array.from({ length: 256 }, (_, byte) => Math.sqrt(byte / 255));

/**
 * Joins the tiles below and simplifies them, minding normals, colours and texture coordinates.
 * Vertices that a neighbour draws too neither move nor go, and with them stays every edge between
 * two of them: so borders agree whatever levels meet there. Throws nothing; where locked vertices
 * allow no more, more triangles stay than asked for.
 *
 * Source: Garland and Heckbert 1997 (quadrics) in meshoptimizer; locking as Cignoni et al. 2004 do it.
 */
export function simplifyTile(
	mesh: SharedMesh,
	compactor: Compactor,
	{ id, lists, triangles }: SimplifyTask,
): SimplifiedTile {
	const { indices, vertices } = compactor.compact(lists);
	const positions = new Float32Array(vertices.length * 3);
	const locks = new Uint8Array(vertices.length);
	for (let i = 0; i < vertices.length; i += 1) {
		const vertex = vertices[i] ?? 0;
		for (let k = 0; k < 3; k += 1) positions[i * 3 + k] = mesh.positions[vertex * 3 + k] ?? 0;
		locks[i] = (mesh.owners[vertex] ?? 0) < id ? 1 : 0;
	}
	const { rows, weights } = attributeRows(mesh, vertices);
	const reduce = (flags: ('ErrorAbsolute' | 'Permissive')[]) =>
		MeshoptSimplifier.simplifyWithAttributes(
			indices,
			positions,
			3,
			rows,
			weights.length,
			weights,
			locks,
			triangles * 3,
			Number.MAX_VALUE,
			flags,
		);
	let [left, error] = reduce(['ErrorAbsolute']);
	if (left.length > triangles * 3 * SEAM_EXCESS) {
		[left, error] = reduce(['ErrorAbsolute', 'Permissive']);
	}
	const global = sharedU32(left.length);
	for (let c = 0; c < left.length; c += 1) global[c] = vertices[left[c] ?? 0] ?? 0;
	const { stepM } = mesh.lattice;
	return { indices: global, errorM: error * stepM, areaM2: area(positions, left) * stepM ** 2 };
}

function attributeRows(
	mesh: SharedMesh,
	vertices: Uint32Array,
): { rows: Float32Array; weights: number[] } {
	const { normals, colours, uvs } = mesh;
	const columns: { width: number; weight: number; fill: (vertex: number, at: number) => void }[] =
		[];
	let rows = new Float32Array(0);
	if (normals !== undefined) {
		const normal = new Float32Array(3);
		const fill = (vertex: number, at: number) => {
			normalOf(normals[vertex * 2] ?? 0, normals[vertex * 2 + 1] ?? 0, normal);
			rows.set(normal, at);
		};
		columns.push({ width: 3, weight: WEIGHTS.normal, fill });
	}
	if (colours !== undefined) {
		const fill = (vertex: number, at: number) => {
			for (let k = 0; k < 3; k += 1) rows[at + k] = SEEN[colours[vertex * 4 + k] ?? 0] ?? 0;
		};
		columns.push({ width: 3, weight: WEIGHTS.colour, fill });
	}
	if (uvs !== undefined) {
		const fill = (vertex: number, at: number) => {
			for (let k = 0; k < 2; k += 1) rows[at + k] = uvs[vertex * 2 + k] ?? 0;
		};
		columns.push({ width: 2, weight: WEIGHTS.uv, fill });
	}
	const weights = columns.flatMap(({ width, weight }) => Array<number>(width).fill(weight));
	rows = new Float32Array(vertices.length * weights.length);
	let at = 0;
	for (const vertex of vertices) {
		for (const { width, fill } of columns) {
			fill(vertex, at);
			at += width;
		}
	}
	return { rows, weights };
}

function area(positions: Float32Array, indices: Uint32Array): number {
	let sum = 0;
	for (let t = 0; t < indices.length; t += 3) {
		const a = (indices[t] ?? 0) * 3;
		const b = (indices[t + 1] ?? 0) * 3;
		const c = (indices[t + 2] ?? 0) * 3;
		const side = (from: number, to: number, k: number) =>
			(positions[to + k] ?? 0) - (positions[from + k] ?? 0);
		const [ux, uy, uz] = [side(a, b, 0), side(a, b, 1), side(a, b, 2)];
		const [vx, vy, vz] = [side(a, c, 0), side(a, c, 1), side(a, c, 2)];
		sum += Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2;
	}
	return sum;
}
