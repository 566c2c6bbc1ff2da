/** Triangles a tile aims at: about 0.3 MB, decoded in a few milliseconds, vertex numbers in 16 bits. */
export const TILE_TRIANGLES = 65_536;
/** Pixels of the scan's maps that a tile aims at: 2048 by 2048. */
const TILE_PIXELS = 2048 * 2048;
/** The most times a scan is halved: tile numbers fit 16 bits, folders stay walkable. */
const MOST_HALVINGS = 12;

export interface TilePlan {
	/** How often the scan is halved on the way to its leaves; they are 2 ** depth. */
	depth: number;
	/** How many halvings lie above the tiles of each level, coarse to fine: 0, …, depth. */
	levels: number[];
	/** What a leaf has on average and a coarser tile at most. */
	triangles: number;
}

/**
 * Plans the tree of a scan. `mapPixels`: of the largest map of each material, together. Leaves have
 * about 65,536 triangles or 2048² pixels, whichever asks for more of them; above lies a level at every
 * second halving, so that each level has a quarter of the triangles of the next. An odd number of
 * halvings leaves one step of two at the top.
 *
 * Rejected: a level at every halving. It doubles what is stored and fetched on the way down (2.0
 * instead of 1.33 times the leaves), at half again the CPU time, for steps that no eye asked for.
 */
export function planTiles(triangles: number, mapPixels: number): TilePlan {
	const wanted = Math.max(triangles / TILE_TRIANGLES, mapPixels / TILE_PIXELS);
	const able = Math.floor(Math.log2(Math.max(triangles, 1)));
	const depth = Math.min(Math.max(Math.round(Math.log2(wanted)), 0), able, MOST_HALVINGS);
	const levels = [0];
	for (let level = depth % 2 === 0 ? 2 : 1; level <= depth; level += 2) levels.push(level);
	return { depth, levels, triangles: Math.ceil(triangles / 2 ** depth) };
}
