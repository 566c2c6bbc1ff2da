import { union } from '../../sdf/combine.ts';
import { curl, drawn, type Knot } from '../../sdf/curve.ts';
import { ramp } from '../../sdf/noise.ts';
import type { Point } from '../../sdf/primitives.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { sweep } from '../../sdf/sweep.ts';
import { STUFF } from './stuff.ts';

const line = (steps: number, ...knots: Knot[]) => sweep({ stations: drawn(knots, steps) });

/** A grooved lock of hair. */
function lock(
	from: Point,
	headingRad: number,
	lengthM: number,
	bendRad: number,
	curlRad: number,
	halfWidthM: number,
): Solid {
	return sweep({
		stations: curl({
			from,
			headingRad,
			lengthM,
			bendRad,
			curlRad,
			halfWidthM,
			halfThickM: halfWidthM * 0.95,
			archM: 0.012,
			steps: 24,
		}),
		relief: ({ acrossM, halfWidthM: half, t }) =>
			0.0042 * Math.cos((acrossM / half) * 2 * Math.PI) * ramp(1, 0.8, t),
		reliefMostM: 0.0045,
	});
}

/** Mane behind the cheek, beard under the jaw, brows. One side. */
export function mane(): Solid {
	const locks: Solid[] = [];
	// Behind the cheek, fanning from below the jaw up to the ear: a long row under a short one.
	for (let i = 0; i < 7; i++) {
		const a = -1.75 + i * 0.41;
		const from: Point = [0.015 + 0.055 * Math.cos(a), 0.315 + 0.085 * Math.sin(a), 0.1];
		const turn = i < 3 ? -1 : 1;
		locks.push(lock(from, a + 0.25 * turn, 0.18, -0.75 * turn, 4.6 * turn, 0.025));
	}
	for (let i = 0; i < 5; i++) {
		const a = -1.4 + i * 0.5;
		const from: Point = [-0.01 + 0.045 * Math.cos(a), 0.315 + 0.07 * Math.sin(a), 0.118];
		const turn = i < 2 ? -1 : 1;
		locks.push(lock(from, a + 0.2 * turn, 0.115, -0.6 * turn, 4.8 * turn, 0.0205));
	}
	// Beard under the lower jaw.
	for (let i = 0; i < 4; i++) {
		const x = -0.25 + i * 0.062;
		locks.push(lock([x, 0.118 - 0.004 * i, 0.1], -0.8 - 0.1 * i, 0.105, 0.2, 5.2, 0.0185));
	}
	// Brows: flames over the eye.
	for (let i = 0; i < 5; i++) {
		const x = -0.18 + i * 0.03;
		const y = 0.478 + 0.012 * Math.sin((i / 4) * Math.PI);
		locks.push(lock([x, y, 0.088], 2.0 - i * 0.36, 0.1 - 0.004 * i, -0.9, -4.2, 0.0175));
	}
	return union(...locks);
}

/** A branching horn and a leaf-shaped ear. One side. */
export function hornsAndEars(): Solid {
	const horn = union(
		line(
			8,
			[-0.045, 0.485, 0.082, 0.017, 0.017],
			[0.005, 0.525, 0.1, 0.0155, 0.0155],
			[0.065, 0.54, 0.106, 0.0135, 0.0135],
			[0.12, 0.57, 0.102, 0.011, 0.011],
			[0.15, 0.615, 0.092, 0.006, 0.006],
		),
		line(
			6,
			[0.055, 0.538, 0.106, 0.011, 0.011],
			[0.1, 0.528, 0.112, 0.009, 0.009],
			[0.135, 0.5, 0.11, 0.004, 0.004],
		),
	);
	const ear = sweep({
		stations: drawn(
			[
				[-0.03, 0.43, 0.098, 0.012, 0.012],
				[0.015, 0.455, 0.118, 0.026, 0.016],
				[0.055, 0.485, 0.122, 0.02, 0.014],
				[0.085, 0.515, 0.116, 0.004, 0.005],
			],
			7,
		),
		face: [0.2, -0.2, 1],
		relief: ({ acrossM, halfWidthM }) => -0.008 * ramp(0.62, 0.3, Math.abs(acrossM / halfWidthM)),
		reliefMostM: 0.008,
	});
	return union(madeOf(STUFF.horn, horn), madeOf(STUFF.head, ear));
}

/** A whisker running back from the nose over the cheek. */
export function whisker(): Solid {
	return line(
		8,
		[-0.265, 0.425, 0.088, 0.009, 0.009],
		[-0.225, 0.392, 0.104, 0.0095, 0.0095],
		[-0.165, 0.372, 0.114, 0.0085, 0.0085],
		[-0.11, 0.352, 0.124, 0.008, 0.008],
		[-0.06, 0.36, 0.132, 0.007, 0.007],
		[-0.03, 0.395, 0.13, 0.006, 0.006],
		[-0.05, 0.42, 0.124, 0.004, 0.004],
	);
}
