import type { Vec3 } from './mesh.ts';

/** Half the length and half the depth of the roof along its eaves, before the corners reach out. */
export const EAVES = { halfX: 0.385, halfZ: 0.235 };
/** Height of the eave in the middle of a side; everything in metres of the model. */
export const EAVE_Y = 0.305;
/** How far inward the side slopes run before the gable stands up. */
export const GABLE_D = 0.112;

export type Slope = 'front' | 'back' | 'left' | 'right';

const CORNER_SPAN = 0.15;

/** Height over the eave at `d` metres inward: the sagging line of a raised roof (举架). */
export function rise(d: number): number {
	return 0.4 * d + 1.35 * d * d;
}

/** Half the length of the eave of a slope. */
export function halfEave(slope: Slope): number {
	return slope === 'front' || slope === 'back' ? EAVES.halfX : EAVES.halfZ;
}

/**
 * A point of the roof's upper surface: `t` along the eave from its middle (to the right of who faces
 * the slope), `d` inward, `lift` above the tiles. Corners rise and reach out (翼角).
 */
export function roofPoint(slope: Slope, t: number, d: number, lift = 0): Vec3 {
	const half = halfEave(slope);
	const u = Math.max(0, (Math.abs(t) - (half - CORNER_SPAN)) / CORNER_SPAN);
	const fade = Math.max(0, 1 - d / CORNER_SPAN) ** 1.5;
	const up = 0.036 * u * u * u * fade;
	const out = 0.02 * u * u * fade;
	const toHip = Math.min(1, u / Math.max(1e-6, 1 - d / CORNER_SPAN));
	const along = t + Math.sign(t) * out * toHip * toHip;
	const y = EAVE_Y + rise(d) + up + lift;
	const from = (slope === 'front' || slope === 'back' ? EAVES.halfZ : EAVES.halfX) - d + out;
	switch (slope) {
		case 'front':
			return [along, y, from];
		case 'back':
			return [-along, y, -from];
		case 'right':
			return [from, y, -along];
		case 'left':
			return [-from, y, along];
	}
}

/** How far inward the slope reaches at `t`: to the hip, the gable, or the ridge. */
export function reachAt(slope: Slope, t: number): number {
	const toHip = halfEave(slope) - Math.abs(t);
	if (slope === 'left' || slope === 'right') return Math.min(toHip, GABLE_D);
	return toHip < GABLE_D ? toHip : EAVES.halfZ;
}
