import type { DemoMaterial, DemoPart } from '../demo-part.ts';
import { softCorners } from '../surface/curve.ts';
import { finish, type Piece } from '../surface/finish.ts';
import { gridSurface } from '../surface/grid-surface.ts';
import { inkstoneRelief, inkstoneSkin, STONE } from '../surface/inkstone-carving.ts';
import { handledWood, timber } from '../surface/matter.ts';
import { displace, type Mesh, merge, place, tint, type Vec2, type Vec3 } from '../surface/mesh.ts';
import { blend, fractal, step } from '../surface/noise.ts';
import { pose } from '../surface/pose.ts';
import { rectBody } from '../surface/rect-body.ts';
import { heightAt, type Relief } from '../surface/relief.ts';
import { block, board } from '../surface/solid.ts';

/** The rim of the stone over the table; the stone sits this deep in its tray. */
const RIM_M = 0.051;
const SEAT_M = 0.018;

/** A point of the stone's outline in direction (a, b) of the unit square's edge: softly squared. */
function outline(a: number, b: number): Vec2 {
	const bulge = (1 / (Math.abs(a) ** 7 + Math.abs(b) ** 7)) ** (1 / 7);
	const hand = 1 + 0.006 * fractal([a * 1.3, b * 1.3, 0], 1, 2, 121);
	return [a * bulge * (STONE.widthM / 2) * hand, b * bulge * (STONE.lengthM / 2) * hand];
}

/** Drop of the top towards the rounded outer edge, by share 0..1 from the middle to the outline. */
function shoulder(k: number): number {
	const over = Math.max(0, (k - 0.955) / 0.045);
	return 0.0042 * (1 - Math.sqrt(Math.max(0, 1 - over * over)));
}

function top(relief: Relief): Mesh {
	return gridSurface({
		columns: 236,
		rows: 340,
		at: (u, v) => {
			const [a, b] = [u * 2 - 1, v * 2 - 1];
			const k = Math.max(Math.abs(a), Math.abs(b));
			const [x, y] = k > 0 ? outline(a / k, b / k) : [0, 0];
			const [px, py] = [x * k, y * k];
			return [px, RIM_M + heightAt(relief, px, py) * step(1, 0.97, k) - shoulder(k), -py];
		},
		uv: (u, v) => {
			const [a, b] = [u * 2 - 1, v * 2 - 1];
			const k = Math.max(Math.abs(a), Math.abs(b));
			const [x, y] = k > 0 ? outline(a / k, b / k) : [0, 0];
			const clip = (t: number) => Math.min(0.999, Math.max(0.001, t));
			return [clip((x * k) / STONE.widthM + 0.5), clip(0.5 - (y * k) / STONE.lengthM)];
		},
	});
}

/** A point of the unit square's edge, walked clockwise seen from above. */
function square(t: number): Vec2 {
	const s = (t % 1) * 4;
	const k = (s % 1) * 2 - 1;
	const sides: readonly Vec2[] = [
		[k, -1],
		[1, k],
		[-k, 1],
		[-1, -k],
	];
	return sides[Math.min(3, Math.floor(s))] ?? [0, -1];
}

function wall(): Mesh {
	const side = gridSurface({
		columns: 640,
		rows: 22,
		at: (u, v) => {
			const [x, y] = outline(...square(u));
			const depth = RIM_M - 0.0042 - SEAT_M + 0.004;
			const belly = 1 - 0.012 * (1 - v) * (1 - v);
			return [x * belly, SEAT_M - 0.004 + v * depth, -y * belly];
		},
	});
	return displace(side, ({ p }) => {
		const chisel = fractal([p[0], p[1] * 0.5, p[2]], 0.008, 3, 123);
		const fade = step(RIM_M - 0.0045, RIM_M - 0.009, p[1]);
		return fade * (0.0006 * chisel - 0.0016 * step(0.18, 0.4, fractal(p, 0.02, 3, 125)));
	});
}

