import type { Mesh } from './mesh.ts';
import { orderTriangles } from './order-triangles.ts';
import { pickVertices } from './pick-vertices.ts';
import { release } from './release.ts';
import { spatialOrder } from './spatial-order.ts';

/** One attribute seen as bits: `width` 32-bit words a vertex. */
interface Column {
	words: Uint32Array;
	width: number;
}

const EMPTY = -1;

/** Larger scans are cut into tiles, which brings neighbours together; ordering would take their memory. */
const MAX_ORDERED = 3_000_000;
/** More vertices in one cell of the curve are compared by hashing, not each with each. */
const MAX_IN_CELL = 256;

/** Vertices that are one: the number each gets, dense, and of each number the first vertex. */
export interface Welded {
	remap: Uint32Array;
	first: Uint32Array;
	unique: number;
}

/**
 * Numbers vertices so that those with the same bits in every column share a number, in order of first
 * appearance. Open addressing, expected linear time, 20 to 28 bytes a vertex.
 */
function remapEqual(columns: Column[], count: number): Welded {
	let size = 16;
	while (size < count * 1.5) size *= 2;
	// Holds the first vertex of each kind.
	const table = new Int32Array(size).fill(EMPTY);
	const hashes = hashRows(columns, count);
	const remap = new Uint32Array(count);
	const first = new Uint32Array(count);
	let unique = 0;
	for (let i = 0; i < count; i += 1) {
		const hash = hashes[i] ?? 0;
		let slot = hash & (size - 1);
		let known = table[slot] ?? EMPTY;
		while (known !== EMPTY && !(hashes[known] === hash && isSameRow(columns, known, i))) {
			slot = (slot + 1) & (size - 1);
			known = table[slot] ?? EMPTY;
		}
		if (known === EMPTY) {
			table[slot] = i;
			remap[i] = unique;
			first[unique] = i;
			unique += 1;
		} else remap[i] = remap[known] ?? 0;
	}
	release(table, hashes);
	return { remap, first: first.subarray(0, unique), unique };
}

/** Column by column, so that each is read in order. The last steps are those of MurmurHash3. */
function hashRows(columns: Column[], count: number): Int32Array {
	const hashes = new Int32Array(count).fill(0x9e3779b9);
	for (const { words, width } of columns) {
		for (let k = 0; k < width; k += 1) {
			for (let i = 0; i < count; i += 1) {
				const mixed = Math.imul((hashes[i] ?? 0) ^ (words[i * width + k] ?? 0), 0x85ebca6b);
				hashes[i] = mixed ^ (mixed >>> 15);
			}
		}
	}
	for (let i = 0; i < count; i += 1) {
		const hash = Math.imul(hashes[i] ?? 0, 0xc2b2ae35);
		hashes[i] = hash ^ (hash >>> 16);
	}
	return hashes;
}

function isSameRow(columns: readonly Column[], a: number, b: number): boolean {
	for (let c = 0; c < columns.length; c += 1) {
		const { words, width } = columns[c] ?? NOTHING;
		for (let k = 0; k < width; k += 1) {
			if (words[a * width + k] !== words[b * width + k]) return false;
		}
	}
	return true;
}

const NOTHING: Column = { words: new Uint32Array(0), width: 0 };

/**
 * Numbers the places of a mesh: vertices at exactly the same position share a number. Mutates only
 * the sign of negative zeros in `positions` (N×3).
 */
export function weldPositions(positions: Float32Array): Welded {
	dropNegativeZeros(positions);
	return remapEqual([column(positions, 3)], positions.length / 3);
}

/**
 * Numbers vertices by place, normal, texture coordinates and a label each: what may be one vertex
 * once colours are blended.
 */
export function weldExceptColour(mesh: Mesh, labels: Uint32Array): Welded {
	const columns = [column(mesh.positions, 3), { words: labels, width: 1 }];
	if (mesh.normals !== undefined) columns.push(column(mesh.normals, 3));
	if (mesh.uvs !== undefined) columns.push(column(mesh.uvs, 2));
	return remapEqual(columns, labels.length);
}

/**
 * The same surface with every vertex that repeats another in all its attributes removed; vertices and
 * triangles in an order that keeps neighbours together, unless there are very many (see `spatialOrder`).
 */
