import { smoothCurve, softCorners } from './curve.ts';
import { ball, dragonHead, strand } from './dragon.ts';
import { timber } from './matter.ts';
import { displace, type Mesh, merge, place, tint, type Vec2, type Vec3 } from './mesh.ts';
import { fractal } from './noise.ts';
import { pose } from './pose.ts';
import { revolve } from './revolve.ts';
import { block, board } from './solid.ts';
import { sweep } from './sweep.ts';

const GOLD: Vec3 = [0.83, 0.6, 0.24];
const LACQUER: Vec3 = [0.45, 0.055, 0.045];
const POLE_Z = -0.02;

/** A lathe-turned piece about the pole. */
function turned(
	outline: readonly Vec2[],
	at: number,
	segments = 40,
	swell?: (a: number, k: number) => number,
): Mesh {
	const soft = softCorners(outline, 0.004);
	return place(revolve(soft, { segments, ...(swell && { swell }) }), pose({ at: [0, at, POLE_Z] }));
}

/** The finial: a lotus, a gourd, and a flame round a pearl. */
function finial(fromM: number): Mesh {
	const lotus = turned(
		[
			[0.014, 0],
			[0.03, 0.008],
			[0.05, 0.03],
			[0.058, 0.055],
			[0.04, 0.05],
			[0.012, 0.046],
		],
		fromM,
		96,
		(a, k) => 1 + 0.12 * k * Math.abs(Math.cos(a * 4)),
	);
	const gourd = turned(
		smoothCurve<Vec2>(
			[
				[0.012, 0.04],
				[0.034, 0.06],
				[0.038, 0.085],
				[0.02, 0.112],
				[0.016, 0.122],
				[0.027, 0.14],
				[0.024, 0.16],
				[0.01, 0.176],
				[0, 0.182],
			],
			6,
		),
		fromM,
	);
	const pearl = ball([0, fromM + 0.225, POLE_Z], 0.03, [1, 1, 0.7], 36);
	const flames = Array.from({ length: 9 }, (_, i) => {
		const a = -0.35 + (i / 8) * (Math.PI + 0.7);
		const [c, s] = [Math.cos(a), Math.sin(a)];
		const to = (r: number, turn: number): Vec3 => [
			r * Math.cos(a + turn),
			fromM + 0.225 + r * Math.sin(a + turn),
			POLE_Z,
		];
		const reach = 0.058 + 0.05 * Math.max(0, s) + 0.004 * c;
		return strand(
			[to(0.024, 0), to(0.042, 0.22), to(reach * 0.85, -0.02), to(reach, 0.14)],
			0.0125,
			8,
		);
	});
	return merge([lotus, gourd, pearl, ...flames]);
}

/** The carved cloud board over the bar. */
function cloudBoard(barM: number, z: number): Mesh[] {
	const half = smoothCurve<Vec2>(
		[
			[0, 0.2],
			[0.028, 0.155],
			[0.07, 0.15],
			[0.085, 0.115],
			[0.07, 0.095],
			[0.115, 0.105],
			[0.165, 0.085],
			[0.17, 0.052],
			[0.215, 0.062],
			[0.265, 0.04],
			[0.27, 0.016],
		],
		8,
	);
	const right = half.slice(1);
	const left = half.slice(1).map(([x, y]): Vec2 => [-x, y]);
	const outline: Vec2[] = [...left, [-0.27, 0], [0.27, 0], ...right.reverse(), [0, 0.2]];
	const plate = place(board(outline, 0.018, 0.004), pose({ at: [0, barM + 0.016, z - 0.009] }));
	const rim = smoothCurve<Vec3>(
		half.map(([x, y]): Vec3 => [x * 0.9, barM + 0.016 + y * 0.86, z + 0.009]),
		2,
	);
	const curls = [-1, 1].flatMap((s) => [
		sweep(
			rim.map(([x, y, d]): Vec3 => [s * x, y, d]),
			{ sides: 6, radiusM: 0.0036 },
		),
		...[
			[0.05, 0.12, 0.022],
			[0.13, 0.066, 0.024],
			[0.22, 0.034, 0.02],
		].map(([x = 0, y = 0, r = 0]) => {
			const turns = Array.from({ length: 28 }, (_, i): Vec3 => {
				const t = i / 27;
				const a = t * 2.6 * Math.PI * s + 0.4;
				return [
					s * x + r * (0.12 + 0.88 * t) * Math.cos(a),
					barM + 0.016 + y + r * (0.12 + 0.88 * t) * Math.sin(a),
					z + 0.009,
				];
			});
			return sweep(turns, { sides: 6, radiusM: 0.0042 });
		}),
	]);
	const jewel = ball([0, barM + 0.085, z + 0.008], 0.03, [1, 1.15, 0.5], 36);
	return [tint(plate, GOLD), tint(merge(curls), GOLD), tint(jewel, [0.1, 0.36, 0.34])];
}

