import type { Point } from './primitives.ts';
import { SLACK, type Solid, WIDEST_FILLET_M } from './solid.ts';

/** A point on a sweep's axis with what the cross-section is there. */
export interface Station {
	readonly at: Point;
	/** Half the width across, in the direction of `side`; metres. */
	readonly halfWidthM: number;
	/** Half the thickness, along `face`. */
	readonly halfThickM: number;
}

/** Where a point lies within a sweep: metres along the axis, 0..1 along it, metres across and up. */
export interface Along {
	alongM: number;
	t: number;
	acrossM: number;
	upM: number;
	halfWidthM: number;
	halfThickM: number;
}

/** Metres to raise the surface by, at a place on it. */
export type SweepRelief = (place: Along) => number;

export interface SweepOptions {
	readonly stations: readonly Station[];
	/** The direction the face of a flat sweep looks in; made square to the axis. */
	readonly face?: Point;
	/** Never beyond ±`reliefMostM`. */
	readonly relief?: SweepRelief;
	readonly reliefMostM?: number;
	/** 2 is an ellipse, 4 a rounded box. */
	readonly squareness?: number;
}

const STRIDE = 12;
const dot = (a: Point, b: Point) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const unit = (a: Point): Point => {
	const l = Math.max(1e-12, Math.sqrt(dot(a, a)));
	return [a[0] / l, a[1] / l, a[2] / l];
};
const cross = (a: Point, b: Point): Point => [
	a[1] * b[2] - a[2] * b[1],
	a[2] * b[0] - a[0] * b[2],
	a[0] * b[1] - a[1] * b[0],
];

/** Positions, frames and sizes of the stations, flat: at 3, face 3, side 3, along, width, thickness. */
function layOut(stations: readonly Station[], face: Point): Float64Array {
	const rows = new Float64Array(stations.length * STRIDE);
	let alongM = 0;
	for (const [i, station] of stations.entries()) {
		const before = stations[Math.max(0, i - 1)] ?? station;
		const after = stations[Math.min(stations.length - 1, i + 1)] ?? station;
		const tangent = unit(minus(after.at, before.at));
		const lean = dot(face, tangent);
		const up = unit(minus(face, [tangent[0] * lean, tangent[1] * lean, tangent[2] * lean]));
		const step = minus(station.at, before.at);
		alongM += Math.sqrt(dot(step, step));
		const sizes = [alongM, station.halfWidthM, station.halfThickM];
		rows.set([...station.at, ...up, ...cross(tangent, up), ...sizes], i * STRIDE);
	}
	return rows;
}

/** How far along its segment the last `segmentDistance` ended, 0..1. */
const hit = new Float64Array(1);

/** The squared distance from a point to segment `i`. */
function segmentDistance(rows: Float64Array, i: number, x: number, y: number, z: number): number {
	const a = i * STRIDE;
	const ax = rows[a] ?? 0;
	const ay = rows[a + 1] ?? 0;
	const az = rows[a + 2] ?? 0;
	const dx = (rows[a + STRIDE] ?? 0) - ax;
	const dy = (rows[a + STRIDE + 1] ?? 0) - ay;
	const dz = (rows[a + STRIDE + 2] ?? 0) - az;
	const px = x - ax;
	const py = y - ay;
	const pz = z - az;
	const raw = (px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz + 1e-18);
	const t = Math.min(1, Math.max(0, raw));
	hit[0] = t;
	const ex = px - t * dx;
	const ey = py - t * dy;
	const ez = pz - t * dz;
	return ex * ex + ey * ey + ez * ez;
}

/** Signed estimate to a rounded cross-section (superellipse), `w` beyond the ends. */
function section(u: number, v: number, w: number, a: number, b: number, power: number): number {
	const c = Math.min(a, b);
	const x = Math.abs(u) / a;
	const y = Math.abs(v) / b;
	const z = Math.abs(w) / c;
	if (power === 2) {
		const k = Math.sqrt(x * x + y * y + z * z);
		const slope = Math.sqrt((x / a) ** 2 + (y / b) ** 2 + (z / c) ** 2);
		return slope < 1e-9 ? -c : (k * (k - 1)) / slope;
	}
	const k = (x ** power + y ** power + z ** power) ** (1 / power);
	if (k < 1e-6) return -c;
	const g = k ** (1 - power);
	const slope = Math.sqrt(
		((x ** (power - 1) * g) / a) ** 2 +
			((y ** (power - 1) * g) / b) ** 2 +
			((z ** (power - 1) * g) / c) ** 2,
	);
	return (k - 1) / Math.max(slope, 0.2 / Math.max(a, b));
}

/** Beyond this the distance to the ball around the whole sweep will do. */
const FAR_M = 0.04;

