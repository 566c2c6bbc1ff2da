import { Growing } from './growing.ts';
import type { Point } from './primitives.ts';
import { nearby, type Solid } from './solid.ts';
import { findNormal, inspectSpot, type Painter, type Spot } from './spot.ts';

/** A painted surface: N×3 metres, N×3 unit normals, N×3 sRGB bytes, material numbers. */
export interface Skin {
	readonly positions: Float32Array;
	readonly normals: Float32Array;
	readonly colors: Uint8Array;
	readonly materials: Uint8Array;
	readonly indices: Uint32Array;
}

export interface PolygoniseOptions {
	readonly solid: Solid;
	/** A box the body keeps well within. */
	readonly min: Point;
	readonly max: Point;
	/** Distance between samples: the finest detail is about two of them. */
	readonly cellM: number;
	readonly paint: Painter;
	/** Neighbourhood of `Spot.swell`, default 5 cells, and reach of `Spot.open`, default 14. */
	readonly swellM?: number;
	readonly reachM?: number;
}

/** Cells along a block's side; a block is the leaf of the search. */
const SIDE = 8;
const NODES = SIDE + 1;
const CELLS = SIDE ** 3;
/** Bits of a cell's flags: its least node is inside; the edges from there along x, y, z are cut. */
const INSIDE = 1;
const CUT = [2, 4, 8] as const;

interface Block {
	/** Vertex of each cell, -1 for none. */
	readonly vertices: Int32Array;
	readonly flags: Uint8Array;
}

interface Work {
	readonly options: PolygoniseOptions;
	/** Blocks along each axis. */
	readonly counts: Point;
	readonly blocks: Map<number, Block>;
	readonly positions: Growing;
	readonly normals: Growing;
	readonly colors: Growing;
	readonly materials: Growing;
	readonly values: Float64Array;
	readonly color: Float64Array;
	readonly spot: Spot;
}

const blockKey = (counts: Point, i: number, j: number, k: number) =>
	(k * counts[1] + j) * counts[0] + i;

/** Samples the nodes of a block and says whether both signs occur. */
function sampleBlock(work: Work, solid: Solid, origin: Point): boolean {
	const { cellM } = work.options;
	let inside = 0;
	let at = 0;
	for (let k = 0; k < NODES; k++) {
		for (let j = 0; j < NODES; j++) {
			for (let i = 0; i < NODES; i++) {
				const d = solid.at(origin[0] + i * cellM, origin[1] + j * cellM, origin[2] + k * cellM);
				work.values[at++] = d;
				if (d < 0) inside++;
			}
		}
	}
	return inside > 0 && inside < at;
}

const CORNER = [0, 1, 2, 3, 4, 5, 6, 7].map(
	(c) => (c & 1) + ((c >> 1) & 1) * NODES + (c >> 2) * NODES * NODES,
);
/** The twelve edges of a cell as pairs of corners. */
const EDGES = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((c) =>
	[1, 2, 4].filter((bit) => (c & bit) === 0).map((bit) => [c, c | bit] as const),
);

/** Puts the mean of the cut edges, in cells from the cell's least corner, into the spot. */
function netPoint(values: Float64Array, node: number, spot: Spot): boolean {
	let [x, y, z, cuts] = [0, 0, 0, 0];
	for (const [a, b] of EDGES) {
		const da = values[node + (CORNER[a] ?? 0)] ?? 0;
		const db = values[node + (CORNER[b] ?? 0)] ?? 0;
		if (da < 0 === db < 0) continue;
		const t = da / (da - db);
		x += (a & 1) + t * ((b & 1) - (a & 1));
		y += ((a >> 1) & 1) + t * (((b >> 1) & 1) - ((a >> 1) & 1));
		z += (a >> 2) + t * ((b >> 2) - (a >> 2));
		cuts++;
	}
	if (cuts === 0) return false;
	spot.x = x / cuts;
	spot.y = y / cuts;
	spot.z = z / cuts;
	return true;
}

