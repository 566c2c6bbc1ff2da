import type { Bounds } from '#schema/geometry';
import type { Mesh } from './mesh.ts';
import { weldPositions } from './weld.ts';

/** What a mesh is like, in its own unit. */
export interface Health {
	vertices: number;
	triangles: number;
	bounds: Bounds;
	/** Edges with a face on one side only. */
	boundaryEdges: number;
	/** Edges shared by more than two faces, or by two that wind differently. */
	nonManifoldEdges: number;
	degenerateTriangles: number;
	area: number;
	/** By the divergence theorem; negative for a closed surface turned inside out. */
	signedVolume: number;
}

/** Twice the square of the area below which a triangle counts as having none, relative to the size. */
const FLAT_SHARE = 1e-12;

/**
 * Measures a mesh: size, open and crossed edges, triangles without area. Vertices at the same place
 * count as one. One pass over the triangles and a hash of their edges; nothing is changed.
 */
export function inspect(mesh: Mesh): Health {
	const { remap, unique } = weldPositions(mesh.positions);
	const bounds = boundsOf(mesh.positions);
	const size = Math.hypot(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0)));
	const edges = new EdgeTable(mesh.indices.length);
	const flat = size * size * FLAT_SHARE;
	let degenerateTriangles = 0;
	let area = 0;
	let signedVolume = 0;
	for (let t = 0; t < mesh.indices.length; t += 3) {
		const [a, b, c] = [mesh.indices[t] ?? 0, mesh.indices[t + 1] ?? 0, mesh.indices[t + 2] ?? 0];
		const [pa, pb, pc] = [remap[a] ?? 0, remap[b] ?? 0, remap[c] ?? 0];
		const { doubleArea, sixVolume } = measure(mesh.positions, bounds.min, a, b, c);
		area += doubleArea / 2;
		signedVolume += sixVolume / 6;
		if (pa === pb || pb === pc || pc === pa || doubleArea <= flat) degenerateTriangles += 1;
		if (pa === pb || pb === pc || pc === pa) continue;
		edges.add(pa, pb, unique);
		edges.add(pb, pc, unique);
		edges.add(pc, pa, unique);
	}
	return {
		vertices: mesh.materialOf.length,
		triangles: mesh.indices.length / 3,
		bounds,
		...edges.count(),
		degenerateTriangles,
		area,
		signedVolume,
	};
}

/** The box around N×3 positions. */
export function boundsOf(positions: Float32Array): Bounds {
	const min: [number, number, number] = [Infinity, Infinity, Infinity];
	const max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
	for (let i = 0; i < positions.length; i += 3) {
		for (let k = 0; k < 3; k += 1) {
			const value = positions[i + k] ?? 0;
			if (value < (min[k] ?? 0)) min[k] = value;
			if (value > (max[k] ?? 0)) max[k] = value;
		}
	}
	return { min, max };
}

/** The area of a surface, in the square of its unit. */
export function areaOf({ positions, indices }: Pick<Mesh, 'positions' | 'indices'>): number {
	const apex = [0, 0, 0];
	let area = 0;
	for (let t = 0; t < indices.length; t += 3) {
		const [a, b, c] = [indices[t] ?? 0, indices[t + 1] ?? 0, indices[t + 2] ?? 0];
		area += measure(positions, apex, a, b, c).doubleArea / 2;
	}
	return area;
}

/** Twice the area and six times the volume against `apex` of one triangle. */
function measure(
	positions: Float32Array,
	apex: readonly number[],
	a: number,
	b: number,
	c: number,
): { doubleArea: number; sixVolume: number } {
	const p = (vertex: number, k: number) => (positions[vertex * 3 + k] ?? 0) - (apex[k] ?? 0);
	const [ax, ay, az] = [p(a, 0), p(a, 1), p(a, 2)];
	const [ux, uy, uz] = [p(b, 0) - ax, p(b, 1) - ay, p(b, 2) - az];
	const [vx, vy, vz] = [p(c, 0) - ax, p(c, 1) - ay, p(c, 2) - az];
	const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
	return { doubleArea: Math.hypot(nx, ny, nz), sixVolume: ax * nx + ay * ny + az * nz };
}

/** Undirected edges with how often each direction is used. Open addressing over the two ends. */
class EdgeTable {
	readonly #low: Uint32Array;
	readonly #high: Uint32Array;
	readonly #uses: Uint16Array;
	readonly #mask: number;

	constructor(corners: number) {
		let size = 16;
		while (size < corners * 1.2) size *= 2;
		this.#low = new Uint32Array(size);
		this.#high = new Uint32Array(size);
		this.#uses = new Uint16Array(size);
		this.#mask = size - 1;
	}

	add(from: number, to: number, places: number): void {
		const [low, high] = from < to ? [from, to] : [to, from];
		let slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high + places, 0x85ebca77)) >>> 0;
		slot = (slot ^ (slot >>> 15)) & this.#mask;
		while (this.#uses[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) {
			slot = (slot + 1) & this.#mask;
		}
		this.#low[slot] = low;
		this.#high[slot] = high;
		// Forward uses in the low byte, backward ones in the high byte; 255 is as good as infinite.
		const uses = this.#uses[slot] ?? 0;
		const shift = from < to ? 0 : 8;
		if (((uses >> shift) & 255) < 255) this.#uses[slot] = uses + (1 << shift);
	}

	count(): { boundaryEdges: number; nonManifoldEdges: number } {
		let boundaryEdges = 0;
		let nonManifoldEdges = 0;
		for (const uses of this.#uses) {
			if (uses === 0) continue;
			const [forward, backward] = [uses & 255, uses >> 8];
			if (forward + backward === 1) boundaryEdges += 1;
			else if (forward !== 1 || backward !== 1) nonManifoldEdges += 1;
		}
		return { boundaryEdges, nonManifoldEdges };
	}
}
