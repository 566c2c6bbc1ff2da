import type { Corners } from './edges.ts';
import type { Pieces } from './pieces.ts';
import { MARK, type Topology } from './topology.ts';
import { UnionFind } from './union-find.ts';

/** Where a surface ends, in the mesh's unit. */
export interface Holes {
	holes: number;
	/** Outer edges of sheets, such as a relief or a bowl: no gaps. */
	rims: number;
	largestPerimeter: number;
	/** Of the fans that would close the holes. */
	area: number;
	/** What such fans over holes and rims add to the volume, so that any surface has one. */
	capVolume: number;
	/** Of the fans over rims. */
	rimArea: number;
}

/** An opening this large beside its own piece of surface is the edge of a sheet. */
const RIM_SHARE = 1 / 3;

/** Numbers kept of each loop: perimeter, weighted middle (3), fan area, fan volume times six. */
const FIELDS = 6;

/**
 * Finds the holes of a surface: open edges that hang together. Each is measured by a fan around its
 * middle, an estimate that is exact for flat convex holes and too large for winding ones.
 */
export function findHoles(
	positions: Float32Array,
	corners: Corners,
	topology: Topology,
	pieces: Pieces,
	apex: readonly [number, number, number],
): Holes {
	const { boundary, marks } = topology;
	const found: Holes = {
		holes: 0,
		rims: 0,
		largestPerimeter: 0,
		area: 0,
		capVolume: 0,
		rimArea: 0,
	};
	if (boundary.length === 0) return found;
	const { loopOf, loops } = joinLoops(corners, boundary, pieces.componentOf.length);
	const sums = new Float64Array(loops * FIELDS);
	const componentOfLoop = new Uint32Array(loops);
	const edge = new OpenEdge(positions, corners, apex);
	for (const [i, halfEdge] of boundary.entries()) {
		const loop = loopOf[i] ?? 0;
		componentOfLoop[loop] = pieces.componentOf[corners.place(halfEdge)] ?? 0;
		edge.addLength(halfEdge, sums, loop * FIELDS);
	}
	for (const [i, halfEdge] of boundary.entries()) {
		const isFlipped = ((marks[Math.floor(halfEdge / 3)] ?? 0) & MARK.flipped) !== 0;
		edge.addFan(halfEdge, isFlipped, sums, (loopOf[i] ?? 0) * FIELDS);
	}
	for (let loop = 0; loop < loops; loop += 1) {
		const [perimeter = 0, , , , area = 0, sixVolume = 0] = sums.subarray(loop * FIELDS);
		found.capVolume += sixVolume / 6;
		addOpening(found, perimeter, area, pieces.areas[componentOfLoop[loop] ?? 0] ?? 0);
	}
	return found;
}

function addOpening(found: Holes, perimeter: number, area: number, pieceArea: number): void {
	if (area >= RIM_SHARE * pieceArea) {
		found.rims += 1;
		found.rimArea += area;
		return;
	}
	found.holes += 1;
	found.area += area;
	found.largestPerimeter = Math.max(found.largestPerimeter, perimeter);
}

/** Numbers the open edges by the loop they belong to: those that share a place. */
function joinLoops(
	corners: Corners,
	boundary: Uint32Array,
	places: number,
): { loopOf: Uint32Array; loops: number } {
	const forest = new UnionFind(boundary.length);
	// One more than the first edge seen at each place; 0 for none.
	const firstAt = new Uint32Array(places);
	const touch = (edge: number, place: number): void => {
		const first = firstAt[place] ?? 0;
		if (first === 0) firstAt[place] = edge + 1;
		else forest.join(first - 1, edge, false);
	};
	for (let i = 0; i < boundary.length; i += 1) {
		touch(i, corners.place(boundary[i] ?? 0));
		touch(i, corners.end(boundary[i] ?? 0));
	}
	const loopOf = new Uint32Array(boundary.length);
	let loops = 0;
	for (let i = 0; i < boundary.length; i += 1) {
		const root = forest.root(i);
		loopOf[i] = root === i ? loops++ : (loopOf[root] ?? 0);
	}
	return { loopOf, loops };
}

/** Adds what one open edge gives to the sums of its loop. */
class OpenEdge {
	readonly #positions: Float32Array;
	readonly #corners: Corners;
	readonly #apex: readonly [number, number, number];
	/** The two ends. */
	readonly #ends = new Float64Array(6);

	constructor(positions: Float32Array, corners: Corners, apex: readonly [number, number, number]) {
		this.#positions = positions;
		this.#corners = corners;
		this.#apex = apex;
	}

	addLength(halfEdge: number, sums: Float64Array, at: number): void {
		const [ax = 0, ay = 0, az = 0, bx = 0, by = 0, bz = 0] = this.#read(halfEdge, false);
		const length = Math.hypot(bx - ax, by - ay, bz - az);
		sums[at] = (sums[at] ?? 0) + length;
		sums[at + 1] = (sums[at + 1] ?? 0) + (length * (ax + bx)) / 2;
		sums[at + 2] = (sums[at + 2] ?? 0) + (length * (ay + by)) / 2;
		sums[at + 3] = (sums[at + 3] ?? 0) + (length * (az + bz)) / 2;
	}

	addFan(halfEdge: number, isFlipped: boolean, sums: Float64Array, at: number): void {
		const ends = this.#read(halfEdge, isFlipped);
		const perimeter = sums[at] ?? 0;
		if (perimeter === 0) return;
		const x = (sums[at + 1] ?? 0) / perimeter;
		const y = (sums[at + 2] ?? 0) / perimeter;
		const z = (sums[at + 3] ?? 0) / perimeter;
		// The fan's triangle runs against the edge: middle, end, beginning.
		const ux = (ends[3] ?? 0) - x;
		const uy = (ends[4] ?? 0) - y;
		const uz = (ends[5] ?? 0) - z;
		const vx = (ends[0] ?? 0) - x;
		const vy = (ends[1] ?? 0) - y;
		const vz = (ends[2] ?? 0) - z;
		const nx = uy * vz - uz * vy;
		const ny = uz * vx - ux * vz;
		const nz = ux * vy - uy * vx;
		sums[at + 4] = (sums[at + 4] ?? 0) + Math.hypot(nx, ny, nz) / 2;
		sums[at + 5] = (sums[at + 5] ?? 0) + x * nx + y * ny + z * nz;
	}

	/** Both ends, counted from the apex. */
	#read(halfEdge: number, isFlipped: boolean): Float64Array {
		const { indices } = this.#corners;
		const from = indices[halfEdge] ?? 0;
		const to = indices[this.#corners.next(halfEdge)] ?? 0;
		const [a, b] = isFlipped ? [to, from] : [from, to];
		for (let k = 0; k < 3; k += 1) {
			const origin = this.#apex[k] ?? 0;
			this.#ends[k] = (this.#positions[a * 3 + k] ?? 0) - origin;
			this.#ends[3 + k] = (this.#positions[b * 3 + k] ?? 0) - origin;
		}
		return this.#ends;
	}
}