/** Slides the spot onto the surface, by less than a cell, so that carved detail is not averaged away. */
function settle(solid: Solid, spot: Spot, cellM: number): void {
	for (let i = 0; i < 2; i++) {
		findNormal(solid, spot, cellM * 0.4);
		const d = solid.at(spot.x, spot.y, spot.z);
		const step = Math.max(-0.5 * cellM, Math.min(0.5 * cellM, d)) * 0.9;
		spot.x -= spot.nx * step;
		spot.y -= spot.ny * step;
		spot.z -= spot.nz * step;
	}
	findNormal(solid, spot, cellM * 0.4);
}

function cellFlags(values: Float64Array, node: number): number {
	const isInside = (values[node] ?? 0) < 0;
	let flags = isInside ? INSIDE : 0;
	for (const axis of [0, 1, 2] as const) {
		if ((values[node + (CORNER[1 << axis] ?? 0)] ?? 0) < 0 !== isInside) flags |= CUT[axis];
	}
	return flags;
}

function emit(work: Work, spot: Spot, material: number): number {
	work.positions.push3(spot.x, spot.y, spot.z);
	work.normals.push3(spot.nx, spot.ny, spot.nz);
	const byte = (k: number) => Math.round(255 * Math.min(1, Math.max(0, work.color[k] ?? 0)));
	work.colors.push3(byte(0), byte(1), byte(2));
	return work.materials.push(material);
}

function meshBlock(work: Work, solid: Solid, origin: Point): Block {
	const { options, spot, values, color } = work;
	const { cellM } = options;
	const swellM = options.swellM ?? cellM * 5;
	const reachM = options.reachM ?? cellM * 14;
	const block = { vertices: new Int32Array(CELLS).fill(-1), flags: new Uint8Array(CELLS) };
	const half = (SIDE * cellM) / 2;
	const span = half * 1.74 + Math.max(reachM, swellM);
	const wide = nearby(options.solid, origin[0] + half, origin[1] + half, origin[2] + half, span);
	for (let cell = 0; cell < CELLS; cell++) {
		const i = cell % SIDE;
		const j = Math.floor(cell / SIDE) % SIDE;
		const k = Math.floor(cell / (SIDE * SIDE));
		const node = (k * NODES + j) * NODES + i;
		if (!netPoint(values, node, spot)) continue;
		spot.x = origin[0] + (i + spot.x) * cellM;
		spot.y = origin[1] + (j + spot.y) * cellM;
		spot.z = origin[2] + (k + spot.z) * cellM;
		settle(solid, spot, cellM);
		inspectSpot(solid, wide, spot, { cellM, swellM, reachM });
		const material = options.paint(spot, color);
		block.vertices[cell] = emit(work, spot, material);
		block.flags[cell] = cellFlags(values, node);
	}
	return block;
}

/** Halves boxes of blocks until one is left, dropping those the surface cannot reach. */
function search(work: Work, solid: Solid, from: Point, to: Point): void {
	const { options, counts } = work;
	const size: Point = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
	const blockM = SIDE * options.cellM;
	const center: Point = [0, 1, 2].map(
		(c) => (options.min[c] ?? 0) + (((from[c] ?? 0) + (to[c] ?? 0)) / 2) * blockM,
	) as unknown as Point;
	const radius = (Math.sqrt(size[0] ** 2 + size[1] ** 2 + size[2] ** 2) * blockM) / 2;
	if (Math.abs(solid.at(...center)) > radius * 1.35 + options.cellM) return;
	const thin = nearby(solid, ...center, radius + 2 * options.cellM);
	const longest = Math.max(...size);
	if (longest === 1) {
		const origin: Point = [0, 1, 2].map(
			(c) => (options.min[c] ?? 0) + (from[c] ?? 0) * blockM,
		) as unknown as Point;
		if (!sampleBlock(work, thin, origin)) return;
		work.blocks.set(blockKey(counts, ...from), meshBlock(work, thin, origin));
		return;
	}
	const axis = size.indexOf(longest);
	const middle = (from[axis] ?? 0) + Math.floor(longest / 2);
	const cut = (p: Point) => p.map((v, c) => (c === axis ? middle : v)) as unknown as Point;
	search(work, thin, from, cut(to));
	search(work, thin, cut(from), to);
}

