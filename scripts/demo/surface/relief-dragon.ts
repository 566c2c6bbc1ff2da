import { smoothCurve } from './curve.ts';
import type { Vec2 } from './mesh.ts';
import { scales } from './ornament.ts';
import { type Relief, stroke } from './relief.ts';

interface ReliefDragonOptions {
	/** From the neck to the tail, metres on the panel. */
	readonly spine: readonly Vec2[];
	/** Half the girth at the chest, metres; everything else follows. */
	readonly radiusM: number;
	/** Height of the ground under it at a share 0..1 of the way: passes over or under others. */
	readonly baseM: (along: number) => number;
	/** Where it has legs, shares of the way, and the side each reaches to. */
	readonly legs: readonly { readonly along: number; readonly side: 1 | -1 }[];
	/** Direction of the snout, radians; away from the body when absent. */
	readonly gazeRad?: number;
}

/** Carves a hornless dragon (螭) in relief: scaled body, dorsal fin, clawed legs, maned head. */
export function reliefDragon(r: Relief, options: ReliefDragonOptions): void {
	const { radiusM, baseM } = options;
	const spine = smoothCurve(options.spine, 14);
	const girth = (t: number) =>
		radiusM * (0.72 + 0.35 * Math.sin(Math.min(1, t * 2.2) * Math.PI * 0.62)) * (1 - t * t * 0.82);
	stroke(r, spine, {
		radiusM: girth,
		riseM: (t) => girth(t) * 0.95,
		baseM,
		detailM: (s, across) =>
			radiusM *
			0.2 *
			scales(s, Math.asin(Math.max(-1, Math.min(1, across))) * radiusM * 1.2, radiusM * 0.42),
	});
	stroke(r, spine, {
		radiusM: (t) => girth(t) * 0.16,
		riseM: (t) => girth(t) * 0.2,
		baseM: (t) => baseM(t) + girth(t) * 0.98,
	});
	for (const leg of options.legs) limb(r, spine, leg.along, leg.side, radiusM, baseM(leg.along));
	const [a, b] = [spine[0] as Vec2, spine[6] as Vec2];
	const gaze = options.gazeRad ?? Math.atan2(a[1] - b[1], a[0] - b[0]);
	head(r, a, gaze, radiusM, baseM(0) + radiusM * 0.35);
}

function limb(
	r: Relief,
	spine: readonly Vec2[],
	along: number,
	side: 1 | -1,
	radiusM: number,
	baseM: number,
): void {
	const i = Math.round(along * (spine.length - 2));
	const [a, b] = [spine[i] as Vec2, spine[i + 1] as Vec2];
	const way = Math.atan2(b[1] - a[1], b[0] - a[0]);
	const to = (forward: number, out: number): Vec2 => [
		a[0] + radiusM * (Math.cos(way) * -forward - Math.sin(way) * out * side),
		a[1] + radiusM * (Math.sin(way) * -forward + Math.cos(way) * out * side),
	];
	const bend = smoothCurve([to(0, 0.3), to(-0.9, 1.3), to(-0.2, 2.1), to(0.9, 2.3)], 8);
	stroke(r, bend, {
		radiusM: (t) => radiusM * (0.62 - 0.36 * t),
		riseM: (t) => radiusM * (0.72 - 0.3 * t),
		baseM,
		detailM: (s, x) => radiusM * 0.1 * scales(s, x * radiusM * 0.6, radiusM * 0.3),
	});
	for (const spread of [-0.55, -0.1, 0.35, 0.75]) {
		const claw = smoothCurve(
			[to(0.8, 2.3), to(1.35, 2.3 + spread), to(1.9, 2.25 + spread * 1.15), to(2.1, 2.0 + spread)],
			6,
		);
		stroke(r, claw, {
			radiusM: (t) => radiusM * (0.2 - 0.14 * t),
			riseM: (t) => radiusM * (0.42 - 0.2 * t),
			baseM,
		});
	}
	for (const k of [0, 1, 2]) {
		const flame = smoothCurve(
			[
				to(-0.7, 1.2 + k * 0.2),
				to(-1.5 - k * 0.2, 1.5 + k * 0.35),
				to(-2.1 - k * 0.2, 1.2 + k * 0.55),
				to(-2.6, 1.6 + k * 0.5),
			],
			6,
		);
		stroke(r, flame, {
			radiusM: (t) => radiusM * 0.2 * (1 - t),
			riseM: radiusM * 0.3,
			baseM,
			section: 'ridge',
		});
	}
}

