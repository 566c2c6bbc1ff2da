import { MeshoptSimplifier } from 'meshoptimizer/simplifier';
import { COLOUR_MAX } from './colour.ts';
import type { Mesh } from './mesh.ts';
import { dropUnused } from './weld.ts';

/** A coarser form of a mesh. */
export interface Simplified {
	mesh: Mesh;
	/** What the simplifier reports, in metres; an estimate, no bound. */
	errorM: number;
}

/** How much a full change of each attribute weighs against a move across the whole mesh. */
const WEIGHTS = { normal: 0.3, colour: 0.5, uv: 0.4 };

/** Loose fragments smaller than this share of the piece may go when nothing else helps. */
const FRAGMENT_SHARE = 0.02;
const KEPT_SHARE = 0.8;

/**
 * Simplifies to at most `triangles`, minding normals, colours and texture coordinates; vertices are a
 * subset of the given ones and never move. First along seams only; where that stops early, across
 * them; then without loose fragments; at last without regard to topology.
 *
 * Source: Garland and Heckbert 1997 (quadrics) in meshoptimizer. Chained from level to level it is
 * three times faster than from the source each time, and measured better. Rejected: its flag Prune,
 * which at an unlimited error drops whole halves of a piece.
 */
export async function simplify(mesh: Mesh, triangles: number): Promise<Simplified> {
	await MeshoptSimplifier.ready;
	const target = triangles * 3;
	if (mesh.indices.length <= target) return { mesh, errorM: 0 };
	const { positions } = mesh;
	const { rows, weights } = attributeRows(mesh);
	let indices = mesh.indices;
	let error = 0;
	const reduce = (flags: 'Permissive'[]): void => {
		const [fewer, more] = MeshoptSimplifier.simplifyWithAttributes(
			indices,
			positions,
			3,
			rows,
			weights.length,
			weights,
			null,
			target,
			1,
			flags,
		);
		indices = fewer;
		error = Math.max(error, more);
	};
	reduce([]);
	if (indices.length > target) reduce(['Permissive']);
	if (indices.length > target) {
		const whole = MeshoptSimplifier.simplifyPrune(indices, positions, 3, FRAGMENT_SHARE);
		// Where most of the surface is fragments, they are the piece.
		if (whole.length < indices.length && whole.length > indices.length * KEPT_SHARE) {
			indices = whole;
			error = Math.max(error, FRAGMENT_SHARE);
		}
	}
	if (indices.length > target) reduce(['Permissive']);
	if (indices.length > target) {
		const sloppy = MeshoptSimplifier.simplifySloppy(indices, positions, 3, null, target, 1);
		const [fewer, more] = sloppy;
		if (fewer.length > 0) indices = fewer;
		error = Math.max(error, more);
	}
	const errorM = error * MeshoptSimplifier.getScale(positions, 3);
	return { mesh: dropUnused({ ...mesh, indices }), errorM };
}

/** An attribute as the simplifier weighs it. */
interface Weighed {
	array: Float32Array | Uint16Array;
	/** Numbers a vertex in the array, and how many of them count. */
	stride: number;
	width: number;
	weight: number;
	value: (stored: number) => number;
}

function attributeRows(mesh: Mesh): { rows: Float32Array; weights: number[] } {
	const { normals, colours, uvs } = mesh;
	const same = (stored: number) => stored;
	// Square roots stand for the eye: equal steps of light count more in the dark.
	const seen = (stored: number) => Math.sqrt(stored / COLOUR_MAX);
	const columns: Weighed[] = [];
	if (normals) columns.push(weighed(normals, 3, 3, WEIGHTS.normal, same));
	if (colours) columns.push(weighed(colours, 4, 3, WEIGHTS.colour, seen));
	if (uvs) columns.push(weighed(uvs, 2, 2, WEIGHTS.uv, same));
	const weights = columns.flatMap(({ width, weight }) => Array<number>(width).fill(weight));
	const rows = new Float32Array(mesh.materialOf.length * weights.length);
	let offset = 0;
	for (const column of columns) {
		fillColumn(rows, weights.length, offset, column);
		offset += column.width;
	}
	return { rows, weights };
}

function weighed(
	array: Float32Array | Uint16Array,
	stride: number,
	width: number,
	weight: number,
	value: (stored: number) => number,
): Weighed {
	return { array, stride, width, weight, value };
}

function fillColumn(rows: Float32Array, rowWidth: number, offset: number, column: Weighed): void {
	const { array, stride, width, value } = column;
	for (let i = 0; i < array.length / stride; i += 1) {
		for (let k = 0; k < width; k += 1) {
			rows[i * rowWidth + offset + k] = value(array[i * stride + k] ?? 0);
		}
	}
}