/** The stand: two crossed, curved feet and a turned socket. */
function stand(): Mesh {
	const half = smoothCurve<Vec2>(
		[
			[0.05, 0.17],
			[0.09, 0.12],
			[0.17, 0.105],
			[0.26, 0.085],
			[0.33, 0.07],
			[0.372, 0.085],
			[0.385, 0.06],
		],
		8,
	);
	const under: Vec2[] = [
		[0.385, 0.012],
		[0.375, 0],
		[0.29, 0],
		[0.27, 0.018],
		[0.12, 0.03],
	];
	const right = [...under.slice().reverse(), ...half.slice().reverse()];
	const left = right
		.slice()
		.reverse()
		.map(([x, y]): Vec2 => [-x, y]);
	const foot = board([...right, ...left], 0.06, 0.005);
	const light: Vec3 = [0.36, 0.21, 0.12];
	const dark: Vec3 = [0.14, 0.075, 0.04];
	const centred = place(foot, pose({ at: [0, 0, -0.03] }));
	const grained = tint(centred, ({ p }) => timber(p, 0, light, dark, 1));
	const both = [0, Math.PI / 2].map((turn) =>
		place(grained, pose({ at: [0, turn > 0 ? 0.0006 : 0, POLE_Z], turnRad: [0, turn + 0.0, 0] })),
	);
	const socket = turned(
		[
			[0.07, 0.1],
			[0.075, 0.16],
			[0.06, 0.18],
			[0.042, 0.19],
			[0.034, 0.24],
			[0.04, 0.262],
			[0.034, 0.28],
			[0.012, 0.281],
		],
		0,
	);
	const core = place(block([0.11, 0.12, 0.11], 0.006, 0.02), pose({ at: [0, 0.08, POLE_Z] }));
	const solid = [socket, core].map((m) => tint(m, ({ p }) => timber(p, 1, light, dark, 3)));
	return displace(merge([...both, ...solid]), ({ p }) => 0.0005 * fractal(p, 0.03, 3, 199));
}

/** Everything that carries the silk: `barM` is the height of the bar, `z` its place before the pole. */
export function bannerPole(barM: number, z: number): { gilt: Mesh; lacquer: Mesh; wood: Mesh } {
	const topM = barM + 0.27;
	const shaft = Array.from(
		{ length: 91 },
		(_, i): Vec3 => [0, 0.2 + ((topM - 0.2) * i) / 90, POLE_Z],
	);
	const pole = sweep(shaft, {
		sides: 28,
		radiusM: (t) => 0.0165 - 0.0035 * t + 0.0003 * Math.sin(t * 40),
	});
	const bar = sweep(
		Array.from({ length: 61 }, (_, i): Vec3 => [-0.53 + (1.06 * i) / 60, barM, z - 0.012]),
		{ sides: 22, radiusM: 0.0125 },
	);
	const rings = [0.29, 0.9, 1.5, 2.0, barM - 0.09, barM + 0.13].map((y) =>
		turned(
			[
				[0.012, -0.014],
				[0.0205, -0.012],
				[0.0225, 0],
				[0.0205, 0.012],
				[0.012, 0.014],
			],
			y,
		),
	);
	const heads = [-1, 1].flatMap((s) => [
		place(
			dragonHead(0.15, 0.85),
			pose({ at: [s * 0.545, barM + 0.005, z - 0.012], turnRad: [-0.12, (s * Math.PI) / 2, 0] }),
		),
		strand(
			[
				[s * 0.62, barM - 0.045, z - 0.012],
				[s * 0.622, barM - 0.055, z - 0.014],
				[s * 0.62, barM - 0.075, z - 0.02],
			],
			0.003,
			8,
		),
	]);
	const clasp = place(block([0.06, 0.05, 0.075], 0.008, 0.01), pose({ at: [0, barM, z - 0.032] }));
	const board_ = cloudBoard(barM, z - 0.012);
	return {
		gilt: merge([
			...[finial(topM - 0.005), ...rings, ...heads, clasp].map((m) => tint(m, GOLD)),
			...board_,
		]),
		lacquer: tint(
			displace(merge([pole, bar]), ({ p }) => 0.0004 * fractal(p, 0.05, 3, 201)),
			LACQUER,
		),
		wood: stand(),
	};
}
