import { union } from '../../sdf/combine.ts';
import { curl } from '../../sdf/curve.ts';
import { ramp } from '../../sdf/noise.ts';
import { ellipsoid, type Point } from '../../sdf/primitives.ts';
import type { Solid } from '../../sdf/solid.ts';
import { sweep } from '../../sdf/sweep.ts';
import { snail } from './snail.ts';

const CENTER: Point = [0, 0.375, -0.004];
const RADII: Point = [0.098, 0.122, 0.085];

/** Whether the face or the chest takes this place (direction from the mane's middle). */
function isTaken(dx: number, dy: number, dz: number): boolean {
	const face = dz > 0.58 && dy < 0.56;
	const ear = Math.hypot(dx - 0.72, dy - 0.48, dz - 0.42) < 0.3;
	const chest = dy < -0.35 && dz > 0.2;
	return face || ear || chest || dy < -0.88;
}

/** Rows of snail curls over head and neck, as on every stone lion. Right half. */
export function mane(): Solid {
	const all: Solid[] = [ellipsoid(CENTER, [RADII[0] - 0.008, RADII[1] - 0.008, RADII[2] - 0.008])];
	for (let row = 0; row < 8; row++) {
		const lift = 1.3 - row * 0.335;
		const dy = Math.sin(lift);
		const flat = Math.cos(lift);
		const count = Math.max(1, Math.round((flat * Math.PI * 0.098) / 0.031));
		for (let i = 0; i <= count; i++) {
			const turn = ((i + (row % 2) * 0.5) / count) * Math.PI;
			const dx = flat * Math.sin(turn);
			const dz = flat * Math.cos(turn);
			if (turn > Math.PI + 0.01 || dx < -0.001 || isTaken(dx, dy, dz)) continue;
			const at: Point = [
				CENTER[0] + dx * RADII[0],
				CENTER[1] + dy * RADII[1],
				CENTER[2] + dz * RADII[2],
			];
			const [ex, ey, ez] = [dx / RADII[0], dy / RADII[1], dz / RADII[2]];
			const l = Math.hypot(ex, ey, ez);
			all.push(snail(at, [ex / l, ey / l, ez / l], 0.0185, row % 2 === 0 ? 1 : -1));
		}
	}
	return union(...all, locks());
}

/** Long locks running down the neck onto the shoulders, rolled at the tips. Right half. */
function locks(): Solid {
	return union(
		...[0, 1].map((i) =>
			sweep({
				stations: curl({
					from: [0.066 - 0.006 * i, 0.305 - 0.004 * i, 0.035 - 0.045 * i],
					headingRad: -1.25,
					lengthM: 0.085,
					bendRad: -0.3,
					curlRad: 4.8,
					halfWidthM: 0.018,
					halfThickM: 0.02,
					driftM: 0.006 - 0.008 * i,
					steps: 18,
				}),
				face: [1, 0, 0.4 - 0.5 * i],
				relief: ({ acrossM, halfWidthM, t }) =>
					0.0028 * Math.cos((acrossM / halfWidthM) * 6.3) * ramp(1, 0.8, t),
				reliefMostM: 0.003,
			}),
		),
	);
}
