import { smoothCurve } from './curve.ts';
import type { Vec2, Vec3 } from './mesh.ts';
import { blend, fractal, step } from './noise.ts';
import { ruyiCloud, spiral } from './ornament.ts';
import { normalPicture, paintPicture, png } from './picture.ts';
import { carve, heightAt, panel, type Relief, stroke, worn } from './relief.ts';
import { reliefDragon } from './relief-dragon.ts';

/** The stone seen from above: x to the right, y away from the writer. */
export const STONE = { widthM: 0.164, lengthM: 0.238 };

/** How far inside (below 0) or outside a rounded patch about `center` a point is, metres. */
function patch(x: number, y: number, center: Vec2, a: number, b: number, power: number): number {
	const [dx, dy] = [Math.abs(x - center[0]) / a, Math.abs(y - center[1]) / b];
	return ((dx ** power + dy ** power) ** (1 / power) - 1) * Math.min(a, b);
}

/** Signed distance to the edge of the grinding field 墨堂, metres. */
export function fieldEdge(x: number, y: number): number {
	return patch(x, y, [0, -0.034], 0.06, 0.068, 3.2);
}

/** Signed distance to the edge of the pool 墨池, metres. */
export function poolEdge(x: number, y: number): number {
	return patch(x, y + 5 * x * x, [0, 0.053], 0.05, 0.021, 2.4);
}

function clouds(r: Relief): void {
	const spots: readonly (readonly [number, number, number, boolean])[] = [
		[-0.05, 0.106, 0.024, false],
		[0.0, 0.108, 0.026, true],
		[0.046, 0.107, 0.024, true],
		[0.07, 0.086, 0.02, false],
		[-0.07, 0.088, 0.018, true],
		[0.025, 0.09, 0.022, false],
		[-0.071, 0.0, 0.016, false],
		[0.071, -0.012, 0.016, true],
		[-0.071, -0.045, 0.015, true],
		[0.071, -0.05, 0.015, false],
		[-0.06, -0.105, 0.022, false],
		[0.06, -0.105, 0.022, true],
		[-0.022, -0.11, 0.017, true],
		[0.022, -0.11, 0.017, false],
	];
	for (const [x, y, size, isFlipped] of spots) {
		for (const curl of ruyiCloud([x, y], size * 1.25, isFlipped)) {
			stroke(r, curl, { radiusM: size * 0.075, riseM: 0.0017, section: 'round' });
		}
		stroke(
			r,
			[
				[x, y],
				[x, y + size * 0.1],
			],
			{ radiusM: size * 0.5, riseM: 0.0008 },
		);
	}
}

function plumBlossom(r: Relief, center: Vec2, size: number, turn: number): void {
	for (let i = 0; i < 5; i++) {
		const a = turn + (i / 5) * 2 * Math.PI;
		const p: Vec2 = [center[0] + size * 0.52 * Math.cos(a), center[1] + size * 0.52 * Math.sin(a)];
		stroke(r, spiral(p, size * 0.4, 1, a), { radiusM: size * 0.14, riseM: 0.0009, baseM: 0.0012 });
		stroke(r, [center, p], { radiusM: size * 0.36, riseM: 0.0014 });
		const tip: Vec2 = [
			center[0] + size * 0.4 * Math.cos(a + 0.3),
			center[1] + size * 0.4 * Math.sin(a + 0.3),
		];
		stroke(r, [center, tip], { radiusM: size * 0.04, riseM: 0.0008, baseM: 0.0016 });
	}
	stroke(r, [center, [center[0] + 1e-5, center[1]]], {
		radiusM: size * 0.2,
		riseM: 0.0013,
		baseM: 0.0012,
	});
}

function plumBranch(r: Relief): void {
	const bough = smoothCurve<Vec2>(
		[
			[-0.052, -0.112],
			[-0.066, -0.085],
			[-0.0685, -0.05],
			[-0.066, -0.015],
			[-0.0705, 0.012],
		],
		10,
	);
	stroke(r, bough, {
		radiusM: (t) => 0.0036 - 0.0022 * t,
		riseM: 0.0026,
		detailM: (s, x) => 0.0003 * Math.sin(s * 2600 + x * 4),
	});
	for (const [x, y, size, turn] of [
		[-0.07, -0.07, 0.0074, 0.2],
		[-0.066, -0.034, 0.0066, 1],
		[-0.071, -0.004, 0.006, 0.5],
		[-0.061, -0.1, 0.007, 0.8],
	] as const) {
		plumBlossom(r, [x, y], size, turn);
	}
}

