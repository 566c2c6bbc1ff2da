import { smoothCurve } from './curve.ts';
import { gridSurface } from './grid-surface.ts';
import { type Mesh, merge, place, type Vec3 } from './mesh.ts';
import { pose } from './pose.ts';
import { sweep } from './sweep.ts';

type Side = 1 | -1;

/** A ball of `radiusM` squashed by `squash` on each axis. */
export function ball(center: Vec3, radiusM: number, squash: Vec3 = [1, 1, 1], sides = 18): Mesh {
	return gridSurface({
		columns: sides,
		rows: Math.ceil(sides / 2),
		at: (u, v) => {
			const a = (u % 1) * 2 * Math.PI;
			const b = (v - 0.5) * Math.PI;
			const r = v === 0 || v === 1 ? 0 : Math.cos(b);
			return [
				center[0] + radiusM * squash[0] * r * Math.sin(a),
				center[1] + radiusM * squash[1] * Math.sin(b),
				center[2] + radiusM * squash[2] * r * Math.cos(a),
			];
		},
	});
}

/** A strand from thick to nothing through `points`: horns, whiskers, locks of a mane. */
export function strand(
	points: readonly Vec3[],
	radiusM: number,
	sides = 8,
	ripple = 0,
	perSpan = 6,
): Mesh {
	const path = smoothCurve(points, perSpan);
	return sweep(path, {
		sides,
		radiusM: (t) => radiusM * (1 - t) ** 0.7 * (1 + ripple * Math.sin(t * 60)) + radiusM * 0.06,
	});
}

function skull(detail: number): Mesh[] {
	const path = smoothCurve<Vec3>(
		[
			[0, 0, -0.45],
			[0, 0.04, -0.15],
			[0, 0.04, 0.15],
			[0, -0.01, 0.42],
			[0, 0.03, 0.66],
			[0, 0.02, 0.8],
		],
		Math.round(8 * detail),
	);
	const widths = [0.2, 0.29, 0.28, 0.19, 0.2, 0.1];
	const width = (t: number) => {
		const at = Math.min(4.999, t * 5);
		const k = Math.floor(at);
		const s = at - k;
		const e = s * s * (3 - 2 * s);
		return (widths[k] ?? 0) + ((widths[k + 1] ?? 0) - (widths[k] ?? 0)) * e;
	};
	const upper = sweep(path, {
		sides: Math.round(36 * detail),
		up: [0, 1, 0],
		flatten: 1.08,
		radiusM: (t, a) =>
			width(t) * (Math.cos(a) < -0.2 ? 0.55 : 0.86) +
			0.012 * Math.cos(a) * Math.sin(t * 50) * (t > 0.45 ? 1 : 0),
	});
	const jaw = sweep(
		smoothCurve<Vec3>(
			[
				[0, -0.14, -0.2],
				[0, -0.22, 0.1],
				[0, -0.3, 0.42],
				[0, -0.27, 0.62],
			],
			Math.round(8 * detail),
		),
		{
			sides: Math.round(20 * detail),
			up: [0, 1, 0],
			flatten: 1.7,
			radiusM: (t) => 0.105 - 0.03 * t,
		},
	);
	const tongue = strand(
		[
			[0, -0.14, 0.1],
			[0, -0.17, 0.45],
			[0, -0.09, 0.68],
			[0, -0.16, 0.78],
		],
		0.06,
	);
	return [upper, jaw, tongue];
}

interface Lock {
	/** On the dragon's left (+x); the other side is its mirror image. */
	readonly points: readonly Vec3[];
	readonly radius: number;
	readonly ripple?: number;
}

/** Brow, horn, ear, whisker, beard and cheek tuft of one side; the head is 1 long. */
const LOCKS: readonly Lock[] = [
	{
		points: [
			[0.1, 0.2, 0.34],
			[0.22, 0.28, 0.22],
			[0.27, 0.24, 0.04],
			[0.3, 0.3, -0.1],
		],
		radius: 0.06,
	},
	{
		points: [
			[0.11, 0.24, 0.02],
			[0.16, 0.42, -0.18],
			[0.22, 0.52, -0.5],
			[0.17, 0.66, -0.8],
		],
		radius: 0.065,
		ripple: 0.12,
	},
	{
		points: [
			[0.25, 0.08, -0.05],
			[0.42, 0.14, -0.16],
			[0.5, 0.1, -0.36],
		],
		radius: 0.075,
	},
	{
		points: [
			[0.15, 0.02, 0.7],
			[0.32, 0.06, 0.74],
			[0.42, -0.04, 0.5],
			[0.5, 0.02, 0.3],
		],
		radius: 0.03,
	},
	{
		points: [
			[0.06, -0.32, 0.5],
			[0.1, -0.46, 0.44],
			[0.08, -0.6, 0.26],
		],
		radius: 0.045,
	},
	{
		points: [
			[0.18, -0.16, 0.05],
			[0.27, -0.28, 0],
			[0.26, -0.44, -0.16],
		],
		radius: 0.06,
	},
];

function teethAndMane(): Lock[] {
	const teeth = [0.25, 0.38, 0.5, 0.6].map((z, i): Lock => {
		const x = 0.13 - z * 0.03;
		const points: Vec3[] = [
			[x, -0.07, z],
			[x + 0.01, -0.13, z],
			[x, -0.19, z + 0.01],
		];
		return { points, radius: i === 3 ? 0.035 : 0.022 };
	});
	const mane = [0, 1, 2, 3, 4].map((i): Lock => {
		const y = 0.2 - i * 0.11;
		const points: Vec3[] = [
			[0.17, y, -0.2],
			[0.3, y + 0.1, -0.4],
			[0.33 + i * 0.02, y + 0.02, -0.65],
			[0.4, y + 0.16 - i * 0.05, -0.9],
		];
		return { points, radius: 0.075 };
	});
	return [...teeth, ...mane];
}

function features(s: Side, detail: number): Mesh[] {
	const mirrored = (p: Vec3): Vec3 => [p[0] * s, p[1], p[2]];
	const round = Math.round(18 * detail);
	const sides = Math.max(5, Math.round(7 * detail));
	const locks = [...LOCKS, ...teethAndMane()].map(({ points, radius, ripple = 0 }) =>
		strand(points.map(mirrored), radius, sides, ripple, Math.round(6 * detail)),
	);
	return [
		...locks,
		ball(mirrored([0.19, 0.15, 0.2]), 0.085, [0.8, 1, 1], round),
		ball(mirrored([0.235, 0.16, 0.225]), 0.035, [1, 1, 1], round),
		ball(mirrored([0.1, 0.13, 0.72]), 0.075, [1, 0.9, 1], round),
	];
}

/**
 * A dragon's head about `lengthM` long: snout along +Z, brow +Y, neck at the origin's back. Made of
 * closed, overlapping bodies, as a caster joins wax. `detail` below 1 saves vertices on small ones.
 */
export function dragonHead(lengthM: number, detail = 1): Mesh {
	const whole = merge([...skull(detail), ...features(1, detail), ...features(-1, detail)]);
	return place(whole, pose({ scale: lengthM }));
}