/** The head seen from the side and above, its nose toward `gazeRad`. */
function head(r: Relief, neck: Vec2, gazeRad: number, radiusM: number, baseM: number): void {
	const [c, s] = [Math.cos(gazeRad), Math.sin(gazeRad)];
	const flip = c < -1e-9 ? -1 : 1;
	const to = (x: number, y: number): Vec2 => [
		neck[0] + radiusM * (x * c - y * flip * s),
		neck[1] + radiusM * (x * s + y * flip * c),
	];
	const lay = (points: Vec2[], from: number, end: number, rise: number, lift = 0) =>
		stroke(r, smoothCurve(points, 7), {
			radiusM: (t) => radiusM * (from + (end - from) * t),
			riseM: radiusM * rise,
			baseM: baseM + radiusM * lift,
		});
	for (let i = 0; i < 7; i++) {
		const y = 0.75 - i * 0.28;
		lay(
			[
				to(0.1, y * 0.8),
				to(-0.8, y + 0.3),
				to(-1.5, y * 1.35),
				to(-2.2, y * 1.5 + 0.35),
				to(-2.6, y * 1.7 + 0.1),
			],
			0.27,
			0.03,
			0.35 + 0.05 * i,
			-0.1,
		);
	}
	lay([to(-0.2, 0), to(0.6, 0.1)], 0.95, 0.85, 0.9);
	lay([to(0.5, 0.15), to(1.1, 0.12), to(1.75, 0.22)], 0.72, 0.5, 0.75, 0.1);
	lay([to(0.2, -0.55), to(0.9, -0.78), to(1.6, -0.62)], 0.3, 0.2, 0.45);
	lay([to(0.5, -0.25), to(1.1, -0.3), to(1.75, -0.12), to(2.0, 0.05)], 0.13, 0.12, 0.95);
	lay([to(1.7, 0.42), to(1.78, 0.42)], 0.32, 0.32, 0.5, 0.65);
	lay([to(1.85, 0.02), to(1.9, 0.02)], 0.22, 0.22, 0.35, 0.6);
	lay([to(0.72, 0.34), to(0.73, 0.34)], 0.3, 0.3, 0.42, 0.75);
	lay([to(1.15, 0.5), to(0.8, 0.8), to(0.3, 0.78), to(-0.1, 1.0)], 0.2, 0.12, 0.4, 0.7);
	lay([to(0.2, 0.7), to(-0.3, 1.3), to(-0.9, 1.5), to(-1.3, 2.0)], 0.22, 0.05, 0.5, 0.3);
	lay([to(-0.1, -0.1), to(-0.5, -0.5), to(-1.0, -0.6)], 0.34, 0.08, 0.5, 0.6);
	lay([to(1.9, 0.2), to(2.3, 0.6), to(2.1, 1.1), to(2.5, 1.5)], 0.1, 0.03, 0.3);
	for (const k of [0, 1, 2])
		lay(
			[to(0.3 + k * 0.35, -0.9), to(0.1 + k * 0.35, -1.3), to(-0.2 + k * 0.35, -1.6)],
			0.14,
			0.03,
			0.3,
		);
	stroke(r, smoothCurve([to(0.55, -0.52), to(1.1, -0.58), to(1.7, -0.36)], 6), {
		radiusM: radiusM * 0.09,
		riseM: radiusM * 0.35,
		baseM: baseM + radiusM * 0.4,
		section: 'groove',
	});
	for (const x of [0.9, 1.2, 1.5]) lay([to(x, -0.42), to(x + 0.03, -0.56)], 0.08, 0.05, 0.75);
}
