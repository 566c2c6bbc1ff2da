import { melt, union } from '../../sdf/combine.ts';
import { curl, drawn, type Knot } from '../../sdf/curve.ts';
import { ramp } from '../../sdf/noise.ts';
import { mirroredZ } from '../../sdf/place.ts';
import { polygonDistance, slab } from '../../sdf/primitives.ts';
import { raised } from '../../sdf/relief.ts';
import { scaleHeight } from '../../sdf/scales.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { type Along, type Station, type SweepRelief, sweep } from '../../sdf/sweep.ts';
import { STUFF } from './stuff.ts';

const SCALES = { rowM: 0.0225, pitchM: 0.033, heightM: 0.0062, edgeM: 0.0032 };

/** Middle line of the body, from the neck up to where the tail begins to roll. */
const BODY: readonly Knot[] = [
	[0.045, 0.31, 0, 0.11, 0.1],
	[0.095, 0.29, 0, 0.135, 0.108],
	[0.145, 0.335, 0, 0.138, 0.11],
	[0.145, 0.46, 0, 0.138, 0.104],
	[0.085, 0.57, 0, 0.13, 0.097],
	[0.028, 0.66, 0, 0.108, 0.088],
];

/** A stretch, `from` to `to` of 0..1, of the snail into which the tail rolls, backwards over the top. */
function roll(from: number, to: number, proudM: number): Station[] {
	const stations: Station[] = [];
	const steps = 40;
	for (let i = 0; i <= steps; i++) {
		const t = from + ((to - from) * i) / steps;
		const angle = Math.PI * (1.12 - 2.75 * t);
		const radius = 0.146 * (1 - t) ** 0.82 + 0.012;
		stations.push({
			at: [0.158 + radius * Math.cos(angle) * 1.04, 0.75 + radius * Math.sin(angle), 0],
			halfWidthM: 0.084 * (1 - t) ** 0.9 + 0.014,
			halfThickM: 0.08 - 0.012 * t + proudM,
		});
	}
	return stations;
}

function bodyRelief({ alongM, acrossM, halfWidthM, upM }: Along): number {
	const share = acrossM / halfWidthM;
	const sides = ramp(0.0, 0.02, Math.abs(upM));
	const scales = scaleHeight(SCALES, alongM, acrossM) * sides * ramp(0.97, 0.86, Math.abs(share));
	// Belly plates along the inner edge, a beaded cord along the outer one.
	const plates =
		0.0035 * ramp(-0.78, -0.86, share) * Math.abs(Math.sin((alongM * Math.PI) / 0.024));
	return scales + plates;
}

/** Rays fanning along the rolled tail between two raised borders; scales where it leaves the body. */
function tailRelief(from: number, to: number): SweepRelief {
	return ({ alongM, acrossM, halfWidthM, t: share, upM }) => {
		const t = from + (to - from) * share;
		const side = Math.abs(acrossM / halfWidthM);
		if (side > 1 || Math.abs(upM) < 0.02) return 0;
		const lane = (acrossM / halfWidthM) * 3;
		const groove = Math.abs(lane - Math.round(lane)) * 2;
		const rays = 0.0065 * ramp(1, 0.55, groove) * ramp(0.12, 0.2, t) * ramp(0.95, 0.85, side);
		const border = 0.005 * ramp(0.8, 0.86, side) * ramp(1, 0.94, side);
		const scales = scaleHeight(SCALES, alongM + 0.011, acrossM) * ramp(0.2, 0.13, t);
		return rays + border + scales * ramp(0.97, 0.86, side);
	};
}

/** What closes the gaps between neck, tail and fins: a plain wall with combed lines, as on the mould. */
function wall(): Solid {
	const outline = [
		[-0.06, 0.1, 0.26, 0.1, 0.29, 0.2, 0.285, 0.55, 0.32, 0.68],
		[0.3, 0.83, 0.16, 0.9, 0.04, 0.84, -0.03, 0.7, -0.04, 0.5],
	].flat();
	const slabOf = slab(
		(x, y) => polygonDistance(outline, outline.length / 2, x, y),
		-0.05,
		0.05,
		0.012,
	);
	return raised(slabOf, 0.003, (x, y) => 0.0025 * Math.cos((x + 0.35 * y) * 420));
}

