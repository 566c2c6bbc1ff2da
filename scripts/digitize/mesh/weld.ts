import type { Mesh } from './mesh.ts';
import { pickPositions, pickVertices } from './pick-vertices.ts';
import { orderTriangles, spatialOrder } from './spatial-order.ts';

/** One attribute seen as bits: `width` 32-bit words a vertex. */
interface Column {
	words: Uint32Array;
	width: number;
}

const EMPTY = -1;

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
 * triangles in an order that keeps neighbours together (see `spatialOrder`).
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
	const { remap, first, unique } = remapEqual(columns, count);
	const order = spatialOrder(
		unique === count ? mesh.positions : pickPositions(mesh.positions, first),
	);
	if (order === undefined) {
		if (unique === count) return mesh;
		return pickVertices(mesh, first, renumbered(mesh.indices, remap));
	}
	const from = new Uint32Array(unique);
	for (let i = 0; i < unique; i += 1) from[order[i] ?? 0] = first[i] ?? 0;
	for (let i = 0; i < count; i += 1) remap[i] = order[remap[i] ?? 0] ?? 0;
	return pickVertices(mesh, from, orderTriangles(renumbered(mesh.indices, remap), unique));
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
