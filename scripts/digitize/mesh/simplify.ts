import { MeshoptSimplifier } from 'meshoptimizer/simplifier';
import { COLOUR_MAX } from '../colour.ts';
import type { Mesh } from './mesh.ts';
import { warmSimplifier } from './warm-simplifier.ts';
import { dropUnused } from './weld.ts';

/** A coarser form of a mesh. */
export interface Simplified {
	mesh: Mesh;
	/** What the simplifier reports, in metres; an estimate, no bound. */
	errorM: number;
}

/** How much a full change of each attribute weighs against a move across the whole mesh. */
const WEIGHTS = { normal: 0.3, colour: 0.5, uv: 0.4 };

/** Past this error, as a share of the size, keeping seams whole does more harm than crossing them. */
const SEAM_ERROR = 0.015;
/** Corners from which on it pays to have the simplifier's code optimised first. */
const LARGE = 900_000;
/** Loose fragments smaller than this share of the piece may go when nothing else helps. */
const FRAGMENT_SHARE = 0.02;
/** Where fragments are more of the surface than this leaves, they are the piece. */
const KEPT_SHARE = 0.8;

type Reduced = readonly [indices: Uint32Array, error: number];

/**
 * Simplifies to at most `triangles`, minding colours and texture coordinates, or the normals of a
 * surface that has neither (they would cost 12 % more error and a third more time); vertices are a
 * subset of the given ones and never move. First along seams only; where that stops early or costs
 * too much, anew and across them; then without loose fragments; at last without regard to topology.
 *
 * Source: Garland and Heckbert 1997 (quadrics) in meshoptimizer. Chained from level to level it is
 * three times faster than from the source each time, and measured better. Rejected: an unlimited
 * error along seams, which takes whole roofs away where most vertices lie on seams, and the flag
 * Prune, which takes halves of a piece.
 */
export async function simplify(mesh: Mesh, triangles: number): Promise<Simplified> {
	await MeshoptSimplifier.ready;
	const target = triangles * 3;
	if (mesh.indices.length <= target) return { mesh, errorM: 0 };
	if (mesh.indices.length > LARGE) await warmSimplifier();
	const { positions } = mesh;
	const { rows, weights } = attributeRows(mesh);
	const reduce = (from: Uint32Array, error: number, flags: 'Permissive'[]): Reduced =>
		MeshoptSimplifier.simplifyWithAttributes(
			from,
			positions,
			3,
			rows,
			weights.length,
			weights,
			null,
			target,
			error,
			flags,
		);
	let [indices, error] = reduce(mesh.indices, SEAM_ERROR, []);
	if (indices.length > target) [indices, error] = reduce(mesh.indices, 1, ['Permissive']);
	if (indices.length > target) {
		const whole = MeshoptSimplifier.simplifyPrune(mesh.indices, positions, 3, FRAGMENT_SHARE);
		const isPiece = whole.length > mesh.indices.length * KEPT_SHARE;
		if (isPiece && whole.length < mesh.indices.length) {
			const [fewer, more] = reduce(whole, 1, ['Permissive']);
			[indices, error] = [fewer, Math.max(more, FRAGMENT_SHARE)];
		}
	}
	if (indices.length > target) {
		const sloppy = MeshoptSimplifier.simplifySloppy(indices, positions, 3, null, target, 1);
		if (sloppy[0].length > 0) [indices, error] = [sloppy[0], Math.max(error, sloppy[1])];
	}
	const errorM = error * MeshoptSimplifier.getScale(positions, 3);
	return { mesh: dropUnused({ ...mesh, indices }), errorM };
}

/** Colours that are all alike decide nothing, and cost as much as others. */
function isVaried(colours: Uint16Array): boolean {
	return colours.some((value, i) => value !== colours[i % 4]);
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
	const isPainted = uvs !== undefined || (colours !== undefined && isVaried(colours));
	if (normals && !isPainted) columns.push(weighed(normals, 3, 3, WEIGHTS.normal, same));
	if (colours && isVaried(colours)) columns.push(weighed(colours, 4, 3, WEIGHTS.colour, seen));
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
