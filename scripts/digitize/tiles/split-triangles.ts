import { release } from '../mesh/release.ts';
import type { SharedMesh } from './shared-mesh.ts';

/** How many triangles tell which way a group is longest. */
const SAMPLES = 4096;

/**
 * Sorts the triangles of a mesh, in place, into 2 ** depth groups of equal size that lie together in
 * space: each group is halved at the median of its longest axis. Gives where the groups begin in
 * triangles, with the end of the last: group g of level l ends where its last leaf does.
 *
 * A kd-tree (Bentley 1975) by selection, `depth` passes over the triangles; 4 bytes a triangle beside
 * them. Rejected: exact octree cells, whose groups differ in size by a hundred times on a scan.
 */
export function splitTriangles(
	{ indices, positions }: Pick<SharedMesh, 'indices' | 'positions'>,
	depth: number,
): Uint32Array {
	const count = indices.length / 3;
	const keys = new Uint32Array(count);
	let starts = Uint32Array.of(0, count);
	for (let level = 0; level < depth; level += 1) {
		const next = new Uint32Array(2 ** (level + 1) + 1);
		for (let g = 0; g < starts.length - 1; g += 1) {
			const [from, to] = [starts[g] ?? 0, starts[g + 1] ?? 0];
			const axis = longestAxis(indices, positions, from, to);
			for (let t = from; t < to; t += 1) keys[t] = centroid(indices, positions, t, axis);
			const middle = (from + to) >>> 1;
			select(keys, indices, from, to - 1, middle);
			next[g * 2] = from;
			next[g * 2 + 1] = middle;
		}
		next[next.length - 1] = count;
		starts = next;
	}
	release(keys);
	return starts;
}

/** Three times the middle of a triangle on one axis, in cells. */
function centroid(
	indices: Uint32Array,
	positions: SharedMesh['positions'],
	triangle: number,
	axis: number,
): number {
	const at = triangle * 3;
	return (
		(positions[(indices[at] ?? 0) * 3 + axis] ?? 0) +
		(positions[(indices[at + 1] ?? 0) * 3 + axis] ?? 0) +
		(positions[(indices[at + 2] ?? 0) * 3 + axis] ?? 0)
	);
}

function longestAxis(
	indices: Uint32Array,
	positions: SharedMesh['positions'],
	from: number,
	to: number,
): number {
	const step = Math.max(Math.floor((to - from) / SAMPLES), 1);
	let axis = 0;
	let longest = -1;
	for (let k = 0; k < 3; k += 1) {
		let min = Number.POSITIVE_INFINITY;
		let max = 0;
		for (let t = from; t < to; t += step) {
			const value = centroid(indices, positions, t, k);
			min = Math.min(min, value);
			max = Math.max(max, value);
		}
		if (max - min > longest) [axis, longest] = [k, max - min];
	}
	return axis;
}

/** Moves triangles with their keys until `middle` has what sorting would put there (Hoare 1961). */
function select(
	keys: Uint32Array,
	indices: Uint32Array,
	from: number,
	to: number,
	middle: number,
): void {
	let [low, high] = [from, to];
	while (low < high) {
		const [left, right] = partition(keys, indices, low, high);
		if (middle <= left) high = left;
		else if (middle >= right) low = right;
		else return;
	}
}

/** Small keys to the left, large ones to the right; gives where the left ends and the right begins. */
function partition(
	keys: Uint32Array,
	indices: Uint32Array,
	low: number,
	high: number,
): [left: number, right: number] {
	const pivot = medianOfThree(keys[low] ?? 0, keys[(low + high) >>> 1] ?? 0, keys[high] ?? 0);
	let [i, j] = [low, high];
	while (i <= j) {
		while ((keys[i] ?? 0) < pivot) i += 1;
		while ((keys[j] ?? 0) > pivot) j -= 1;
		if (i > j) break;
		swap(keys, indices, i, j);
		i += 1;
		j -= 1;
	}
	return [j, i];
}

function medianOfThree(a: number, b: number, c: number): number {
	return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

function swap(keys: Uint32Array, indices: Uint32Array, a: number, b: number): void {
	const key = keys[a] ?? 0;
	keys[a] = keys[b] ?? 0;
	keys[b] = key;
	for (let k = 0; k < 3; k += 1) {
		const index = indices[a * 3 + k] ?? 0;
		indices[a * 3 + k] = indices[b * 3 + k] ?? 0;
		indices[b * 3 + k] = index;
	}
}