function ballDistance(ball: Float64Array, x: number, y: number, z: number): number {
	const dx = x - (ball[0] ?? 0);
	const dy = y - (ball[1] ?? 0);
	const dz = z - (ball[2] ?? 0);
	return Math.sqrt(dx * dx + dy * dy + dz * dz) - (ball[3] ?? 0);
}

/** Around all stations with their widths: middle of the box, then the farthest reach from there. */
function ballAround(stations: readonly Station[], marginM: number): Float64Array {
	const middle = [0, 1, 2].map((c) => {
		const values = stations.map((station) => station.at[c] ?? 0);
		return (Math.min(...values) + Math.max(...values)) / 2;
	});
	const ball = Float64Array.of(...middle, 0);
	ball[3] = Math.max(
		...stations.map(({ at, halfWidthM, halfThickM }) => {
			return ballDistance(ball, ...at) + Math.max(halfWidthM, halfThickM) + marginM;
		}),
	);
	return ball;
}

interface Prepared {
	readonly ball: Float64Array;
	readonly rows: Float64Array;
	readonly totalM: number;
	readonly widestM: number;
	readonly options: SweepOptions;
}

function between(rows: Float64Array, at: number, t: number): number {
	const a = rows[at] ?? 0;
	return a + ((rows[at + STRIDE] ?? 0) - a) * t;
}

function distance(prepared: Prepared, segments: Int32Array, x: number, y: number, z: number) {
	const { rows, options } = prepared;
	const away = ballDistance(prepared.ball, x, y, z);
	if (away > FAR_M) return away;
	let best = Infinity;
	let at = 0;
	let t = 0;
	for (const segment of segments) {
		const d = segmentDistance(rows, segment, x, y, z);
		if (d < best) {
			best = d;
			at = segment * STRIDE;
			t = hit[0] ?? 0;
		}
	}
	const mostM = options.reliefMostM ?? 0;
	const far = Math.sqrt(best) - prepared.widestM - mostM;
	if (far > prepared.widestM + 0.02) return far;
	const px = x - between(rows, at, t);
	const py = y - between(rows, at + 1, t);
	const pz = z - between(rows, at + 2, t);
	const up =
		px * between(rows, at + 3, t) + py * between(rows, at + 4, t) + pz * between(rows, at + 5, t);
	const across =
		px * between(rows, at + 6, t) + py * between(rows, at + 7, t) + pz * between(rows, at + 8, t);
	const halfWidthM = between(rows, at + 10, t);
	const halfThickM = between(rows, at + 11, t);
	const isEnd = t <= 0 || t >= 1;
	const w = isEnd ? Math.sqrt(Math.max(0, best - up * up - across * across)) : 0;
	const d = section(across, up, w, halfWidthM, halfThickM, options.squareness ?? 2);
	if (!options.relief || d > 3 * mostM || d < -3 * mostM) return d;
	const alongM = between(rows, at + 9, t);
	const share = alongM / prepared.totalM;
	const place = { alongM, t: share, acrossM: across, upM: up, halfWidthM, halfThickM };
	// A thinning tip takes its relief with it, or the relief would tear it apart.
	const deepest = Math.min(mostM, 0.35 * Math.min(halfWidthM, halfThickM));
	return d - Math.max(-deepest, Math.min(deepest, options.relief(place)));
}

function sweepOf(prepared: Prepared, segments: Int32Array): Solid {
	return {
		at: (x, y, z) => distance(prepared, segments, x, y, z),
		near: (x, y, z, reachM) => {
			const distances = Array.from(segments, (segment) =>
				Math.sqrt(segmentDistance(prepared.rows, segment, x, y, z)),
			);
			const least = Math.min(...distances);
			const far = prepared.widestM + reachM * SLACK + WIDEST_FILLET_M;
			const limit = Math.min(least + 2 * reachM * SLACK, Math.max(least, far));
			return sweepOf(
				prepared,
				segments.filter((_, i) => (distances[i] ?? 0) <= limit),
			);
		},
	};
}

/**
 * A body drawn along a chain of stations: tails, locks, horns, lips. Its cross-section is an ellipse
 * (or a squarer one) whose face looks towards `face`. Sharp bends need stations close together.
 */
export function sweep(options: SweepOptions): Solid {
	const rows = layOut(options.stations, options.face ?? [0, 0, 1]);
	const { stations } = options;
	const totalM = rows[(stations.length - 1) * STRIDE + 9] ?? 1;
	const widestM = Math.max(...stations.map((s) => Math.max(s.halfWidthM, s.halfThickM)));
	const segments = Int32Array.from({ length: stations.length - 1 }, (_, i) => i);
	const ball = ballAround(stations, options.reliefMostM ?? 0);
	return sweepOf({ ball, rows, totalM, widestM, options }, segments);
}
