import { COLOUR_MAX, toSrgb } from '../colour.ts';
import type { Mesh } from '../mesh/mesh.ts';

/** A painted part: its mesh has colours; `factor` is the linear colour they are multiplied by. */
export interface PaintedPart {
	mesh: Mesh;
	factor: readonly number[];
}

/** Painted vertices as one picture. */
export interface ColourAtlas {
	/** sRGB, three bytes a pixel, square. */
	pixels: Uint8Array;
	sizePx: number;
	/** Of each part, texture coordinates of every corner, 2 × 3 a triangle, origin at the bottom left. */
	uvs: Float32Array[];
}

/** Linear 16-bit to sRGB byte: a table, because every pixel asks. */
const BYTE_OF_LINEAR = Uint8Array.from({ length: COLOUR_MAX + 1 }, (_, level) =>
	Math.round(toSrgb(level / COLOUR_MAX) * 255),
);

/** Two triangles share a cell of this side, which is one block of a JPEG: none disturbs another. */
const CELL_PX = 8;
/** Where the corners of both lie in a cell, in pixels: their legs are three pixels, margins are kept. */
const LEG = 3;
const NEAR = 1;
const FAR = CELL_PX - 2;

/**
 * Lays every triangle out in a picture that carries its colours, because Quick Look shows textures but
 * not colours of vertices. A triangle's colours change linearly, which bilinear filtering gives back
 * exactly from very few pixels; two that share an edge share a cell, so that their colours run on.
 * 100,000 triangles take 1,792 pixels a side. Rejected: unwrapping (20 CPU-s for 50,000 triangles).
 */
export function packColours(parts: PaintedPart[]): ColourAtlas {
	const cells = parts.map(({ mesh }) => pairTriangles(mesh.indices));
	const count = cells.reduce((sum, own) => sum + own.length / 2, 0);
	const columns = Math.max(Math.ceil(Math.sqrt(count)), 1);
	const sizePx = columns * CELL_PX;
	const atlas: ColourAtlas = { pixels: new Uint8Array(sizePx * sizePx * 3), sizePx, uvs: [] };
	let cell = 0;
	for (const [p, part] of parts.entries()) {
		const own = cells[p] ?? new Int32Array(0);
		const uvs = new Float32Array(part.mesh.indices.length * 2);
		for (let i = 0; i < own.length; i += 2, cell += 1) {
			const x = (cell % columns) * CELL_PX;
			const y = Math.floor(cell / columns) * CELL_PX;
			placeCell(atlas, part, { first: own[i] ?? 0, second: own[i + 1] ?? -1, x, y }, uvs);
		}
		atlas.uvs.push(uvs);
	}
	return atlas;
}

/** Where a cell lies, and the first corner (in the list of indices) of both triangles; -1: none. */
interface Cell {
	first: number;
	second: number;
	x: number;
	y: number;
}

/**
 * Pairs of corners that begin two triangles with a common edge: the second triangle's corner is the
 * one opposite that edge, and so is the first's; -1 where a triangle found no partner.
 */
function pairTriangles(indices: Uint32Array): Int32Array {
	const open = new Map<number, number>();
	const partner = new Int32Array(indices.length / 3).fill(-1);
	const apex = new Int32Array(indices.length / 3);
	for (let corner = 0; corner < indices.length; corner += 1) {
		const t = Math.floor(corner / 3);
		const [from, to] = [indices[next(corner)] ?? 0, indices[next(next(corner))] ?? 0];
		const other = open.get(edgeKey(to, from));
		const isFree = other !== undefined && partner[Math.floor(other / 3)] === -1;
		if (other !== undefined && isFree && partner[t] === -1) {
			const u = Math.floor(other / 3);
			partner[t] = u;
			partner[u] = t;
			apex[t] = corner;
			apex[u] = other;
		}
		open.set(edgeKey(from, to), corner);
	}
	const pairs: number[] = [];
	for (const [t, other] of partner.entries()) {
		if (other === -1) pairs.push(t * 3, -1);
		else if (t < other) pairs.push(apex[t] ?? 0, apex[other] ?? 0);
	}
	return Int32Array.from(pairs);
}

function edgeKey(from: number, to: number): number {
	return from * 2 ** 26 + to;
}

/** The next corner of the same triangle. */
function next(corner: number): number {
	return corner % 3 === 2 ? corner - 2 : corner + 1;
}

/** Paints one cell and notes where the corners of its triangles lie. */
function placeCell(atlas: ColourAtlas, part: PaintedPart, cell: Cell, uvs: Float32Array): void {
	const { first, second, x, y } = cell;
	const near = [first, next(first), next(next(first))];
	const far = second === -1 ? near : [second, next(second), next(next(second))];
	const nearColours = coloursOf(part, near);
	const farColours = coloursOf(part, far);
	place(atlas, uvs, near, x + NEAR, y + NEAR, LEG);
	if (second !== -1) place(atlas, uvs, far, x + FAR, y + FAR, -LEG);
	for (let py = 0; py < CELL_PX; py += 1) {
		for (let px = 0; px < CELL_PX; px += 1) {
			const isNear = second === -1 || px + py < CELL_PX - 1;
			const a = isNear ? (px - NEAR) / LEG : (FAR - px) / LEG;
			const b = isNear ? (py - NEAR) / LEG : (FAR - py) / LEG;
			const at = ((y + py) * atlas.sizePx + x + px) * 3;
			blend(isNear ? nearColours : farColours, a, b, atlas.pixels, at);
		}
	}
}

/** The three corners from one corner of a cell along its sides; `leg` may point back. */
function place(
	{ sizePx }: ColourAtlas,
	uvs: Float32Array,
	corners: number[],
	x: number,
	y: number,
	leg: number,
): void {
	const [apex = 0, along = 0, down = 0] = corners;
	const put = (corner: number, px: number, py: number) => {
		uvs[corner * 2] = (px + 0.5) / sizePx;
		uvs[corner * 2 + 1] = 1 - (py + 0.5) / sizePx;
	};
	put(apex, x, y);
	put(along, x + leg, y);
	put(down, x, y + leg);
}

/** Linear colours of three corners, nine numbers. */
function coloursOf({ mesh, factor }: PaintedPart, corners: number[]): Float64Array {
	const colours = new Float64Array(9);
	for (const [i, corner] of corners.entries()) {
		const at = (mesh.indices[corner] ?? 0) * 4;
		for (let k = 0; k < 3; k += 1) {
			const value = mesh.colours?.[at + k] ?? COLOUR_MAX;
			colours[i * 3 + k] = value * (factor[k] ?? 1);
		}
	}
	return colours;
}

/** Carries the colours of three corners on beyond them, too: margins are what filters mix in. */
function blend(colours: Float64Array, a: number, b: number, pixels: Uint8Array, at: number): void {
	for (let k = 0; k < 3; k += 1) {
		const apex = colours[k] ?? 0;
		const value = apex + ((colours[3 + k] ?? 0) - apex) * a + ((colours[6 + k] ?? 0) - apex) * b;
		const level = Math.round(Math.min(Math.max(value, 0), COLOUR_MAX));
		pixels[at + k] = BYTE_OF_LINEAR[level] ?? 0;
	}
}
