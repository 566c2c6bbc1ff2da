import type { Bounds } from '#schema/value/geometry';
import type { SplatCloud } from './splat-cloud.ts';

/** Cells along the longest side of the core. */
const CELLS = 96;
/** Cells that touch make a cluster; one with less than this share of all splats floats alone. */
const LEAST_SHARE = 0.001;
const SIDE = 2 ** 17;
const HALF = SIDE / 2;

/**
 * Finds splats that float alone: those in small clusters of a grid of 96 cells along the core, apart
 * from everything larger by at least a cell. Gives a mark for every splat, 1 for floaters. Deterministic.
 * Cost: about a second for a million.
 */
export function findFloaters({ positions, count }: SplatCloud, bounds: Bounds): Uint8Array {
	const extent = Math.max(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0)));
	const cells = new Map<number, number>();
	const cellOf = new Int32Array(count);
	const axis = (i: number, k: 0 | 1 | 2) => {
		const cell = Math.floor((((positions[i * 3 + k] ?? 0) - bounds.min[k]) / extent) * CELLS);
		return Math.min(Math.max(cell + HALF, 1), SIDE - 2);
	};
	for (let i = 0; i < count; i += 1) {
		const key = axis(i, 0) + SIDE * (axis(i, 1) + SIDE * axis(i, 2));
		let number = cells.get(key);
		if (number === undefined) {
			number = cells.size;
			cells.set(key, number);
		}
		cellOf[i] = number;
	}
	const cluster = joinNeighbours(cells);
	const sizes = new Uint32Array(cells.size);
	for (const cell of cellOf) {
		const root = cluster[cell] ?? 0;
		sizes[root] = (sizes[root] ?? 0) + 1;
	}
	const least = count * LEAST_SHARE;
	return Uint8Array.from(cellOf, (cell) => ((sizes[cluster[cell] ?? 0] ?? 0) < least ? 1 : 0));
}

/** The cluster of each cell, named by one of its cells. Source: Tarjan 1975 (union-find). */
function joinNeighbours(cells: Map<number, number>): Uint32Array {
	const parent = Uint32Array.from({ length: cells.size }, (_, i) => i);
	const root = (cell: number): number => {
		let at = cell;
		while (parent[at] !== at) {
			parent[at] = parent[parent[at] ?? 0] ?? 0;
			at = parent[at] ?? 0;
		}
		return at;
	};
	for (const [key, number] of cells) {
		for (let n = 0; n < 13; n += 1) {
			const step =
				(n % 3) - 1 + SIDE * ((Math.floor(n / 3) % 3) - 1 + SIDE * (Math.floor(n / 9) - 1));
			const other = cells.get(key + step);
			if (other === undefined) continue;
			const [a, b] = [root(number), root(other)];
			if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
		}
	}
	return parent.map((_, i) => root(i));
}