function vertexAt(work: Work, i: number, j: number, k: number): number {
	const b = SIDE;
	const key = blockKey(work.counts, Math.floor(i / b), Math.floor(j / b), Math.floor(k / b));
	return work.blocks.get(key)?.vertices[((k % b) * b + (j % b)) * b + (i % b)] ?? -1;
}

/** The quad around a cut edge, from the four cells that share it, as two triangles facing outwards. */
function emitQuad(
	work: Work,
	indices: Growing,
	cell: Point,
	axis: number,
	isInside: boolean,
): void {
	const u = (axis + 1) % 3;
	const v = (axis + 2) % 3;
	const corner = (du: number, dv: number) => {
		const at: [number, number, number] = [...cell];
		at[u as 0 | 1 | 2] -= du;
		at[v as 0 | 1 | 2] -= dv;
		return vertexAt(work, ...at);
	};
	const quad = [corner(1, 1), corner(0, 1), corner(0, 0), corner(1, 0)];
	if (quad.some((vertex) => vertex < 0)) return;
	const [a = 0, b = 0, c = 0, d = 0] = isInside ? quad : quad.reverse();
	const gap = (p: number, q: number) => {
		let sum = 0;
		for (let k = 0; k < 3; k++) {
			sum += (work.positions.at(p * 3 + k) - work.positions.at(q * 3 + k)) ** 2;
		}
		return sum;
	};
	if (gap(a, c) < gap(b, d)) {
		indices.push3(a, b, c);
		indices.push3(a, c, d);
	} else {
		indices.push3(a, b, d);
		indices.push3(b, c, d);
	}
}

function connect(work: Work): Growing {
	const indices = new Growing(1 << 20);
	const { counts } = work;
	for (const [key, block] of work.blocks) {
		const bi = key % counts[0];
		const bj = Math.floor(key / counts[0]) % counts[1];
		const bk = Math.floor(key / (counts[0] * counts[1]));
		for (let cell = 0; cell < CELLS; cell++) {
			const flags = block.flags[cell] ?? 0;
			if (flags < CUT[0]) continue;
			const at: Point = [
				bi * SIDE + (cell % SIDE),
				bj * SIDE + (Math.floor(cell / SIDE) % SIDE),
				bk * SIDE + Math.floor(cell / (SIDE * SIDE)),
			];
			for (const [axis, cut] of CUT.entries()) {
				if (flags & cut) emitQuad(work, indices, at, axis, (flags & INSIDE) !== 0);
			}
		}
	}
	return indices;
}

/**
 * Turns a solid into a painted triangle surface by surface nets (Gibson 1998) on a grid that is only
 * evaluated near the surface; vertices are then slid onto the field and normals taken from it.
 * Closed wherever the distances keep their promise (`Solid`). Cost grows with the surface, not the box.
 */
export function polygonise(options: PolygoniseOptions): Skin {
	const blockM = SIDE * options.cellM;
	const counts = [0, 1, 2].map((c) =>
		Math.ceil(((options.max[c] ?? 0) - (options.min[c] ?? 0)) / blockM),
	) as unknown as Point;
	const work: Work = {
		options,
		counts,
		blocks: new Map(),
		positions: new Growing(1 << 18),
		normals: new Growing(1 << 18),
		colors: new Growing(1 << 18),
		materials: new Growing(1 << 16),
		values: new Float64Array(NODES ** 3),
		color: new Float64Array(3),
		spot: { x: 0, y: 0, z: 0, nx: 0, ny: 0, nz: 0, stuff: 0, open: 1, edge: 0, swell: 0 },
	};
	search(work, options.solid, [0, 0, 0], counts);
	return {
		positions: Float32Array.from(work.positions.view()),
		normals: Float32Array.from(work.normals.view()),
		colors: Uint8Array.from(work.colors.view()),
		materials: Uint8Array.from(work.materials.view()),
		indices: Uint32Array.from(connect(work).view()),
	};
}