/** Flame-shaped fins standing off the back, and smaller ones over the roll of the tail. */
function fins(): Solid {
	const flames: Solid[] = [];
	const flame = (x: number, y: number, headingRad: number, lengthM: number, bendRad: number) =>
		flames.push(
			sweep({
				stations: curl({
					from: [x, y, 0],
					headingRad,
					lengthM,
					bendRad,
					curlRad: 1.5 * Math.sign(bendRad),
					halfWidthM: lengthM * 0.27,
					halfThickM: 0.05,
					steps: 14,
				}),
				relief: ({ acrossM, halfWidthM, t }) => {
					const lane = (acrossM / halfWidthM) * 1.5;
					return 0.004 * Math.cos(lane * 2 * Math.PI) * ramp(1, 0.7, t);
				},
				reliefMostM: 0.004,
			}),
		);
	const back = [
		[0.175, 0.155, -0.35],
		[0.235, 0.205, -0.1],
		[0.27, 0.27, 0.15],
		[0.285, 0.47, 0.5],
		[0.285, 0.53, 0.7],
		[0.27, 0.59, 0.9],
	] as const;
	for (const [x, y, heading] of back) flame(x - 0.02, y, heading, 0.13, 0.75);
	for (let i = 0; i < 9; i++) {
		const angle = Math.PI * (0.92 - 0.15 * i);
		const radius = 0.196 - 0.006 * i;
		const x = 0.158 + radius * Math.cos(angle) * 1.03;
		flame(x, 0.75 + radius * Math.sin(angle), angle - 0.95, 0.13 - 0.004 * i, 0.35);
	}
	return union(...flames);
}

/** Wisps of cloud around the foot of the body, rolled up at the ends. */
function clouds(): Solid {
	const wisps = [
		[0.12, 0.1, 0.1, 0.1, 0.16, 3.6],
		[0.15, 0.135, 0.09, 0.5, 0.15, 3.9],
		[0.2, 0.09, 0.085, 0.25, 0.13, -4.2],
		[0.24, 0.115, 0.06, 0.85, 0.12, 4.2],
	] as const;
	return union(
		...wisps.map(([x, y, z, headingRad, lengthM, curlRad]) =>
			sweep({
				stations: curl({
					from: [x, y, z],
					headingRad,
					lengthM,
					bendRad: -0.5 * Math.sign(curlRad),
					curlRad: curlRad * 1.35,
					curlFrom: 0.4,
					halfWidthM: 0.021,
					halfThickM: 0.026,
					steps: 26,
					taper: (t) => 1 - 0.45 * t,
				}),
				relief: ({ acrossM, halfWidthM }) =>
					-0.004 * ramp(0.35, 0, Math.abs(Math.abs(acrossM / halfWidthM) - 0.1)),
				reliefMostM: 0.004,
			}),
		),
	);
}

/** Scaled body, rolled tail, fins and clouds. */
export function body(): Solid {
	const trunk = sweep({
		stations: drawn(BODY, 12),
		squareness: 3,
		relief: bodyRelief,
		reliefMostM: 0.008,
	});
	const coil = (from: number, to: number, proudM: number) =>
		sweep({
			stations: roll(from, to, proudM),
			squareness: 3,
			relief: tailRelief(from, to),
			reliefMostM: 0.008,
		});
	const scaled = melt(
		0.01,
		madeOf(STUFF.scales, trunk),
		madeOf(STUFF.fin, union(coil(0, 0.6, 0), coil(0.52, 1, 0.014))),
		madeOf(STUFF.wall, wall()),
	);
	return melt(0.005, scaled, madeOf(STUFF.fin, fins()), madeOf(STUFF.mane, mirroredZ(clouds())));
}
