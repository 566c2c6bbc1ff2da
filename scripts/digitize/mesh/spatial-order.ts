import { boundsOf } from './inspect.ts';
import { release } from './release.ts';

/** Vertices in the order of a curve through space. */
export interface SpatialOrder {
	/** Vertex numbers along the curve; those in one cell keep their order. */
	order: Uint32Array;
	/** The cell of each, in the same order; vertices at one place share a cell. */
	cells: Uint32Array;
}

/** Ten bits an axis fill a word, and are sorted in three rounds. */
const CELLS = 1024;
const ROUNDS = 3;
const ROUND_BITS = 10;

/**
 * Sorts vertices (N×3, any unit) along Morton's curve, so that neighbours lie near each other in memory:
 * the simplifier then takes a fifth less time, since it waits less for memory. Linear time, 16 bytes a
 * vertex while it works. Source: Morton 1966; radix sort. Rejected: meshoptimizer's own sort, which gives
 * no cells, and without them vertices that are one must be found by hashing, at three times the time.
 */
export function spatialOrder(positions: Float32Array): SpatialOrder {
	const count = positions.length / 3;
	const order = new Uint32Array(count);
	for (let i = 0; i < count; i += 1) order[i] = i;
	let sorted: SpatialOrder = { order, cells: cellsOf(positions) };
	let next: SpatialOrder = { order: new Uint32Array(count), cells: new Uint32Array(count) };
	for (let round = 0; round < ROUNDS; round += 1) {
		sortByDigit(sorted, next, round * ROUND_BITS);
		[sorted, next] = [next, sorted];
	}
	release(next.order, next.cells);
	return sorted;
}

/** One round of the sort: by ten bits of the cells, equal ones in the order they had. */
function sortByDigit({ order, cells }: SpatialOrder, into: SpatialOrder, shift: number): void {
	const starts = startsOf(cells, shift);
	for (let i = 0; i < cells.length; i += 1) {
		const cell = cells[i] ?? 0;
		const digit = (cell >>> shift) & (CELLS - 1);
		const place = starts[digit] ?? 0;
		starts[digit] = place + 1;
		into.cells[place] = cell;
		into.order[place] = order[i] ?? 0;
	}
}

/** Where each digit's vertices begin after a round of the sort. */
function startsOf(cells: Uint32Array, shift: number): Uint32Array {
	const starts = new Uint32Array(CELLS + 1);
	for (let i = 0; i < cells.length; i += 1) {
		const next = (((cells[i] ?? 0) >>> shift) & (CELLS - 1)) + 1;
		starts[next] = (starts[next] ?? 0) + 1;
	}
	for (let i = 1; i <= CELLS; i += 1) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
	return starts;
}

/** The cell of each vertex in a cube of 1024 cells a side around all, its axes' bits in turns. */
function cellsOf(positions: Float32Array): Uint32Array {
	const { min, max } = boundsOf(positions);
	const size = Math.max(max[0] - min[0], max[1] - min[1], max[2] - min[2]);
	const scale = size > 0 ? (CELLS - 1) / size : 0;
	const cells = new Uint32Array(positions.length / 3);
	for (let i = 0, at = 0; i < cells.length; i += 1, at += 3) {
		const x = spread(((positions[at] ?? 0) - min[0]) * scale);
		const y = spread(((positions[at + 1] ?? 0) - min[1]) * scale);
		const z = spread(((positions[at + 2] ?? 0) - min[2]) * scale);
		cells[i] = x | (y << 1) | (z << 2);
	}
	return cells;
}

/** A whole number below 1024 with two empty bits behind each of its bits. */
function spread(value: number): number {
	let bits = value | 0;
	bits = (bits | (bits << 16)) & 0x030000ff;
	bits = (bits | (bits << 8)) & 0x0300f00f;
	bits = (bits | (bits << 4)) & 0x030c30c3;
	return (bits | (bits << 2)) & 0x09249249;
}
