import { coat, dim, type Rgb, rgb } from './coat.ts';
import { cells, fbm, ramp } from './noise.ts';
import type { Spot } from './spot.ts';

/** A glaze: as it lies, where it pooled, where it ran thin over an edge. */
export interface Glaze {
	readonly body: Rgb;
	readonly pool: Rgb;
	readonly thin: Rgb;
}

/** The lead glazes of the kilns west of Beijing, as weather leaves them. */
export const YELLOW: Glaze = { body: rgb(0xcb8519), pool: rgb(0x6e3508), thin: rgb(0xe6b557) };
export const PALE_YELLOW: Glaze = { body: rgb(0xdda637), pool: rgb(0x8f4f10), thin: rgb(0xf0d083) };
export const GREEN: Glaze = { body: rgb(0x125437), pool: rgb(0x04211a), thin: rgb(0x5c9a62) };
export const TEAL: Glaze = { body: rgb(0x14574f), pool: rgb(0x04221f), thin: rgb(0x559487) };
export const WHITE: Glaze = { body: rgb(0xe6dcc0), pool: rgb(0xa98a54), thin: rgb(0xf1e8d2) };
export const AUBERGINE: Glaze = { body: rgb(0x3a1d1b), pool: rgb(0x140807), thin: rgb(0x6f4534) };
export const RED: Glaze = { body: rgb(0x8e3a1e), pool: rgb(0x3d130a), thin: rgb(0xb8663a) };

const CLAY = rgb(0xc39a78);
const CLAY_DARK = rgb(0x8b6348);
const DIRT = rgb(0x2c241b);
const DUST = rgb(0x9d907c);

/** Fired clay without glaze; `sizeM` is the size of the object, which sets that of its blotches. */
export function layClay(spot: Spot, color: Float64Array, sizeM: number): void {
	const x = spot.x / sizeM;
	const y = spot.y / sizeM;
	const z = spot.z / sizeM;
	coat(color, CLAY, 1);
	coat(color, CLAY_DARK, 0.5 + 0.7 * fbm(x * 13, y * 13, z * 13, 4, 3));
	// Grog and lime specks, the smoke of the kiln, grime in hollows.
	const speck = cells(x * 140, y * 140, z * 140, 8).first;
	coat(color, speck % 0.02 > 0.01 ? rgb(0xe2cdb0) : rgb(0x5d4030), 0.6 * ramp(0.3, 0.16, speck));
	coat(color, rgb(0x6e5a4a), 0.5 * ramp(0.1, 0.6, fbm(x * 5, y * 5, z * 5, 3, 21)));
	coat(color, DIRT, 0.8 * ramp(0.75, 0.2, spot.open));
	dim(color, 1 + 0.3 * spot.edge);
}

/**
 * A glaze laid by hand: cloudy, streaked downwards, dark where it pooled, pale where it ran thin,
 * with grime in the crevices and dust on what faces up.
 */
export function layGlaze(spot: Spot, color: Float64Array, glaze: Glaze, sizeM: number): void {
	const x = spot.x / sizeM;
	const y = spot.y / sizeM;
	const z = spot.z / sizeM;
	coat(color, glaze.body, 1);
	const cloud = fbm(x * 10, y * 5, z * 10, 4, 1);
	coat(color, glaze.pool, 0.42 * ramp(0.0, 0.7, cloud));
	coat(color, glaze.thin, 0.3 * ramp(0.1, 0.7, -cloud));
	const streak = fbm(x * 54, y * 7, z * 54, 3, 2);
	coat(color, glaze.pool, 0.25 * ramp(0.1, 0.6, streak));
	coat(color, glaze.pool, 0.9 * ramp(0.02, -0.4, spot.edge) + 0.55 * ramp(0.78, 0.25, spot.open));
	coat(color, glaze.thin, 0.85 * ramp(0.1, 0.55, spot.edge) + 0.3 * ramp(0.05, 0.3, spot.swell));
	coat(color, DIRT, 0.75 * ramp(0.42, 0.1, spot.open));
	const lies = fbm(x * 8, y * 8, z * 8, 3, 41) + 0.3;
	coat(color, DUST, 0.22 * ramp(0.5, 1, spot.ny) * ramp(0.0, 0.5, lies));
}

/** How far the glaze has come off, 0 to 1 (above a half the clay shows): edges first. */
export function glazeLoss(spot: Spot, sizeM: number): number {
	const f = 20 / sizeM;
	const patches = fbm(spot.x * f, spot.y * f, spot.z * f, 4, 31);
	return ramp(0.5, 0.6, patches + 0.34 * Math.max(0, spot.edge) + 0.1 * spot.swell);
}

/** Whether weather has dulled the glaze here. */
export function isWeathered(spot: Spot, sizeM: number): boolean {
	const f = 6.5 / sizeM;
	const weather = fbm(spot.x * f, spot.y * f, spot.z * f, 3, 51);
	return weather + 0.25 * spot.ny - 0.5 * (1 - spot.open) > 0.28;
}
