import { MeshoptSimplifier } from 'meshoptimizer/simplifier';
import { attributeRows } from './attribute-rows.ts';
import type { Mesh } from './mesh.ts';
import { warmMeshopt } from './warm-meshopt.ts';
import { dropUnused } from './weld.ts';

/** A coarser form of a mesh. */
export interface Simplified {
	mesh: Mesh;
	/** What the simplifier reports, in metres; an estimate, no bound. */
	errorM: number;
}

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
 * Simplifies to at most `triangles`, minding what `attributeRows` names; vertices are a subset of the
 * given ones and never move. First along seams only; where that stops early or costs
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
	if (mesh.indices.length > LARGE) await warmMeshopt();
	const { positions } = mesh;
	const { rows, weights } = attributeRows(
		{ ...mesh, normals: () => mesh.normals },
		mesh.materialOf.length,
	);
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