function slate({ p }: { p: Vec3 }, open: number): Vec3 {
	const bed = fractal([p[0] * 0.4, p[1] * 3, p[2] * 0.4], 0.02, 4, 127);
	const c = blend([0.3, 0.205, 0.225], [0.19, 0.125, 0.145], step(-0.3, 0.3, bed));
	const tone = (0.4 + 0.6 * open) * (1 + 0.15 * fractal(p, 0.003, 3, 129));
	return [c[0] * tone, c[1] * tone, c[2] * tone];
}

const LIGHT: Vec3 = [0.3, 0.15, 0.08];
const DARK: Vec3 = [0.11, 0.05, 0.03];

function tray(): Mesh {
	const [hw, hl] = [STONE.widthM / 2, STONE.lengthM / 2];
	const profile: Vec2[] = softCorners(
		[
			[0.02, 0.008],
			[0.007, 0.008],
			[0.009, 0.012],
			[0.0115, 0.0135],
			[0.0115, 0.0215],
			[0.0095, 0.0255],
			[0.0035, 0.0255],
			[0.002, 0.021],
			[0.0015, 0.017],
			[-0.01, 0.017],
			[-hw, 0.017],
		],
		0.0012,
	);
	const body = rectBody({
		levels: profile.map(
			([out, y]): Vec3 => [
				Math.max(0, hw + (out > 0.0195 ? -0.02 : out)),
				Math.max(0.0, hl + (out > 0.0195 ? -0.02 : out)),
				y,
			],
		),
		cornerM: 0.02,
		across: { front: 60, side: 90, back: 60 },
		carvingM: () => 0,
	});
	const half: Vec2[] = softCorners(
		[
			[0, 0.002],
			[0.012, 0],
			[0.016, 0.003],
			[0.021, 0.0015],
			[0.026, 0.005],
			[0.031, 0.0085],
			[0.036, 0.0095],
			[0.04, 0.01],
			[0.04, 0.011],
			[0, 0.011],
		],
		0.001,
	);
	const foot = board(half, 0.006, 0.0008);
	const feet = [1, -1].flatMap((x) =>
		[1, -1].flatMap((z) => {
			const long = pose({
				at: [x * (hw + 0.006), 0, z * (hl + 0.006) - (z > 0 ? 0.006 : 0)],
				scale: [-x, 1, 1],
			});
			const short = pose({
				at: [x * (hw + 0.006) - (x > 0 ? 0 : -0.006), 0, z * (hl + 0.006)],
				turnRad: [0, -Math.PI / 2, 0],
				scale: [-z, 1, 1],
			});
			return [place(foot, long), place(foot, short)];
		}),
	);
	const under = place(
		block([STONE.widthM, 0.004, STONE.lengthM], 0.001),
		pose({ at: [0, 0.0095, 0] }),
	);
	return tint(merge([body, ...feet, under]), ({ p }) => timber(p, 2, LIGHT, DARK, 7));
}

const SLATE: DemoMaterial = {
	name: 'purple-slate',
	baseColor: [1, 1, 1, 1],
	roughness: 0.68,
	metalness: 0,
};
const ROSEWOOD: DemoMaterial = {
	name: 'rosewood',
	baseColor: [1, 1, 1, 1],
	roughness: 0.42,
	metalness: 0,
};

/** 紫石砚 (示例): a purple slate inkstone, dragon and plum about a pool, in its tray; 0.26 m long. */
export async function inkstone(): Promise<DemoPart[]> {
	const relief = inkstoneRelief();
	const skin = await inkstoneSkin(relief);
	const pieces: Piece[] = [
		{
			material: { ...SLATE, ...skin, name: 'carved-slate', roughness: 1, metalness: 1 },
			mesh: top(relief),
			isTextured: true,
			age: (_, open) => [0.42 + 0.58 * open, 0.42 + 0.58 * open, 0.42 + 0.58 * open],
		},
		{ material: SLATE, mesh: wall(), age: slate },
		{ material: ROSEWOOD, mesh: tray(), age: handledWood },
	];
	return finish(pieces, 0.012);
}
