import { carve, melt, union } from '../../sdf/combine.ts';
import { curl, drawn, type Knot } from '../../sdf/curve.ts';
import { ramp } from '../../sdf/noise.ts';
import { enlarged, moved, turnedBy } from '../../sdf/place.ts';
import { block, ellipsoid, ring, sphere } from '../../sdf/primitives.ts';
import { scaleHeight } from '../../sdf/scales.ts';
import type { Solid } from '../../sdf/solid.ts';
import { type Station, sweep } from '../../sdf/sweep.ts';

const line = (steps: number, ...knots: Knot[]) => sweep({ stations: drawn(knots, steps) });

/** Polar angle and radius (metres) of the coil, 0 at the neck to 1 at the tip of the tail. */
const coilAt = (t: number): readonly [number, number] => [
	2.5 - t * 8.1,
	0.0205 + 0.0275 * t ** 0.8 + 0.003 * Math.sin(t * 19),
];

function coil(): Station[] {
	const stations: Station[] = [];
	for (let i = 0; i <= 90; i++) {
		const t = i / 90;
		const [angle, radius] = coilAt(t);
		const half = 0.0072 * (0.75 + 0.9 * t * (1 - t)) * (1 - t ** 4) ** 0.7 + 0.0006;
		stations.push({
			at: [radius * Math.cos(angle), radius * Math.sin(angle), 0.0005],
			halfWidthM: half,
			halfThickM: half * 1.05,
		});
	}
	return stations;
}

/** Mane, horn and whisker of the head. */
function trimmings(): Solid[] {
	const lock = (x: number, y: number, headingRad: number, lengthM: number, turn: number) =>
		sweep({
			stations: curl({
				from: [x, y, 0.0025],
				headingRad,
				lengthM,
				bendRad: 0.6 * turn,
				curlRad: 3.6 * turn,
				halfWidthM: 0.0026,
				halfThickM: 0.0034,
				steps: 14,
			}),
		});
	return [
		lock(0.008, 0.0055, 0.75, 0.02, -1),
		lock(0.01, 0.002, 0.25, 0.02, -1),
		lock(0.01, -0.0015, -0.25, 0.02, 1),
		lock(0.007, -0.0055, -0.8, 0.019, 1),
		lock(-0.004, -0.008, -1.4, 0.012, 1),
		lock(0.001, 0.007, 1.5, 0.0135, -1),
		line(
			6,
			[0.003, 0.007, 0.003, 0.0014, 0.0018],
			[0.0115, 0.011, 0.004, 0.0013, 0.0017],
			[0.0215, 0.0105, 0.003, 0.0006, 0.0008],
		),
		line(
			6,
			[-0.0155, 0.004, 0.004, 0.0008, 0.0012],
			[-0.02, -0.0005, 0.003, 0.0008, 0.0012],
			[-0.0235, 0.003, 0.002, 0.0005, 0.0007],
		),
	];
}

/** Head in profile, looking to −x, 0.03 m long, flat side at z = 0. */
function head(): Solid {
	const upper = line(
		6,
		[0.006, 0.002, 0, 0.0065, 0.0075],
		[-0.004, 0.0025, 0, 0.0045, 0.0068],
		[-0.0125, 0.0025, 0, 0.0032, 0.0056],
		[-0.0165, 0.0055, 0, 0.0028, 0.0048],
	);
	const lower = line(
		6,
		[0.003, -0.0035, 0, 0.0035, 0.006],
		[-0.0045, -0.0062, 0, 0.0024, 0.0056],
		[-0.0115, -0.0066, 0, 0.002, 0.0045],
	);
	const brow = line(
		5,
		[-0.0075, 0.005, 0.0055, 0.001, 0.0014],
		[-0.003, 0.0078, 0.0062, 0.0015, 0.0018],
		[0.003, 0.0068, 0.006, 0.001, 0.0014],
	);
	const face = carve(
		0.0008,
		melt(0.0016, upper, lower, ellipsoid([0.003, 0.002, 0], [0.0085, 0.0075, 0.0078])),
		block([-0.011, -0.0022, 0.004], [0.0095, 0.0012, 0.01], 0.0008),
	);
	const teeth = [-0.014, -0.0095, -0.0055].map((x) =>
		line(3, [x, -0.0006, 0.0045, 0.0009, 0.0009], [x + 0.0004, -0.0034, 0.0042, 0.0004, 0.0004]),
	);
	return union(
		melt(0.0007, face, brow, sphere([-0.017, 0.0062, 0.003], 0.0026), ...trimmings()),
		carve(
			0.0004,
			sphere([-0.0022, 0.0042, 0.006], 0.0027),
			sphere([-0.0026, 0.0042, 0.0092], 0.0011),
		),
		...teeth,
	);
}

