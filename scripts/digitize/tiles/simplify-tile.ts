import { MeshoptSimplifier } from 'meshoptimizer/simplifier';
import { attributeRows } from '../mesh/attribute-rows.ts';
import { areaOf } from '../mesh/inspect.ts';
import type { Compactor } from './compactor.ts';
import { inSpace } from './in-space.ts';
import { type SharedMesh, sharedU32 } from './shared-mesh.ts';
import { shownBy } from './shown-by.ts';

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

/** Texture seams are crossed where keeping them leaves this much more than was asked for. */
const SEAM_EXCESS = 1.25;

/**
 * Joins the tiles below and simplifies them, minding what `attributeRows` names.
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
	const { indices, vertices, positions } = inSpace(mesh, compactor.compact(lists));
	const locks = Uint8Array.from(vertices, (vertex) => ((mesh.owners[vertex] ?? 0) < id ? 1 : 0));
	const { rows, weights } = attributeRows(shownBy(mesh, vertices), vertices.length);
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
	const areaM2 = areaOf({ positions, indices: left }) * stepM ** 2;
	return { indices: global, errorM: error * stepM, areaM2 };
}