/** The carved top, metres over the rim's plane: field, pool, dragon in clouds, a plum branch. */
export function inkstoneRelief(): Relief {
	const r = panel(STONE.widthM, STONE.lengthM, 5200);
	clouds(r);
	plumBranch(r);
	carve(r, (x, y, h) => {
		const bank = Math.min(fieldEdge(x, y), poolEdge(x, y));
		return bank < 0.004 ? h * step(0.0005, 0.004, bank) : h;
	});
	carve(r, (x, y, h) => {
		const field =
			step(0.0012, -0.0025, fieldEdge(x, y)) * (0.0032 + 0.016 * Math.max(0, y + 0.06) ** 1.2);
		const pool = 0.0115 * step(0.0015, -0.012, poolEdge(x, y));
		const lip =
			0.0011 * step(0.0036, 0.0018, Math.abs(Math.min(fieldEdge(x, y), poolEdge(x, y)) - 0.0024));
		const hollow = 0.0007 * step(0.05, 0, Math.hypot(x - 0.006, y + 0.04));
		return h + lip - Math.max(field + hollow * (field > 0.002 ? 1 : 0), pool);
	});
	reliefDragon(r, {
		spine: [
			[-0.012, 0.081],
			[-0.036, 0.096],
			[-0.058, 0.09],
			[-0.0675, 0.068],
			[-0.0665, 0.045],
			[-0.0705, 0.022],
		],
		radiusM: 0.0072,
		baseM: (t) => 0.0012 - 0.002 * t,
		legs: [{ along: 0.3, side: 1 }],
		gazeRad: -0.35,
	});
	reliefDragon(r, {
		spine: [
			[0.043, 0.075],
			[0.066, 0.07],
			[0.0685, 0.045],
			[0.0655, 0.02],
			[0.07, -0.03],
			[0.0675, -0.07],
			[0.07, -0.098],
		],
		radiusM: 0.0056,
		baseM: (t) => 0.001 - 0.0012 * t,
		legs: [{ along: 0.35, side: -1 }],
		gazeRad: Math.PI + 0.4,
	});
	stroke(
		r,
		[
			[0.021, 0.074],
			[0.02101, 0.074],
		],
		{ radiusM: 0.006, riseM: 0.0055, baseM: -0.001 },
	);
	carve(r, (x, y, h) => {
		const edge = Math.max(Math.abs(x) - STONE.widthM / 2, Math.abs(y) - STONE.lengthM / 2);
		const border = 0.0012 * step(0.0018, 0.0008, Math.abs(edge + 0.004));
		const tool = step(-0.001, 0.001, Math.min(fieldEdge(x, y), poolEdge(x, y)));
		return h + border + (0.00002 + 0.0001 * tool) * fractal([x, y, 0], 0.006, 3, 101);
	});
	return worn(r, 0.00022);
}

const PURPLE: Vec3 = [0.3, 0.205, 0.225];
const DEEP: Vec3 = [0.2, 0.135, 0.155];
const PALE: Vec3 = [0.42, 0.335, 0.345];
const JADE: Vec3 = [0.42, 0.45, 0.36];
const INK: Vec3 = [0.045, 0.045, 0.05];

/** How much dried ink lies at a place, 0..1. */
function inkAt(r: Relief, x: number, y: number): number {
	const blot = fractal([x, y, 5], 0.03, 4, 103);
	const pool = step(0.0008, -0.005, poolEdge(x, y) + blot * 0.003);
	const film = step(0.042, 0.012, Math.hypot(x - 0.004, (y + 0.022) * 0.8) + blot * 0.02) * 0.62;
	const ring =
		step(0.0022, 0.0004, Math.abs(fieldEdge(x, y) + 0.0035)) * step(-0.2, 0.4, blot) * 0.5;
	return (
		Math.max(pool, film * (fieldEdge(x, y) < 0 ? 1 : 0), ring) *
		(heightAt(r, x, y) < 0.0012 ? 1 : 0.1)
	);
}

/** Colour, fine relief and roughness pictures of the top. */
export async function inkstoneSkin(r: Relief) {
	const soft = worn(r, 0.0016);
	const smooth = worn(r, 0.0006);
	const at = (x: number, y: number): Vec2 => [(x - 0.5) * r.widthM, (0.5 - y) * r.heightM];
	const color = paintPicture(850, 1236, (u, v) => {
		const [x, y] = at(u, v);
		const vein = fractal([x + y * 0.3, y * 0.35, 7], 0.05, 5, 105);
		const fleck = fractal([x, y, 8], 0.0022, 3, 107);
		let c = blend(PURPLE, DEEP, step(-0.2, 0.4, vein));
		const eye = Math.hypot(x - 0.034, y + 0.078);
		c = blend(
			c,
			JADE,
			step(0.0042, 0.0034, eye) * 0.75 - step(0.0016, 0.001, Math.abs(eye - 0.0022)) * 0.4,
		);
		const crest = heightAt(r, x, y) - heightAt(soft, x, y);
		c = blend(c, PALE, step(0.0002, 0.0011, crest) * 0.55);
		c = blend(c, [0.12, 0.085, 0.1], step(-0.0001, -0.0009, crest) * 0.7);
		const tone = 1 + 0.16 * fleck;
		return blend([c[0] * tone, c[1] * tone, c[2] * tone], INK, inkAt(r, x, y) * 0.93);
	});
	const rough = paintPicture(425, 618, (u, v) => {
		const [x, y] = at(u, v);
		const ink = inkAt(r, x, y);
		const polish = step(0.0005, -0.002, fieldEdge(x, y));
		const scratch = 0.06 * fractal([x * 4, y * 0.5, 3], 0.004, 3, 111);
		return [0, 0.66 - 0.3 * polish + scratch - 0.18 * ink, 0];
	});
	const fine: Relief = { ...r, data: r.data.map((h, i) => h - (smooth.data[i] ?? 0)) };
	return {
		baseColorPng: await png(color),
		normalPng: await png(normalPicture(fine, 1)),
		metalRoughPng: await png(rough),
	};
}