/** Four legs reaching out from the coil, each with a fan of claws. */
function legs(): Solid {
	const all: Solid[] = [];
	for (const [t, turn] of [
		[0.2, 1],
		[0.4, -1],
		[0.61, 1],
		[0.78, -1],
	] as const) {
		const [angle, radius] = coilAt(t);
		const place = (a: number, r: number): readonly [number, number] => [
			r * Math.cos(a),
			r * Math.sin(a),
		];
		const [ax, ay] = place(angle, radius);
		const [bx, by] = place(angle + 0.2 * turn, radius + 0.0085);
		const [cx, cy] = place(angle + 0.05 * turn, Math.min(0.0525, radius + 0.016));
		all.push(
			line(
				6,
				[ax, ay, 0.004, 0.0036, 0.0045],
				[bx, by, 0.0035, 0.0028, 0.0038],
				[cx, cy, 0.003, 0.0024, 0.0034],
			),
		);
		for (let i = 0; i < 4; i++) {
			const a = Math.atan2(cy - by, cx - bx) + (i - 1.5) * 0.6;
			all.push(
				line(
					4,
					[cx, cy, 0.0032, 0.0016, 0.0024],
					[cx + 0.004 * Math.cos(a), cy + 0.004 * Math.sin(a), 0.0038, 0.0012, 0.0019],
					[cx + 0.0066 * Math.cos(a + 0.3), cy + 0.0066 * Math.sin(a + 0.3), 0.002, 0.0005, 0.0008],
				),
			);
		}
	}
	return melt(0.0008, ...all);
}

/** Spines along the outer side of the coil, and a forked end to the tail. */
function spines(): Solid {
	const all: Solid[] = [];
	for (let i = 0; i < 44; i++) {
		const t = 0.05 + i * 0.0205;
		const [angle, radius] = coilAt(t);
		const half = 0.0072 * (0.75 + 0.9 * t * (1 - t)) * (1 - t ** 4) ** 0.7;
		const at = (r: number, a: number, z: number): Knot => [
			r * Math.cos(a),
			r * Math.sin(a),
			z,
			0.0012,
			0.0016,
		];
		const tip = at(radius + half + 0.0022, angle - 0.05, 0.001);
		all.push(
			line(2, at(radius + half * 0.7, angle, 0.0032), [tip[0], tip[1], tip[2], 0.0005, 0.0008]),
		);
	}
	const [angle, radius] = coilAt(0.97);
	for (let i = 0; i < 3; i++) {
		all.push(
			sweep({
				stations: curl({
					from: [radius * Math.cos(angle), radius * Math.sin(angle), 0.002],
					headingRad: angle - 1.4 + (i - 1) * 0.55,
					lengthM: 0.017,
					bendRad: 0.5 - i * 0.5,
					curlRad: 2.8 * (i === 2 ? -1 : 1),
					halfWidthM: 0.0023,
					halfThickM: 0.0028,
					steps: 12,
				}),
			}),
		);
	}
	return union(...all);
}

/** Wisps of cloud in the empty places of the disc. */
function clouds(): Solid {
	return union(
		...[0.4, 1.55, 2.75, 3.9, 5.05].map((angle, i) =>
			sweep({
				stations: curl({
					from: [0.052 * Math.cos(angle), 0.052 * Math.sin(angle), 0.001],
					headingRad: angle + 1.6,
					lengthM: 0.027,
					bendRad: i % 2 === 0 ? 0.8 : 0.4,
					curlRad: 5.2,
					curlFrom: 0.4,
					halfWidthM: 0.0023,
					halfThickM: 0.0024,
					steps: 18,
					taper: (t) => 1 - 0.4 * t,
				}),
			}),
		),
	);
}

/** A dragon coiled around a pearl, in high relief on z = 0, within 0.06 m of the origin. */
export function coiledDragon(): Solid {
	const trunk = sweep({
		stations: coil(),
		relief: ({ alongM, acrossM, t }) =>
			scaleHeight(
				{ rowM: 0.0031, pitchM: 0.0042, heightM: 0.0011, edgeM: 0.0009 },
				alongM,
				acrossM,
			) * ramp(1, 0.9, t),
		reliefMostM: 0.0012,
	});
	const pearl = melt(
		0.0008,
		sphere([0.001, -0.001, 0.002], 0.0058),
		ring([0.001, -0.001, 0.001], 2, 0.0082, 0.0011),
	);
	const placedHead = moved([-0.0125, 0.0148, 0.0035], turnedBy(2, 0.35, enlarged(0.98, head())));
	return union(melt(0.0008, trunk, legs(), spines()), placedHead, pearl, clouds());
}
