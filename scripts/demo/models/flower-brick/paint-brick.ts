import { coat, rgb } from '../../sdf/coat.ts';
import {
	type Glaze,
	GREEN,
	glazeLoss,
	isWeathered,
	layClay,
	layGlaze,
	PALE_YELLOW,
	YELLOW,
} from '../../sdf/glaze.ts';
import { cells, fbm, ramp } from '../../sdf/noise.ts';
import type { Spot } from '../../sdf/spot.ts';
import { BRICK } from './stuff.ts';

const PEACOCK: Glaze = { body: rgb(0x1a6f80), pool: rgb(0x072a3a), thin: rgb(0x6fb3b0) };
const CREAM: Glaze = { body: rgb(0xe3cf9d), pool: rgb(0xa9722a), thin: rgb(0xf3e8c8) };

const GLAZES: Readonly<Record<number, Glaze>> = {
	[BRICK.frame]: YELLOW,
	[BRICK.ground]: PEACOCK,
	[BRICK.bead]: PALE_YELLOW,
	[BRICK.leaf]: GREEN,
	[BRICK.stem]: GREEN,
	[BRICK.petal]: CREAM,
	[BRICK.heart]: YELLOW,
};

const SIZE_M = 0.5;
const GLOSSY = 0;
const WEATHERED = 1;
const BARE = 2;

/** Colours one spot and says which material it is. */
export function paintBrick(spot: Spot, color: Float64Array): number {
	const { x, y, z } = spot;
	const glaze = GLAZES[spot.stuff];
	const bare = glazeLoss(spot, SIZE_M);
	const corner =
		Math.hypot(x - 0.182, y - 0.178, z - 0.03) + 0.008 * fbm(x * 45, y * 45, z * 45, 3, 3);
	const hem = z - 0.004 * fbm(x * 30, y * 30, z * 30, 3, 8);
	if (!glaze || bare > 0.5 || corner < 0.026 || hem < 0.001) {
		layClay(spot, color, SIZE_M);
		const mortar = fbm(x * 16, y * 16, z * 16, 4, 15) + 0.5 * ramp(0, -0.05, z);
		coat(color, rgb(0xcfc6b4), 0.7 * ramp(0.35, 0.6, mortar) * ramp(0.004, -0.01, z));
		return BARE;
	}
	layGlaze(spot, color, glaze, SIZE_M);
	if (spot.stuff === BRICK.petal) {
		// Iron-red blush at the foot of each petal, honey yellow towards the heart.
		const bloom = Math.min(
			Math.hypot(x, y) / 0.085,
			Math.hypot(Math.abs(x) - 0.093, Math.abs(y) - 0.0915) / 0.05,
		);
		coat(color, rgb(0xc4702a), 0.4 * ramp(0.7, 0.1, bloom));
		coat(color, rgb(0xa8552a), 0.25 * ramp(0.8, 0.4, spot.open));
	}
	if (spot.stuff === BRICK.leaf)
		coat(color, rgb(0x6d7f2c), 0.45 * ramp(-0.1, 0.5, fbm(x * 22, y * 22, z * 22, 2, 33)));
	const web = cells(x * 130, y * 130, z * 130, 17);
	coat(color, glaze.pool, 0.4 * ramp(0.06, 0.0, web.second - web.first));
	coat(color, glaze.pool, bare);
	return isWeathered(spot, SIZE_M) ? WEATHERED : GLOSSY;
}
