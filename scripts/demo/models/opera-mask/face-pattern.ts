import { coat, type Rgb, rgb } from '../../sdf/coat.ts';
import { fbm, ramp } from '../../sdf/noise.ts';
import type { Spot } from '../../sdf/spot.ts';

const RED = rgb(0xa5231a);
const DEEP_RED = rgb(0x6f120f);
const BLACK = rgb(0x14100e);
const WHITE = rgb(0xece4d0);
const GOLD = rgb(0xc7932f);
const BLUE = rgb(0x1c4f6b);

/** Distance from (x, y) to a segment. */
function toSegment(
	x: number,
	y: number,
	a: readonly [number, number],
	b: readonly [number, number],
) {
	const dx = b[0] - a[0];
	const dy = b[1] - a[1];
	const t = Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)));
	return Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy);
}

/** Distance to a broken line whose half width runs from `fromM` to `toM`. */
function brush(
	x: number,
	y: number,
	points: readonly (readonly [number, number])[],
	fromM: number,
	toM: number,
): number {
	let best = Infinity;
	for (let i = 0; i + 1 < points.length; i++) {
		const a = points[i];
		const b = points[i + 1];
		if (!a || !b) continue;
		const half = fromM + ((toM - fromM) * (i + 0.5)) / (points.length - 1);
		best = Math.min(best, toSegment(x, y, a, b) - half);
	}
	return best;
}

/** Lays a shape: full inside, none a millimetre outside; `rim` draws its outline around it. */
function lay(color: Float64Array, distanceM: number, fill: Rgb, rim?: Rgb): void {
	if (rim) coat(color, rim, ramp(0.0027, 0.0013, distanceM));
	coat(color, fill, ramp(0.0008, -0.0008, distanceM));
}

/** A flame from the brow to the temple, an eye patch, the jaw's dark sweep: x is |x|. */
function sides(color: Float64Array, x: number, y: number): void {
	const jaw: readonly (readonly [number, number])[] = [
		[0.098, 0.02],
		[0.089, -0.03],
		[0.07, -0.075],
		[0.04, -0.112],
		[0, -0.128],
	];
	lay(color, brush(x, y, jaw, 0.014, 0.02), BLACK, WHITE);
	const temple: readonly (readonly [number, number])[] = [
		[0.028, 0.05],
		[0.05, 0.063],
		[0.07, 0.074],
		[0.083, 0.086],
	];
	lay(color, brush(x, y, temple, 0.0135, 0.004), WHITE, BLACK);
	const patch = Math.hypot((x - 0.044) / 1.55, (y - 0.0225) * 1.02) - 0.0215;
	lay(color, patch, WHITE, GOLD);
	lay(color, patch + 0.0048, BLACK);
	const tail: readonly (readonly [number, number])[] = [
		[0.06, 0.022],
		[0.076, 0.03],
		[0.09, 0.047],
	];
	lay(color, brush(x, y, tail, 0.0075, 0.0015), BLACK);
	const cheek: readonly (readonly [number, number])[] = [
		[0.028, -0.008],
		[0.046, -0.017],
		[0.064, -0.014],
		[0.078, 0.0],
	];
	lay(color, brush(x, y, cheek, 0.0042, 0.0022), WHITE, BLACK);
	const scroll = Math.abs(Math.hypot(x - 0.053, y + 0.038) - 0.0105) - 0.0021;
	lay(color, scroll, GOLD, BLACK);
	lay(color, Math.hypot(x - 0.053, y + 0.038) - 0.0042, BLUE);
}

/** Forehead and nose: a white column with a red flame and a golden half-moon on black. */
function middle(color: Float64Array, x: number, y: number): void {
	const column = Math.max(x - 0.0125 - 0.004 * Math.sin(y * 70), -0.02 - y, y - 0.1);
	lay(color, column, WHITE, BLACK);
	lay(color, Math.hypot(x, y - 0.082) - 0.0135, BLACK, GOLD);
	const moon = Math.max(Math.hypot(x, y - 0.082) - 0.0105, 0.0088 - Math.hypot(x, y - 0.0862));
	lay(color, moon, GOLD);
	const flame = brush(
		x,
		y,
		[
			[0, 0.002],
			[0, 0.03],
			[0, 0.06],
		],
		0.0058,
		0.0014,
	);
	lay(color, flame, RED);
	const wing = Math.hypot((x - 0.019) * 0.9, y + 0.0165) - 0.0105;
	lay(color, wing, BLACK, WHITE);
	const tip = Math.hypot(x, (y + 0.014) * 0.9) - 0.0105;
	lay(color, tip, RED, GOLD);
}

/** The painted face of a red general: mirrored left and right, as if by one brush a side. */
export function facePattern(spot: Spot, color: Float64Array): void {
	// The hand shakes a little, and not alike on both sides.
	const x = Math.abs(spot.x) + 0.0007 * fbm(spot.x * 70, spot.y * 70, 0.5, 2, 3);
	const y = spot.y + 0.0007 * fbm(spot.x * 70, spot.y * 70, 9.5, 2, 4);
	coat(color, RED, 1);
	coat(color, DEEP_RED, ramp(0.03, 0.09, x) * 0.6 + ramp(-0.05, -0.12, y) * 0.4);
	if (spot.z < -0.03) {
		coat(color, BLACK, ramp(-0.03, -0.034, spot.z));
		return;
	}
	sides(color, x, y);
	middle(color, x, y);
}
