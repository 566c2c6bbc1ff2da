import type { DemoMaterial, DemoPart } from '../demo-part.ts';
import { smoothCurve, softCorners } from '../surface/curve.ts';
import { cradles, hammered, ringFork } from '../surface/drum-iron.ts';
import { drumPaint } from '../surface/drum-paint.ts';
import { finish, type Piece } from '../surface/finish.ts';
import { gridSurface } from '../surface/grid-surface.ts';
import { handledWood, oldIron, timber } from '../surface/matter.ts';
import { displace, type Mesh, merge, place, tint, type Vec2, type Vec3 } from '../surface/mesh.ts';
import { blend, fractal, noise, step } from '../surface/noise.ts';
import { pose } from '../surface/pose.ts';
import { rectBody } from '../surface/rect-body.ts';
import { revolve } from '../surface/revolve.ts';
import { ring, sweep } from '../surface/sweep.ts';
import { pompon, tassel } from '../surface/textile.ts';

/** The hoop: height of its middle over the table and radius, metres. */
const CENTER_M = 0.6;
const HOOP_M = 0.19;

/** Fan-shaped, a little wider than high, as the old hand-bent hoops are. */
function bent(angleRad: number): Vec2 {
	const r = HOOP_M * (1 + 0.022 * Math.cos(2 * angleRad) + 0.006 * Math.cos(3 * angleRad + 1));
	return [r * Math.cos(angleRad), r * Math.sin(angleRad) * 0.985];
}

/** The skin: pulled over the hoop, sagging, puckered at the edge; `side` 1 front, −1 the back. */
function skin(side: 1 | -1): Mesh {
	return gridSurface({
		columns: 360,
		rows: side > 0 ? 80 : 54,
		at: (u, v) => {
			const angle = side * (u % 1) * 2 * Math.PI;
			const k = side > 0 ? 1 - v : 1 - v;
			const [x, y] = bent(angle);
			const over = side > 0 ? step(0.955, 1, k) : 0;
			const pucker =
				step(0.78, 0.97, k) *
				(0.0008 * Math.sin(angle * 58 + 2 * noise(angle * 3, 0, 0)) +
					0.0006 * fractal([x * k, y * k, 0], 0.02, 3, 171));
			const sag = -0.0032 * (1 - k * k) + 0.0008 * fractal([x * k, y * k, 2], 0.09, 3, 173);
			const wrap = Math.sin(over * Math.PI * 0.5);
			const z =
				side > 0
					? 0.0065 + (sag + pucker) * (1 - wrap) - 0.011 * (1 - Math.cos(over * Math.PI * 0.5))
					: 0.0055 + sag + pucker;
			const reach = side > 0 ? k + 0.03 * wrap * (k - 0.955) * 22 : k * 0.985;
			return [x * reach, CENTER_M + y * reach, z];
		},
		uv: (u, v) => {
			const angle = side * (u % 1) * 2 * Math.PI;
			const k = (1 - v) * 0.5;
			return [0.5 + k * Math.cos(angle) * 0.985, 0.5 - k * Math.sin(angle) * 0.985];
		},
	});
}

function hoop(): Mesh {
	const steps = 240;
	const path = Array.from({ length: steps + 1 }, (_, i): Vec3 => {
		const [x, y] = bent(((i % steps) / steps) * 2 * Math.PI);
		return [x * 0.985, CENTER_M + y * 0.985, -0.0005];
	});
	return hammered(
		sweep(path, {
			sides: 20,
			closed: true,
			up: [0, 0, 1],
			flatten: 0.52,
			radiusM: (_, a) => 0.0072 * (0.86 + 0.14 * Math.cos(4 * a)),
		}),
		0.00045,
	);
}

const RED: Vec3 = [0.62, 0.1, 0.07];
const INDIGO: Vec3 = [0.13, 0.17, 0.33];

/** The handle: an iron core under a cotton strip wound upward, each turn over the last. */
function handle(): Mesh {
	const [low, high] = [0.205, CENTER_M - HOOP_M + 0.012];
	const path = Array.from({ length: 301 }, (_, i): Vec3 => [0, low + ((high - low) * i) / 300, 0]);
	const turns = 15;
	const wound = (t: number, a: number) => (((t * turns + a / (2 * Math.PI)) % 1) + 1) % 1;
	const bare = sweep(path, {
		sides: 64,
		radiusM: (t, a) => {
			const lap = wound(t, a);
			const belly = 0.0105 + 0.0022 * Math.sin(t * Math.PI);
			return belly + 0.0012 * lap - 0.0009 * step(0.06, 0, lap) + 0.0002 * Math.sin(lap * 60);
		},
	});
	return tint(bare, ({ p, uv }) => {
		const t = (p[1] - low) / (high - low);
		const angle = Math.atan2(p[2], p[0]);
		const weave = 0.5 + 0.5 * noise(angle * 40, p[1] * 2600, 0, 5);
		const worn =
			step(-0.1, 0.4, fractal(p, 0.03, 3, 175)) * step(0.1, 0.35, t) * step(0.95, 0.6, t);
		const cloth = t < 0.1 || t > 0.9 ? INDIGO : blend(RED, [0.5, 0.24, 0.17], worn * 0.8);
		const tone = 0.72 + 0.36 * weave + 0 * uv[0];
		return [cloth[0] * tone, cloth[1] * tone, cloth[2] * tone];
	});
}

