import type { Bounds } from '#schema/geometry';
import { NearestPoints } from './nearest-points.ts';

/** The first reach, in mean spacings; doubled while it holds too few points to tell. */
const REACH = 2.2;
const DOUBLINGS = 2;
const LEAST_NEIGHBOURS = 9;

/**
 * How far apart points lie around each point (N×3, metres): a laser scanner measures the near wall
 * more densely than the far one. From the number of points of a surface within a reach, which grows
 * to four times its size where few are found; so no answer is above about 5 mean spacings. About 2 s
 * for a million points.
 */
export function localSpacing(
	positions: Float32Array,
	bounds: Bounds,
	spacingM: number,
): Float32Array {
	const near = new NearestPoints(positions, bounds, spacingM * REACH);
	const spacings = new Float32Array(positions.length / 3);
	for (let i = 0; i < spacings.length; i += 1) {
		const [x = 0, y = 0, z = 0] = [positions[i * 3], positions[i * 3 + 1], positions[i * 3 + 2]];
		let reachM = spacingM * REACH;
		let found = countWithin(near, x, y, z, reachM);
		for (let k = 0; k < DOUBLINGS && found < LEAST_NEIGHBOURS; k += 1) {
			reachM *= 2;
			found = countWithin(near, x, y, z, reachM);
		}
		spacings[i] = reachM * Math.sqrt(Math.PI / Math.max(found, LEAST_NEIGHBOURS / 2));
	}
	return spacings;
}

function countWithin(near: NearestPoints, x: number, y: number, z: number, reachM: number): number {
	const square = reachM * reachM;
	let found = 0;
	near.within(x, y, z, reachM, (_, distance2) => {
		if (distance2 <= square) found += 1;
	});
	return found;
}
