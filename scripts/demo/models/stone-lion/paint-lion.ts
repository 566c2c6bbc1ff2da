import { coat, dim, rgb } from '../../sdf/coat.ts';
import { cells, fbm, ramp } from '../../sdf/noise.ts';
import type { Spot } from '../../sdf/spot.ts';
import { LION } from './stuff.ts';

const WEATHERED = 0;
const RUBBED = 1;
const LICHEN = 2;

/** Where hands have polished the stone for generations: crown, nose, brows, paw, ball. */
function rubbed({ x, y, z, edge, swell }: Spot): number {
	const near = (px: number, py: number, pz: number, radiusM: number) =>
		ramp(radiusM, radiusM * 0.35, Math.hypot(x - px, y - py, z - pz));
	const touch = Math.max(
		near(0, 0.4, 0.145, 0.045),
		near(0.02, 0.47, 0.07, 0.075),
		near(0.06, 0.18, 0.15, 0.055),
		near(-0.06, 0.13, 0.125, 0.04),
	);
	return (
		touch * (0.55 + 0.5 * swell + 0.35 * edge) + 0.1 * touch * fbm(x * 60, y * 60, z * 60, 2, 2)
	);
}

/** Colours one spot of limestone and says which surface it is. */
export function paintLion(spot: Spot, color: Float64Array): number {
	const { x, y, z } = spot;
	coat(color, rgb(0xa39883), 1);
	// Bedding: faint bands across the block, iron stains along them, white calcite threads.
	const bed = y * 34 + 0.35 * x * 34 + 0.9 * fbm(x * 9, y * 9, z * 9, 3, 4);
	coat(color, rgb(0x94897a), 0.55 * ramp(0.1, 0.9, Math.sin(bed * 2.1)));
	coat(color, rgb(0xa9855a), 0.4 * ramp(0.15, 0.6, fbm(x * 11, y * 26, z * 11, 4, 9)));
	const thread = Math.abs(fbm(x * 8 + 3, y * 8, z * 8, 3, 14));
	coat(color, rgb(0xd9d3c6), 0.6 * ramp(0.018, 0.004, thread));
	coat(color, rgb(0xcdc6b8), 0.35 * ramp(0.25, 0.1, cells(x * 140, y * 140, z * 140, 3).first));
	// Rain washes what faces up, soot stays under ledges, mud splashes the foot.
	coat(color, rgb(0xc2b9a6), 0.35 * ramp(0.3, 0.95, spot.ny));
	const sheltered = 0.5 * ramp(0.1, -0.7, spot.ny) + 0.85 * ramp(0.8, 0.25, spot.open);
	coat(color, rgb(0x35302a), 0.85 * sheltered * (0.75 + 0.4 * fbm(x * 25, y * 8, z * 25, 3, 6)));
	const streak = fbm(x * 75, y * 5, z * 75, 3, 16);
	coat(color, rgb(0x4a443b), 0.4 * ramp(0.15, 0.6, streak) * ramp(0.5, -0.1, spot.ny));
	coat(color, rgb(0x6b5a44), 0.5 * ramp(0.06, 0.0, y + 0.02 * fbm(x * 30, 0, z * 30, 2, 8)));
	coat(color, rgb(0xcfc7b6), 0.45 * ramp(0.15, 0.6, spot.edge));
	dim(color, 1 + 0.2 * spot.edge + 0.1 * spot.swell);
	const polish = rubbed(spot);
	if (polish > 0.3) {
		coat(color, rgb(0x8d7a60), 0.45 * ramp(0.3, 0.7, polish));
		return RUBBED;
	}
	const colony = fbm(x * 30, y * 30, z * 30, 4, 71) + 0.25 * spot.ny - 0.3 * (spot.z > 0.1 ? 1 : 0);
	if (colony > 0.44 && spot.stuff !== LION.trim) {
		const isOrange = fbm(x * 7, y * 7, z * 7, 2, 75) > 0.05;
		coat(color, isOrange ? rgb(0xb58a3a) : rgb(0x7d8562), 0.8 * ramp(0.44, 0.5, colony));
		return LICHEN;
	}
	return WEATHERED;
}