export function weld(mesh: Mesh): Mesh {
	dropNegativeZeros(mesh.positions);
	const count = mesh.materialOf.length;
	const columns = [column(mesh.positions, 3)];
	if (mesh.normals !== undefined) columns.push(column(mesh.normals, 3));
	if (mesh.uvs !== undefined) columns.push(column(mesh.uvs, 2));
	if (mesh.colours !== undefined) columns.push(column(mesh.colours, 2));
	if (mesh.materialOf.some((label) => label !== mesh.materialOf[0])) {
		columns.push({ words: Uint32Array.from(mesh.materialOf), width: 1 });
	}
	const along = count > MAX_ORDERED ? undefined : weldAlongCurve(columns, mesh.positions);
	if (along !== undefined) {
		const indices = orderTriangles(mesh.indices, along.remap, along.unique);
		release(along.remap);
		return pickVertices(mesh, along.first, indices);
	}
	const { remap, first, unique } = remapEqual(columns, count);
	const indices = unique === count ? mesh.indices : renumbered(mesh.indices, remap);
	release(remap);
	return unique === count ? mesh : pickVertices(mesh, first, indices);
}

/**
 * Numbers vertices along a curve through space, on which those at one place are neighbours, so that equal
 * ones are found without hashing. Undefined where too many lie in one cell of the curve.
 */
function weldAlongCurve(columns: Column[], positions: Float32Array): Welded | undefined {
	const { order, cells } = spatialOrder(positions);
	const count = order.length;
	const welded = { remap: new Uint32Array(count), first: new Uint32Array(count), unique: 0 };
	for (let start = 0, end = 0; start < count; start = end) {
		const cell = cells[start];
		end = start + 1;
		while (end < count && cells[end] === cell) end += 1;
		if (end - start > MAX_IN_CELL) return undefined;
		weldCell(columns, order, start, end, welded);
	}
	release(order, cells);
	return { ...welded, first: welded.first.subarray(0, welded.unique) };
}

/** Numbers the vertices of one cell, `order` from `start` to `end`. */
function weldCell(
	columns: Column[],
	order: Uint32Array,
	start: number,
	end: number,
	welded: Welded,
): void {
	const { remap, first } = welded;
	const known = welded.unique;
	let unique = known;
	for (let i = start; i < end; i += 1) {
		const vertex = order[i] ?? 0;
		let same = known;
		while (same < unique && !isSameRow(columns, first[same] ?? 0, vertex)) same += 1;
		remap[vertex] = same;
		if (same < unique) continue;
		first[unique] = vertex;
		unique += 1;
	}
	welded.unique = unique;
}

/** The mesh without vertices no triangle uses; the order of the others stays. */
export function dropUnused(mesh: Mesh): Mesh {
	const count = mesh.materialOf.length;
	const { indices } = mesh;
	const remap = new Uint32Array(count);
	for (let at = 0; at < indices.length; at += 1) remap[indices[at] ?? 0] = 1;
	let used = 0;
	for (let i = 0; i < count; i += 1) used += remap[i] ?? 0;
	if (used === count) return mesh;
	const from = new Uint32Array(used);
	let next = 0;
	for (let i = 0; i < count; i += 1) {
		if (remap[i] === 0) continue;
		from[next] = i;
		remap[i] = next;
		next += 1;
	}
	return pickVertices(mesh, from, renumbered(indices, remap));
}

/** Corners under the new numbers of their vertices. */
export function renumbered(indices: Uint32Array, remap: Uint32Array): Uint32Array {
	const out = new Uint32Array(indices.length);
	for (let at = 0; at < indices.length; at += 1) out[at] = remap[indices[at] ?? 0] ?? 0;
	return out;
}

function column(array: Float32Array | Uint16Array, width: number): Column {
	const words = new Uint32Array(array.buffer, array.byteOffset, array.byteLength / 4);
	return { words, width };
}

/** 0 and -0 are one place but two bit patterns. */
function dropNegativeZeros(positions: Float32Array): void {
	for (let i = 0; i < positions.length; i += 1) if (positions[i] === 0) positions[i] = 0;
}
