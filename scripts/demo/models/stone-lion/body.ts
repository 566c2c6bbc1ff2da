import { carve, melt, union } from '../../sdf/combine.ts';
import { curl, drawn, type Knot } from '../../sdf/curve.ts';
import { ramp } from '../../sdf/noise.ts';
import { mirroredX } from '../../sdf/place.ts';
import { ellipsoid, type Point, rod, sphere } from '../../sdf/primitives.ts';
import { raised } from '../../sdf/relief.ts';
import type { Solid } from '../../sdf/solid.ts';
import { sweep } from '../../sdf/sweep.ts';

const line = (steps: number, ...knots: Knot[]) => sweep({ stations: drawn(knots, steps) });
const toe = (...knots: Knot[]) => sweep({ stations: drawn(knots, 4), face: [0, 1, 0] });
const GROUND_M = 0.118;

/** Four toes with claws in front of a paw at `at`. */
function paw([x, y, z]: Point, widthM: number): Solid {
	const toes: Solid[] = [ellipsoid([x, y + 0.004, z - 0.012], [widthM * 0.95, 0.02, 0.03])];
	const claws: Solid[] = [];
	for (let i = 0; i < 4; i++) {
		const tx = x + (i - 1.5) * widthM * 0.52;
		const tz = z + 0.016 - 0.004 * Math.abs(i - 1.5);
		toes.push(
			toe(
				[tx, y + 0.008, tz - 0.018, widthM * 0.27, 0.012],
				[tx, y + 0.009, tz, widthM * 0.29, 0.0125],
				[tx, y - 0.001, tz + 0.009, widthM * 0.24, 0.01],
			),
		);
		claws.push(rod([tx, y - 0.001, tz + 0.012], [tx, y - 0.009, tz + 0.0165], 0.0042, 0.0018));
	}
	return union(melt(0.0025, ...toes), ...claws);
}

/** A tuft of three rolled locks where a leg bends. */
function tuft([x, y, z]: Point, lengthM: number): Solid {
	return union(
		...[0, 1, 2].map((i) =>
			sweep({
				stations: curl({
					from: [z, y - i * 0.014, 0],
					headingRad: Math.PI + 0.35 - i * 0.45,
					lengthM: lengthM * (1 - 0.12 * i),
					bendRad: 0.35,
					curlRad: 3.9,
					halfWidthM: 0.0135,
					halfThickM: 0.014,
					steps: 14,
				}).map((s) => ({ ...s, at: [x + s.at[2], s.at[1], s.at[0]] as Point })),
				face: [1, 0, 0],
			}),
		),
	);
}

/** Trunk and hind leg. Right half. */
export function body(): Solid {
	const trunk = melt(
		0.025,
		ellipsoid([0, 0.178, -0.07], [0.082, 0.07, 0.07]),
		ellipsoid([0, 0.25, -0.02], [0.078, 0.1, 0.072]),
		ellipsoid([0, 0.285, 0.038], [0.068, 0.075, 0.055]),
	);
	const ribs = [0, 1, 2].map((i) =>
		line(
			6,
			[0.05, 0.285 - i * 0.004, -0.03 - i * 0.021, 0.004, 0.006],
			[0.077, 0.245 - i * 0.004, -0.025 - i * 0.021, 0.0055, 0.006],
			[0.072, 0.2, -0.012 - i * 0.02, 0.004, 0.005],
		),
	);
	const haunch = melt(
		0.014,
		ellipsoid([0.076, 0.172, -0.052], [0.036, 0.058, 0.062]),
		line(
			5,
			[0.09, 0.145, -0.02, 0.026, 0.024],
			[0.094, 0.13, 0.012, 0.024, 0.02],
			[0.092, 0.13, 0.03, 0.022, 0.018],
		),
	);
	const spine = [0, 1, 2, 3, 4, 5, 6].map((i) =>
		sphere([0, 0.25 - i * 0.021, -0.083 - 0.0075 * i], 0.0115),
	);
	return union(
		melt(0.005, melt(0.012, trunk, haunch), ...ribs, ...spine),
		paw([0.094, GROUND_M, 0.048], 0.026),
		tuft([0.1, 0.19, -0.06], 0.085),
	);
}

