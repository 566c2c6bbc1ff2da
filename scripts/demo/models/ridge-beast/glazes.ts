import { coat, rgb } from '../../sdf/coat.ts';
import {
	AUBERGINE,
	type Glaze,
	GREEN,
	glazeLoss,
	isWeathered,
	layClay,
	layGlaze,
	PALE_YELLOW,
	RED,
	TEAL,
	WHITE,
	YELLOW,
} from '../../sdf/glaze.ts';
import { fbm, ramp } from '../../sdf/noise.ts';
import type { Spot } from '../../sdf/spot.ts';
import { STUFF } from './stuff.ts';

const GLAZES: Readonly<Record<number, Glaze>> = {
	[STUFF.ridge]: GREEN,
	[STUFF.scales]: YELLOW,
	[STUFF.head]: YELLOW,
	[STUFF.mane]: GREEN,
	[STUFF.tooth]: WHITE,
	[STUFF.eye]: WHITE,
	[STUFF.pupil]: AUBERGINE,
	[STUFF.fin]: GREEN,
	[STUFF.smallDragon]: GREEN,
	[STUFF.sword]: GREEN,
	[STUFF.horn]: AUBERGINE,
	[STUFF.mouth]: RED,
	[STUFF.claw]: WHITE,
	[STUFF.wall]: TEAL,
	[STUFF.lip]: PALE_YELLOW,
};

/** Numbers of the materials in `glazed-ridge-beast.ts`. */
const GLOSSY = 0;
const WEATHERED = 1;
const BARE = 2;
const SIZE_M = 0.9;

/** Colours one spot and says which material it is. */
export function paintBeast(spot: Spot, color: Float64Array): number {
	const glaze = GLAZES[spot.stuff];
	const bare = glaze ? glazeLoss(spot, SIZE_M) : 1;
	if (!glaze || bare > 0.5) {
		layClay(spot, color, SIZE_M);
		return BARE;
	}
	layGlaze(spot, color, glaze, SIZE_M);
	if (spot.stuff === STUFF.eye) coat(color, rgb(0x9c5a18), ramp(0.5, 0.1, spot.open));
	// Copper green ran down over the yellow while the kiln was hot.
	const run = fbm(spot.x * 34, spot.y * 4.5, spot.z * 34, 3, 61) + 0.12 * (spot.y - 0.4);
	if (glaze === YELLOW || glaze === PALE_YELLOW) {
		coat(color, rgb(0x4f6b22), 0.5 * ramp(0.3, 0.52, run));
	}
	coat(color, glaze.pool, bare);
	return isWeathered(spot, SIZE_M) ? WEATHERED : GLOSSY;
}
