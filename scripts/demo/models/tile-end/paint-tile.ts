import { coat, rgb } from '../../sdf/coat.ts';
import { glazeLoss, isWeathered, layClay, layGlaze, YELLOW } from '../../sdf/glaze.ts';
import { cells, fbm, ramp } from '../../sdf/noise.ts';
import type { Spot } from '../../sdf/spot.ts';
import { TILE } from './tile.ts';

const SIZE_M = 0.22;
const GLOSSY = 0;
const WEATHERED = 1;
const BARE = 2;

/** Whether the glaze was brushed on here: the face, its rim and the upper outside of the pipe. */
function isGlazed({ x, y, z, stuff }: Spot): boolean {
	const radius = Math.sqrt(x * x + y * y);
	const wander = 0.006 * fbm(x * 40, y * 40, z * 40, 3, 19);
	if (stuff === TILE.glaze && z > -0.004 + wander) return true;
	return radius > 0.0675 && z > -0.127 + wander * 2 && y > 0.002 + wander;
}

/** Yellow glaze with a web of crackle over pale clay; grey grime in every line. */
export function paintTile(spot: Spot, color: Float64Array): number {
	const { x, y, z } = spot;
	const bare = glazeLoss(spot, SIZE_M);
	const bite = Math.hypot(x - 0.052, y + 0.053, z - 0.01) < 0.0105;
	if (!isGlazed(spot) || bare > 0.5 || bite) {
		layClay(spot, color, SIZE_M);
		const soot = fbm(x * 18, y * 18, z * 18, 3, 88) + 0.35 * ramp(-0.05, -0.13, z);
		coat(color, rgb(0x3b3029), 0.55 * ramp(0.25, 0.7, soot));
		return BARE;
	}
	layGlaze(spot, color, YELLOW, SIZE_M);
	const web = cells(x * 210, y * 210, z * 210, 17);
	const fine = cells(x * 480, y * 480, z * 480, 23);
	coat(
		color,
		rgb(0x5a2c08),
		0.6 *
			ramp(0.06, 0.0, web.second - web.first) *
			ramp(-0.3, 0.2, fbm(x * 30, y * 30, z * 30, 2, 5)),
	);
	coat(color, rgb(0x7a420c), 0.22 * ramp(0.08, 0.0, fine.second - fine.first));
	coat(color, YELLOW.pool, bare);
	return isWeathered(spot, SIZE_M) ? WEATHERED : GLOSSY;
}