/** One foreleg straight down, the other (x > 0) resting on the ball. */
export function forelegs(): Solid {
	const muscle = (x: number) => ellipsoid([x, 0.255, 0.038], [0.03, 0.048, 0.036]);
	const straight = union(
		line(
			7,
			[-0.056, 0.265, 0.045, 0.031, 0.031],
			[-0.06, 0.205, 0.066, 0.0265, 0.027],
			[-0.06, 0.155, 0.072, 0.0225, 0.0235],
			[-0.06, 0.128, 0.082, 0.0235, 0.024],
		),
		paw([-0.06, GROUND_M, 0.1], 0.029),
	);
	const raisedLeg = union(
		line(
			7,
			[0.056, 0.265, 0.045, 0.031, 0.031],
			[0.064, 0.218, 0.074, 0.0265, 0.027],
			[0.062, 0.197, 0.098, 0.0225, 0.023],
			[0.058, 0.188, 0.116, 0.0225, 0.021],
		),
		paw([0.057, 0.1765, 0.127], 0.028),
	);
	const tufts = union(tuft([-0.08, 0.235, 0.04], 0.075), tuft([0.082, 0.245, 0.045], 0.075));
	return union(melt(0.01, muscle(0.06), muscle(-0.06), straight, raisedLeg), tufts);
}

/** The brocade ball with its interlaced straps, and a ribbon across the ground. */
export function ball(): Solid {
	const [x, y, z] = [0.057, 0.141, 0.125];
	const globe = raised(sphere([x, y, z], 0.0345), 0.0026, (px, py, pz) => {
		let strap = 0;
		for (const [ax, ay, az] of [
			[1, 0, 0],
			[0, 1, 0],
			[0, 0, 1],
			[0.577, 0.577, 0.577],
			[-0.577, 0.577, 0.577],
		] as const) {
			const off = Math.abs((px - x) * ax + (py - y) * ay + (pz - z) * az);
			strap = Math.max(strap, ramp(0.006, 0.0045, off) - 0.6 * ramp(0.0018, 0.0008, off));
		}
		return 0.0024 * strap - 0.001;
	});
	const ribbon = sweep({
		stations: drawn(
			[
				[0.088, 0.12, 0.12, 0.0095, 0.0045],
				[0.102, 0.1225, 0.145, 0.0105, 0.005],
				[0.075, 0.121, 0.158, 0.0105, 0.005],
				[0.03, 0.1235, 0.155, 0.0105, 0.005],
				[-0.005, 0.1205, 0.16, 0.0095, 0.0045],
				[-0.03, 0.121, 0.152, 0.004, 0.003],
			],
			8,
		),
		face: [0, 1, 0],
		relief: ({ acrossM, halfWidthM }) => 0.0015 * ramp(0.55, 0.8, Math.abs(acrossM / halfWidthM)),
		reliefMostM: 0.0016,
	});
	return union(globe, ribbon);
}

/** The tail laid up the back like a flame. */
export function tail(): Solid {
	const flames: Solid[] = [];
	for (let i = 0; i < 4; i++) {
		flames.push(
			sweep({
				stations: curl({
					from: [0.004 + 0.009 * i, 0.165 + 0.012 * (i === 0 ? 1 : 0), -0.137],
					headingRad: 1.5 - 0.42 * i,
					lengthM: 0.15 - 0.022 * i,
					bendRad: -0.25 - 0.1 * i,
					curlRad: 3.4 + 0.5 * i,
					halfWidthM: 0.0175,
					halfThickM: 0.02,
					driftM: 0.018 - 0.006 * i,
					steps: 20,
				}),
				face: [0, 0, -1],
				relief: ({ acrossM, halfWidthM, t }) =>
					0.003 * Math.cos((acrossM / halfWidthM) * 6.3) * ramp(1, 0.85, t),
				reliefMostM: 0.003,
			}),
		);
	}
	const knot = carve(0.002, sphere([0, 0.155, -0.142], 0.021), sphere([0, 0.155, -0.168], 0.008));
	return union(mirroredX(union(...flames)), knot);
}
