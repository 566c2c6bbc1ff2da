import type { Bounds } from '#schema/value/geometry';
import type { Mesh } from '../mesh/mesh.ts';
import type { Vec3 } from './camera.ts';
import { farLight, seenFrom } from './far-light.ts';
import { rasterize } from './raster.ts';
import type { Light } from './studio.ts';

/** How far a far light reaches into a scene, drawn from the light. */
export interface LightMap {
	light: Light;
	right: Vec3;
	up: Vec3;
	sizePx: number;
	pxPerM: number;
	centre: Vec3;
	depth: Float32Array;
	/** Surfaces this near behind the first one count as lit, in metres. */
	biasM: number;
}

/** Draws the shadow map of one light over a whole mesh (metres). */
export function drawLightMap(
	{ positions, indices }: Pick<Mesh, 'positions' | 'indices'>,
	bounds: Bounds,
	light: Light,
): LightMap {
	const { direction, mapPx: sizePx } = light;
	const seen = farLight(bounds, direction, sizePx);
	const { right, up, centre, pxPerM } = seen;
	const screen = seenFrom(seen, positions);
	const { depth } = rasterize({ sizePx, screen, indices, isPerspective: false });
	return { light, right, up, sizePx, pxPerM, centre, depth, biasM: 2.5 / pxPerM };
}

/**
 * Shadow maps side by side in flat arrays, for looking one place up in all of them. Flat because this
 * is where pictures spend their time: twice as fast as maps that are objects.
 */
export class LightTable {
	/** Of each map: the rows that give column, row and distance, the bias, and the light's colour. */
	readonly rows: Float64Array;
	readonly #depths: Float32Array[];
	readonly #sizes: Int32Array;

	constructor(maps: LightMap[]) {
		this.rows = new Float64Array(maps.length * ROW);
		this.#depths = maps.map((map) => map.depth);
		this.#sizes = Int32Array.from(maps, (map) => map.sizePx);
		for (const [i, map] of maps.entries()) {
			const { right, up, centre, pxPerM, sizePx, light, biasM } = map;
			const { direction, colour } = light;
			const start = sizePx / 2 - 0.5;
			const across = right.map((v) => v * pxPerM);
			const upward = up.map((v) => v * pxPerM);
			const row = [
				...[...across, start - dot(across, centre)],
				...[...upward, start - dot(upward, centre)],
				...[...direction, dot(direction, centre) - biasM],
				...[biasM, ...colour],
			];
			this.rows.set(row, i * ROW);
		}
	}

	/** 1 where the light of a map reaches the point (metres), 0 in its shadow; soft over one pixel. */
	lit(map: number, x: number, y: number, z: number): number {
		const { rows } = this;
		const at = map * ROW;
		const size = this.#sizes[map] ?? 0;
		const u = place(rows, at, x, y, z);
		const v = place(rows, at + 4, x, y, z);
		const column = Math.floor(u);
		const row = Math.floor(v);
		if (!(column >= 0 && row >= 0 && column < size - 1 && row < size - 1)) return 1;
		const limit =
			(rows[at + 11] ?? 0) -
			(x * (rows[at + 8] ?? 0) + y * (rows[at + 9] ?? 0) + z * (rows[at + 10] ?? 0));
		const depth = this.#depths[map];
		if (depth === undefined) return 1;
		const first = row * size + column;
		const fu = u - column;
		const fv = v - row;
		const top = litPair(depth, first, limit, fu);
		const bottom = litPair(depth, first + size, limit, fu);
		return top * (1 - fv) + bottom * fv;
	}
}

/** Numbers a map in `LightTable.rows`: three rows of four, the bias, three of colour. */
export const ROW = 16;

/** The lit share of two neighbours in a row of a shadow map. */
function litPair(depth: Float32Array, first: number, limit: number, fu: number): number {
	const near = (depth[first] ?? 0) >= limit ? 1 - fu : 0;
	const far = (depth[first + 1] ?? 0) >= limit ? fu : 0;
	return near + far;
}

function place(rows: Float64Array, at: number, x: number, y: number, z: number): number {
	return (
		x * (rows[at] ?? 0) + y * (rows[at + 1] ?? 0) + z * (rows[at + 2] ?? 0) + (rows[at + 3] ?? 0)
	);
}

function dot(a: readonly number[], b: readonly number[]): number {
	return a.reduce((sum, v, k) => sum + v * (b[k] ?? 0), 0);
}
