import { coat, dim, rgb } from '../../sdf/coat.ts';
import { cells, fbm, ramp } from '../../sdf/noise.ts';
import type { Spot } from '../../sdf/spot.ts';
import { LAMP } from './lamp.ts';

const GLAZE = 0;
const CLAY = 1;
const IRON = 2;
const RUST = 3;
const SOOT = 4;
const WICK = 5;

/** How black the flame has made a place: all around the spout, thinning upwards and back. */
function soot({ x, y, z }: Spot): number {
	const away = Math.hypot((x + 0.064) * 1.1, (y - 0.075) * (y > 0.075 ? 0.5 : 1), z * 1.1);
	return ramp(0.05, 0.006, away + 0.013 * fbm(x * 90, y * 60, z * 90, 3, 71));
}

function paintIron(spot: Spot, color: Float64Array): number {
	const { x, y, z } = spot;
	const rusty = fbm(x * 60, y * 45, z * 60, 4, 11) + 0.55 * (1 - spot.open) - 0.7 * spot.edge;
	if (rusty > 0.02) {
		coat(color, rgb(0x3a2017), 1);
		coat(color, rgb(0x6f3f22), ramp(0.1, 0.7, fbm(x * 300, y * 300, z * 300, 3, 13) + 0.25));
		coat(color, rgb(0x1d120d), 0.8 * ramp(0.7, 0.3, spot.open));
		return RUST;
	}
	coat(color, rgb(0x4c4743), 1);
	coat(color, rgb(0x2b2725), ramp(-0.1, 0.5, fbm(x * 60, y * 60, z * 60, 3, 15)));
	coat(color, rgb(0xa39c93), 0.8 * ramp(0.1, 0.5, spot.edge));
	return IRON;
}

function paintWick({ x, y, z }: Spot, color: Float64Array): number {
	coat(color, rgb(0xb9a27c), 1);
	coat(color, rgb(0x6d5233), ramp(-0.2, 0.5, fbm(x * 400, y * 400, z * 400, 2, 4)));
	coat(
		color,
		rgb(0x0b0908),
		ramp(0.0745, 0.0775, y + 0.0015 * fbm(x * 300, y * 300, z * 300, 2, 9)),
	);
	coat(color, rgb(0x8d867d), 0.7 * ramp(0.0825, 0.0842, y));
	return WICK;
}

/** Iron-brown glaze poured over the upper two thirds, its hem uneven and thick. */
function hem(spot: Spot): number {
	const angle = Math.atan2(spot.z, spot.x);
	const waves = 0.0035 * Math.sin(angle * 3 + 0.7) + 0.0018 * Math.sin(angle * 7 + 2);
	return spot.y - (0.0155 + waves + 0.0015 * fbm(spot.x * 120, 0, spot.z * 120, 2, 27));
}

function paintClay(spot: Spot, color: Float64Array): number {
	const { x, y, z } = spot;
	coat(color, rgb(0x9c6b4a), 1);
	coat(color, rgb(0x6d432c), ramp(-0.2, 0.6, fbm(x * 55, y * 90, z * 55, 4, 2)));
	coat(color, rgb(0xc8a27d), 0.5 * ramp(0.2, 0.12, cells(x * 420, y * 420, z * 420, 6).first));
	coat(
		color,
		rgb(0x251a14),
		0.75 * ramp(0.8, 0.3, spot.open) + 0.5 * ramp(0.1, 0.6, fbm(x * 28, y * 28, z * 28, 3, 44)),
	);
	dim(color, 1 + 0.35 * spot.edge);
	return CLAY;
}

function paintGlaze(spot: Spot, color: Float64Array, above: number): number {
	const { x, y, z } = spot;
	coat(color, rgb(0x341a0d), 1);
	coat(color, rgb(0x150906), 0.85 * ramp(-0.1, 0.6, fbm(x * 45, y * 25, z * 45, 4, 1)));
	// Rust-red where it ran thin over rings and rims, tea-dust specks, a black roll along the hem.
	coat(
		color,
		rgb(0x7a3f1b),
		0.85 * ramp(0.05, 0.4, spot.edge) + 0.2 * ramp(0.03, 0.16, spot.swell),
	);
	const dust = cells(x * 520, y * 520, z * 520, 63).first;
	coat(color, rgb(0x7d6a2b), 0.55 * ramp(0.26, 0.14, dust));
	coat(color, rgb(0x0f0705), 0.85 * ramp(0.0032, 0.0006, above));
	// Coal dust has settled on what faces up and packed into every groove.
	const lies = 0.45 * ramp(0.35, 0.95, spot.ny + 0.35 * fbm(x * 70, y * 70, z * 70, 3, 37));
	coat(color, rgb(0x17140f), lies + 0.7 * ramp(0.75, 0.35, spot.open));
	return lies > 0.3 ? SOOT : GLAZE;
}

/** Colours one spot and says which material it is. */
export function paintLamp(spot: Spot, color: Float64Array): number {
	if (spot.stuff === LAMP.wick) return paintWick(spot, color);
	const black = soot(spot);
	const above = hem(spot);
	const { x, y, z } = spot;
	const chip = fbm(x * 110, y * 110, z * 110, 4, 91) + 0.32 * Math.max(0, spot.edge);
	const isInside = Math.hypot(x, z) < 0.0128 && y < 0.07;
	let material = CLAY;
	if (spot.stuff === LAMP.iron) material = paintIron(spot, color);
	else if (above > 0 && chip < 0.56 && !isInside) material = paintGlaze(spot, color, above);
	else paintClay(spot, color);
	coat(color, rgb(0x080706), 0.97 * black);
	return black > 0.55 ? SOOT : material;
}
