import type { Point } from './primitives.ts';
import type { Station } from './sweep.ts';

/** A control point of a drawn line: where, half its width, half its thickness; metres. */
export type Knot = readonly [
	x: number,
	y: number,
	z: number,
	halfWidthM: number,
	halfThickM: number,
];

function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
	return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** A smooth line through the knots, `steps` stations for each stretch between two. */
export function drawn(knots: readonly Knot[], steps: number): Station[] {
	const stations: Station[] = [];
	const last = knots.length - 1;
	for (let i = 0; i <= last * steps; i++) {
		const stretch = Math.min(last - 1, Math.floor(i / steps));
		const t = i / steps - stretch;
		const knot = (k: number) => knots[Math.min(last, Math.max(0, stretch + k))];
		const value = (c: number) => {
			const [a, b, d, e] = [knot(-1), knot(0), knot(1), knot(2)];
			return catmullRom(a?.[c] ?? 0, b?.[c] ?? 0, d?.[c] ?? 0, e?.[c] ?? 0, t);
		};
		stations.push({
			at: [value(0), value(1), value(2)],
			halfWidthM: Math.max(0.0006, value(3)),
			halfThickM: Math.max(0.0006, value(4)),
		});
	}
	return stations;
}

export interface CurlOptions {
	readonly from: Point;
	/** Heading in the x–y plane at the start, from +x towards +y. */
	readonly headingRad: number;
	readonly lengthM: number;
	/** How far the heading turns over the first and the last part; the tip rolls up with a large one. */
	readonly bendRad: number;
	readonly curlRad: number;
	/** Where, 0..1, the bend gives way to the curl. Default 0.55. */
	readonly curlFrom?: number;
	readonly halfWidthM: number;
	readonly halfThickM: number;
	/** How far z rises to the middle and falls again at the tip. */
	readonly archM?: number;
	/** How far z has moved by the tip. */
	readonly driftM?: number;
	readonly steps?: number;
	/** Width, 0..1 of `halfWidthM`, at 0..1 along. Default: swells, then runs out to a point. */
	readonly taper?: (t: number) => number;
}

const lockTaper = (t: number) => (0.55 + 0.9 * t * (1 - t)) * (1 - t ** 3) ** 0.8 + 0.06;

/** A lock of hair, a wisp of cloud or flame: bends, then rolls up at its tip. */
export function curl(options: CurlOptions): Station[] {
	const steps = options.steps ?? 22;
	const from = options.curlFrom ?? 0.55;
	const taper = options.taper ?? lockTaper;
	const drift = options.driftM ?? 0;
	const stations: Station[] = [];
	let [x, y] = options.from;
	for (let i = 0; i <= steps; i++) {
		const t = i / steps;
		const z = options.from[2] + (options.archM ?? 0) * Math.sin(Math.PI * t) + drift * t;
		const size = taper(t);
		stations.push({
			at: [x, y, z],
			halfWidthM: options.halfWidthM * size,
			halfThickM: options.halfThickM * (0.35 + 0.65 * size),
		});
		const rolled = t < from ? 0 : ((t - from) / (1 - from)) ** 1.6;
		const heading =
			options.headingRad + options.bendRad * Math.min(1, t / from) + options.curlRad * rolled;
		// The roll tightens: later steps are shorter.
		const step = (options.lengthM / steps) * (1 - 0.55 * rolled);
		x += Math.cos(heading) * step;
		y += Math.sin(heading) * step;
	}
	return stations;
}
