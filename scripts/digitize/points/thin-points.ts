import type { Bounds } from '#schema/value/geometry';
import { CellSet } from './cell-set.ts';

/** The finest grid: cells along the longest side. */
const MOST_CELLS = 131_000;
/** Guesses of the cell's size, and the share of the target that is close enough. */
const STEPS = 8;
const CLOSE = 0.93;
/** A size of cell is sought with this many points for every one that shall stay. */
const SEARCH_SHARE = 3;

/** A grid up to this many cells is kept as bits: 32 MB. */
const MOST_BITS = 2 ** 28;

export interface ThinPoints {
	/** Numbers of the points that stay, ascending. */
	kept: Uint32Array;
	/** Edge of the cells of which one point each stayed; 0 when all stayed. */
	cellM: number;
	/** How many cells hold points. */
	cells: number;
}

/**
 * Chooses at most `target` points that are spread evenly: the first of every cell of a grid, fine where
 * the target allows. Same points, same choice. Cost: one pass over all points and a few over some.
 */
export function thinPoints(positions: Float32Array, bounds: Bounds, target: number): ThinPoints {
	const count = positions.length / 3;
	const extent = Math.max(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0)));
	if (count <= target) {
		return { kept: Uint32Array.from({ length: count }, (_, i) => i), cellM: 0, cells: count };
	}
	const cellM = findCell(positions, bounds, target, extent);
	const grid = new PointGrid(bounds, cellM);
	const kept: number[] = [];
	for (let i = 0; i < count; i += 1) {
		const at = i * 3;
		if (grid.add(positions[at] ?? 0, positions[at + 1] ?? 0, positions[at + 2] ?? 0)) kept.push(i);
	}
	return { kept: spread(kept, target), cellM, cells: kept.length };
}

/**
 * The edge of cells of which about `target` hold points, sought with some of the points. Surfaces fill
 * four times as many cells when the edge is halved, which is where each guess comes from.
 */
function findCell(positions: Float32Array, bounds: Bounds, target: number, extent: number): number {
	const some = everyNth(
		positions,
		Math.max(Math.floor(positions.length / 3 / (target * SEARCH_SHARE)), 1),
	);
	let cellM = extent / Math.sqrt(target);
	for (let i = 0; i < STEPS; i += 1) {
		const grid = new PointGrid(bounds, cellM);
		for (let at = 0; at < some.length; at += 3) {
			grid.add(some[at] ?? 0, some[at + 1] ?? 0, some[at + 2] ?? 0);
		}
		const excess = grid.size / target;
		if (excess <= 1 && excess > CLOSE) break;
		cellM = Math.min(Math.max(cellM * Math.sqrt(excess) * 1.005, extent / MOST_CELLS), extent);
	}
	return cellM;
}

function everyNth(positions: Float32Array, step: number): Float32Array {
	const count = Math.floor(positions.length / 3 / step);
	const some = new Float32Array(count * 3);
	for (let i = 0; i < count; i += 1) {
		const from = i * step * 3;
		some[i * 3] = positions[from] ?? 0;
		some[i * 3 + 1] = positions[from + 1] ?? 0;
		some[i * 3 + 2] = positions[from + 2] ?? 0;
	}
	return some;
}

/** Which cells of a grid hold points: one bit a cell where that is small, else a set. */
class PointGrid {
	size = 0;
	readonly #min: readonly [number, number, number];
	readonly #scale: number;
	readonly #sides: readonly [number, number];
	readonly #bits: Uint32Array | undefined;
	readonly #set = new CellSet();

	constructor({ min, max }: Bounds, cellM: number) {
		this.#min = min;
		this.#scale = 1 / cellM;
		const side = (k: 0 | 1 | 2) => Math.floor((max[k] - min[k]) / cellM) + 2;
		this.#sides = [side(0), side(1)];
		const cells = side(0) * side(1) * side(2);
		if (cells <= MOST_BITS) this.#bits = new Uint32Array(Math.ceil(cells / 32));
	}

	/** Meets a point; true when it is the first of its cell. */
	add(px: number, py: number, pz: number): boolean {
		const x = Math.floor((px - this.#min[0]) * this.#scale);
		const y = Math.floor((py - this.#min[1]) * this.#scale);
		const z = Math.floor((pz - this.#min[2]) * this.#scale);
		const bits = this.#bits;
		if (bits === undefined) {
			const isNew = this.#set.add(x, y, z);
			this.size = this.#set.size;
			return isNew;
		}
		const cell = x + this.#sides[0] * (y + this.#sides[1] * z);
		const word = bits[cell >>> 5] ?? 0;
		const bit = 1 << (cell & 31);
		if ((word & bit) !== 0) return false;
		bits[cell >>> 5] = word | bit;
		this.size += 1;
		return true;
	}
}

/** At most `target` of the numbers, evenly along the list. */
function spread(numbers: number[], target: number): Uint32Array {
	if (numbers.length <= target) return Uint32Array.from(numbers);
	const step = numbers.length / target;
	return Uint32Array.from({ length: target }, (_, i) => numbers[Math.floor(i * step)] ?? 0);
}
