import type { Bounds } from '#schema/value/geometry';
import { NearestPoints } from './nearest-points.ts';
import type { ThinPoints } from './thin-points.ts';

const ERROR_SAMPLES = 6_000;
/** A plane that lies at random meets this many cells of a grid for each cell's face of its area. */
const CELLS_PER_FACE = 1.5;

/** How finely a surface was scanned. */
export interface PointDensity {
	/** How far apart the points lie, in metres, as if they stood on a square grid: 1/√perM2. */
	spacingM: number;
	/** Points a square metre of the surface that they cover. */
	perM2: number;
}

/**
 * How far a thinner cloud lies from the scan: the largest distance from 6,000 of the scan's points,
 * evenly along the file, to the nearest point that stayed. Metres.
 */
export function thinningErrorM(
	positions: Float32Array,
	kept: Float32Array,
	bounds: Bounds,
	cellM: number,
): number {
	if (kept.length === positions.length) return 0;
	const near = new NearestPoints(kept, bounds, cellM);
	const count = positions.length / 3;
	const step = Math.max(count / ERROR_SAMPLES, 1);
	let most = 0;
	for (let s = 0; s < count; s += step) {
		const at = Math.floor(s) * 3;
		const distance = near.distance(
			positions[at] ?? 0,
			positions[at + 1] ?? 0,
			positions[at + 2] ?? 0,
		);
		if (distance > most) most = distance;
	}
	return most;
}

/** How many points shall share a cell when the covered area is measured. */
const POINTS_PER_CELL = 16;

/** How coarse a grid has to be for `measureDensity`: at most this many cells with points. */
export function densityCells(points: number, most: number): number {
	return Math.min(Math.max(Math.floor(points / POINTS_PER_CELL), 16), most);
}

/** Measures the density of `points` points from the cells that hold them (see `densityCells`). */
export function measureDensity(points: number, { cells, cellM }: ThinPoints): PointDensity {
	const areaM2 = Math.max((cells * cellM ** 2) / CELLS_PER_FACE, Number.MIN_VALUE);
	const perM2 = points / areaM2;
	return { spacingM: 1 / Math.sqrt(perM2), perM2 };
}
