import type { Mesh } from './mesh.ts';
import { orderTriangles, spatialOrder } from './spatial-order.ts';

/** One attribute seen as bits: `width` 32-bit words a vertex. */
interface Column {
	words: Uint32Array;
	width: number;
}

const EMPTY = -1;

/**
 * For every vertex, the number of the first vertex with the same bits in every column; numbers are
 * dense, in order of first appearance. Open addressing, expected linear time, 16 to 24 bytes a vertex.
 */
function remapEqual(columns: Column[], count: number): { remap: Uint32Array; unique: number } {
	let size = 16;
	while (size < count * 1.5) size *= 2;
	// Holds the first vertex of each kind.
	const table = new Int32Array(size).fill(EMPTY);
	const hashes = hashRows(columns, count);
	const remap = new Uint32Array(count);
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
			unique += 1;
		} else remap[i] = remap[known] ?? 0;
	}
	return { remap, unique };
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
export function weldPositions(positions: Float32Array): { remap: Uint32Array; unique: number } {
	dropNegativeZeros(positions);
	return remapEqual([column(positions, 3)], positions.length / 3);
}

/**
 * Numbers vertices by place, normal, texture coordinates and a label each: what may be one vertex
 * once colours are blended.
 */
export function weldExceptColour(
	mesh: Mesh,
	labels: Uint32Array,
): { remap: Uint32Array; unique: number } {
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
	columns.push({ words: Uint32Array.from(mesh.materialOf), width: 1 });
	const { remap, unique } = remapEqual(columns, count);
	const order = spatialOrder(unique === count ? mesh.positions : placesOf(mesh, remap, unique));
	if (order === undefined) return unique === count ? mesh : remapVertices(mesh, remap, unique);
	for (let i = 0; i < count; i += 1) remap[i] = order[remap[i] ?? 0] ?? 0;
	const welded = remapVertices(mesh, remap, unique);
	return { ...welded, indices: orderTriangles(welded.indices, unique) };
}

function placesOf(mesh: Mesh, remap: Uint32Array, unique: number): Float32Array {
	return moved(mesh.positions, new Float32Array(unique * 3), 3, remap);
}

/**
 * Moves every vertex i to `remap[i]` and drops those whose target is 0xffffffff. Of several vertices
 * with one target the last wins. Gives a new mesh.
 */
export function remapVertices(mesh: Mesh, remap: Uint32Array, unique: number): Mesh {
	const { normals, uvs, colours } = mesh;
	return {
		positions: moved(mesh.positions, new Float32Array(unique * 3), 3, remap),
		normals: normals && moved(normals, new Float32Array(unique * 3), 3, remap),
		uvs: uvs && moved(uvs, new Float32Array(unique * 2), 2, remap),
		colours: colours && moved(colours, new Uint16Array(unique * 4), 2, remap),
		materialOf: movedLabels(mesh.materialOf, new Uint16Array(unique), remap),
		indices: renumbered(mesh.indices, remap),
	};
}

/** The mesh without vertices no triangle uses; the order of the others stays. */
export function dropUnused(mesh: Mesh): Mesh {
	const count = mesh.materialOf.length;
	const remap = new Uint32Array(count).fill(0xffffffff);
	const { indices } = mesh;
	for (let at = 0; at < indices.length; at += 1) remap[indices[at] ?? 0] = 0;
	let unique = 0;
	for (let i = 0; i < count; i += 1) {
		if (remap[i] === 0xffffffff) continue;
		remap[i] = unique;
		unique += 1;
	}
	return unique === count ? mesh : remapVertices(mesh, remap, unique);
}

/** Moves `width` words of 32 bits a vertex; all kinds of numbers go the same, fast way. */
function moved<T extends Float32Array | Uint16Array>(
	from: T,
	to: T,
	width: number,
	remap: Uint32Array,
): T {
	const source = column(from, width).words;
	const target = column(to, width).words;
	for (let i = 0, at = 0; i < remap.length; i += 1) {
		const place = remap[i] ?? 0xffffffff;
		if (place === 0xffffffff) {
			at += width;
			continue;
		}
		for (let into = place * width, end = at + width; at < end; at += 1, into += 1) {
			target[into] = source[at] ?? 0;
		}
	}
	return to;
}

function movedLabels(from: Uint16Array, to: Uint16Array, remap: Uint32Array): Uint16Array {
	for (let i = 0; i < remap.length; i += 1) {
		const place = remap[i] ?? 0xffffffff;
		if (place !== 0xffffffff) to[place] = from[i] ?? 0;
	}
	return to;
}

function renumbered(indices: Uint32Array, remap: Uint32Array): Uint32Array {
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
