import type { Tinypool } from 'tinypool';
import type { TilePlan } from './plan-tiles.ts';
import type { SharedMesh } from './shared-mesh.ts';
import type { SimplifiedTile, SimplifyTask } from './simplify-tile.ts';

/** Triangles of a tile before it is written. */
export interface DraftTile {
	/** Its number among the groups of `ownVertices`; the root is 1. */
	id: number;
	/** Its level among those of the plan, and its place there. */
	level: number;
	place: number;
	/** Three vertex numbers of the scan a triangle. */
	indices: Uint32Array;
	/** How far its surface may lie from the scan's, in metres. */
	errorM: number;
	/** Its surface in square metres; 0 for the scan itself, of which nothing is lost. */
	areaM2: number;
	children: DraftTile[];
}

/**
 * The simplifier's error is no bound: measured on scans, the surface lies up to about twice as far.
 * Source: pipeline notes §6.
 */
const ERROR_MARGIN = 2;

export interface DraftTilesOptions {
	plan: TilePlan;
	/** Where the leaves begin, in triangles. */
	starts: Uint32Array;
	pool: Tinypool;
	signal: AbortSignal;
}

/**
 * Makes the tree of tiles from its leaves up: each coarser tile as soon as those below it are there.
 * Errors add up on the way, so that none is less than one further down.
 */
export async function draftTiles(
	mesh: SharedMesh,
	{ plan, starts, pool, signal }: DraftTilesOptions,
): Promise<DraftTile> {
	const { levels, triangles, depth } = plan;
	const halvingsTo = (level: number) => levels[level] ?? 0;

	function leaf(level: number, id: number, place: number): DraftTile {
		const first = id - 2 ** depth;
		const indices = mesh.indices.subarray((starts[first] ?? 0) * 3, (starts[first + 1] ?? 0) * 3);
		return { id, level, place, indices, errorM: 0, areaM2: 0, children: [] };
	}

	async function draft(level: number, id: number): Promise<DraftTile> {
		const place = id - 2 ** halvingsTo(level);
		if (level === levels.length - 1) return leaf(level, id, place);
		const count = 2 ** (halvingsTo(level + 1) - halvingsTo(level));
		const ids = Array.from({ length: count }, (_, i) => id * count + i);
		const children = await Promise.all(ids.map((child) => draft(level + 1, child)));
		const lists = children.map((child) => child.indices);
		const task: SimplifyTask = { id, lists, triangles };
		const made: SimplifiedTile = await pool.run(task, { name: 'simplify', signal });
		const errorM = made.errorM * ERROR_MARGIN + Math.max(...children.map((c) => c.errorM));
		return { id, level, place, indices: made.indices, errorM, areaM2: made.areaM2, children };
	}

	return await draft(0, 1);
}

/** All tiles of a tree, the root first. */
export function draftsOf(draft: DraftTile): DraftTile[] {
	return [draft, ...draft.children.flatMap(draftsOf)];
}
