import type { Bounds } from '#schema/value/geometry';
import { NearestPoints } from './nearest-points.ts';

/** The first reach, in mean spacings; doubled while it holds too few points to tell. */
const REACH = 2.2;
const DOUBLINGS = 2;
const LEAST_NEIGHBOURS = 9;

/** A point alone has this many times the spacing that a quarter of the points nearest to it keep below. */
const ALONE = 1.7;
/** Whom a point is compared with, and how many a surface has within reach even at its corner. */
const COMPANY = 8;
const LEAST_COMPANY = 4;

/**
 * How far apart points lie around each point (N×3, metres): a laser scanner measures the near wall
 * more densely than the far one. From the number of points of a surface within a reach, which grows
 * to four times its size where few are found; so no answer is above about 5 mean spacings. 0 for points
 * that stand alone: with far fewer neighbours than their neighbours have, as scanners leave them in the
 * air behind edges. About 2 s for a million points.
 * Source: the local outlier factor of Breunig 2000, with counts in place of distances.
 */
export function localSpacing(
	positions: Float32Array,
	bounds: Bounds,
	spacingM: number,
): Float32Array {
	const near = new NearestPoints(positions, bounds, spacingM * REACH);
	const spacings = new Float32Array(positions.length / 3);
	const lonely: number[] = [];
	for (let i = 0; i < spacings.length; i += 1) {
		const [x = 0, y = 0, z = 0] = [positions[i * 3], positions[i * 3 + 1], positions[i * 3 + 2]];
		let reachM = spacingM * REACH;
		let found = near.collect(x, y, z, reachM);
		if (found < LEAST_NEIGHBOURS) lonely.push(i);
		for (let k = 0; k < DOUBLINGS && found < LEAST_NEIGHBOURS; k += 1) {
			reachM *= 2;
			found = near.collect(x, y, z, reachM);
		}
		spacings[i] = reachM * Math.sqrt(Math.PI / Math.max(found, LEAST_NEIGHBOURS / 2));
	}
	const alone = lonely.filter((i) => standsAlone(near, positions, spacings, i));
	for (const i of alone) spacings[i] = 0;
	return spacings;
}

/** Whether a point has hardly any neighbours, far fewer than they have, or none as near as they are. */
function standsAlone(
	near: NearestPoints,
	positions: Float32Array,
	spacings: Float32Array,
	point: number,
): boolean {
	const own = spacings[point] ?? 0;
	const [x = 0, y = 0, z = 0] = positions.subarray(point * 3, point * 3 + 3);
	const count = near.collect(x, y, z, own * REACH);
	const company = Array.from({ length: count }, (_, k) => ({
		square: near.squares[k] ?? 0,
		spacing: spacings[near.found[k] ?? 0] ?? 0,
		isSelf: near.found[k] === point,
	})).filter(({ isSelf }) => !isSelf);
	if (company.length < LEAST_COMPANY) return true;
	company.sort((a, b) => a.square - b.square);
	const third = Math.sqrt(company[2]?.square ?? 0);
	const nearest = company.slice(0, COMPANY).map(({ spacing }) => spacing);
	nearest.sort((a, b) => a - b);
	const usual = nearest[nearest.length >> 2] ?? 0;
	return Math.max(own, third) > ALONE * usual;
}