function wool(): Mesh {
	const colors: readonly Vec3[] = [
		[0.74, 0.09, 0.08],
		[0.85, 0.6, 0.09],
		[0.1, 0.42, 0.28],
		[0.83, 0.3, 0.4],
		[0.13, 0.28, 0.58],
	];
	const around = [0.2, 0.55, 0.95, 1.3, Math.PI / 2 + 0.27 + 0.35, 2.55, 2.94];
	const tufts = around.map((angle, i) => {
		const [x, y] = bent(angle);
		const at: Vec3 = [x * 1.075, CENTER_M + y * 1.075, 0.002];
		return place(pompon(i === 3 ? 0.021 : 0.019, colors[i % 5] as Vec3, i + 1), pose({ at }));
	});
	const tassels = [-1, 1].map((s) => {
		const cord = smoothCurve<Vec3>(
			[
				[s * 0.008, 0.415, 0.01],
				[s * 0.03, 0.405, 0.016],
				[s * 0.042, 0.375, 0.018],
				[s * 0.044, 0.345, 0.018],
			],
			10,
		);
		const tone: Vec3 = [0.86, 0.1, 0.08];
		const silk = tassel({
			lengthM: 0.135,
			radiusM: 0.0125,
			strands: 90,
			color: tone,
			knot: [0.8, 0.58, 0.12],
			seed: 30 + s,
		});
		return merge([
			tint(sweep(cord, { sides: 10, radiusM: 0.0019 }), tone),
			place(silk, pose({ at: [s * 0.044, 0.346, 0.018] })),
		]);
	});
	const lashing = Array.from({ length: 5 }, (_, i) =>
		tint(
			place(
				ring(0.0145, 0.0028, 40, 10),
				pose({
					at: [0, 0.4 + i * 0.0045, 0],
					turnRad: [Math.PI / 2 + 0.12 * (i % 2 ? 1 : -1), 0, 0],
				}),
			),
			[0.66, 0.46, 0.1],
		),
	);
	return merge([...tufts, ...tassels, ...lashing]);
}

/** The stand's foot: a moulded elm plinth. */
function plinth(): Mesh {
	const outline = softCorners(
		[
			[-0.04, 0],
			[0, 0],
			[0, 0.007],
			[-0.006, 0.011],
			[-0.006, 0.0135],
			[-0.012, 0.019],
			[-0.015, 0.024],
			[-0.024, 0.024],
			[-0.034, 0.024],
			[-0.044, 0.024],
			[-0.054, 0.024],
			[-0.064, 0.024],
			[-0.08, 0.024],
		],
		0.0025,
	);
	const body = rectBody({
		levels: outline.map(([inset, y]): Vec3 => [0.15 + inset, 0.08 + inset, y]),
		cornerM: 0.03,
		across: { front: 120, side: 60, back: 120 },
		carvingM: () => 0,
	});
	const sockets = [-1, 1].map((s) =>
		place(
			revolve(
				[
					[0.012, 0.02],
					[0.0115, 0.028],
					[0.007, 0.031],
					[0.005, 0.034],
					[0, 0.034],
				],
				{ segments: 40 },
			),
			pose({ at: [s * 0.05, 0, -0.035] }),
		),
	);
	return tint(
		displace(merge([body, ...sockets]), ({ p }) => 0.0003 * fractal(p, 0.02, 3, 177)),
		({ p }) => timber(p, 0, [0.36, 0.22, 0.13], [0.15, 0.08, 0.045], 3),
	);
}

const matte = (name: string, roughness: number, metalness = 0): DemoMaterial => ({
	name,
	baseColor: [1, 1, 1, 1],
	roughness,
	metalness,
});

/** 太平鼓 (示例): a long-handled fan drum of iron and painted skin on its stand; 0.8 m high. */
export async function fanDrum(): Promise<DemoPart[]> {
	const paint = await drumPaint();
	const veil = (_: unknown, open: number): Vec3 => [
		0.35 + 0.65 * open,
		0.3 + 0.7 * open,
		0.26 + 0.74 * open,
	];
	const pieces: Piece[] = [
		{
			material: { ...matte('painted-skin', 1), ...paint },
			mesh: skin(1),
			isTextured: true,
			age: veil,
		},
		{
			material: matte('raw-skin', 0.75),
			mesh: tint(skin(-1), ({ p }) =>
				blend([0.66, 0.54, 0.36], [0.42, 0.3, 0.17], 0.5 + fractal(p, 0.07, 5, 179)),
			),
		},
		{
			material: matte('iron', 0.55, 0.8),
			mesh: merge([hoop(), ringFork(), cradles(CENTER_M, HOOP_M * 0.985)]),
			age: oldIron,
		},
		{ material: matte('cloth', 0.95), mesh: merge([handle(), wool()]) },
		{ material: matte('elm', 0.55), mesh: plinth(), age: handledWood },
	];
	return finish(pieces, 0.04);
}
