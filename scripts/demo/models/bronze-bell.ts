import type { DemoMaterial, DemoPart } from '../demo-part.ts';
import { bellFrame } from '../surface/bell-frame.ts';
import { bellRelief, bellSkin, PANEL } from '../surface/bell-skin.ts';
import { evenSteps, smoothCurve } from '../surface/curve.ts';
import { ball, dragonHead } from '../surface/dragon.ts';
import { finish, type Piece } from '../surface/finish.ts';
import { gridSurface } from '../surface/grid-surface.ts';
import { handledWood, oldBronze, oldIron } from '../surface/matter.ts';
import { displace, type Mesh, merge, place, type Vec2, type Vec3 } from '../surface/mesh.ts';
import { fractal, step } from '../surface/noise.ts';
import { scales } from '../surface/ornament.ts';
import { pose } from '../surface/pose.ts';
import { heightAt, type Relief } from '../surface/relief.ts';
import { revolve } from '../surface/revolve.ts';
import { ring, sweep } from '../surface/sweep.ts';

/** The mouth of the bell hangs this high over the table, metres. */
const HANG_M = 0.17;

/** Radius and height of the outer wall, mouth to crown. */
const WALL = evenSteps(
	smoothCurve<Vec2>(
		[
			[0.213, 0],
			[0.196, 0.035],
			[0.18, 0.1],
			[0.172, 0.18],
			[0.166, 0.27],
			[0.158, 0.34],
			[0.138, 0.395],
			[0.1, 0.425],
			[0.05, 0.438],
			[0, 0.441],
		],
		12,
	),
	0.0005,
);

/** Eight waves (八波) of the mouth: how far a lobe hangs down at this angle, 0..1. */
function lobe(angleRad: number): number {
	return Math.abs(Math.cos(angleRad * 4)) ** 0.8;
}

function wallAt(v: number): Vec2 {
	const at = Math.min(WALL.length - 1.0001, v * (WALL.length - 1));
	const [a, b] = [WALL[Math.floor(at)] as Vec2, WALL[Math.floor(at) + 1] as Vec2];
	const t = at - Math.floor(at);
	return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}

function outerWall(relief: Relief): Mesh {
	return gridSurface({
		columns: 520,
		rows: 176,
		at: (u, v) => {
			const angle = (u % 1) * 2 * Math.PI;
			const [r, y] = wallAt(v);
			const low = step(0.28, 0, v);
			const rise = heightAt(relief, ((u % 1) - 0.5) * PANEL.widthM, (v - 0.5) * PANEL.heightM);
			const radius = r * (1 + 0.035 * low * lobe(angle)) + (v > 0.985 ? 0 : rise);
			const p: Vec3 = [
				radius * Math.sin(angle),
				y - 0.026 * low * lobe(angle),
				radius * Math.cos(angle),
			];
			return [p[0], p[1] + HANG_M + 0.026, p[2]];
		},
		uv: (u, v) => [u, 1 - v],
	});
}

function innerWall(): Mesh {
	const lip = 0.022;
	return gridSurface({
		columns: 280,
		rows: 44,
		at: (u, w) => {
			const angle = (u % 1) * 2 * Math.PI;
			const v = w < 0.12 ? 0 : ((w - 0.12) / 0.88) * 0.97;
			const [r, y] = wallAt(1 - (1 - v));
			const low = step(0.28, 0, v);
			const inset = lip * Math.min(1, w / 0.12);
			const radius = Math.max(0, r * (1 + 0.035 * low * lobe(angle)) - inset);
			const down =
				y -
				0.026 * low * lobe(angle) -
				(w > 0 && w < 0.12 ? 0.004 * Math.sin((w / 0.12) * Math.PI) : 0);
			return [
				-radius * Math.sin(angle),
				down + HANG_M + 0.026 - (v > 0.7 ? 0.012 : 0),
				radius * Math.cos(angle),
			];
		},
	});
}

/** The loop 蒲牢: one body bent to an arch, a head at each end biting the crown. */
function loop(): Mesh {
	const top = HANG_M + 0.026 + 0.44;
	const spine = smoothCurve<Vec3>(
		[
			[-0.075, top + 0.012, 0],
			[-0.082, top + 0.06, 0],
			[-0.05, top + 0.108, 0],
			[0, top + 0.122, 0],
			[0.05, top + 0.108, 0],
			[0.082, top + 0.06, 0],
			[0.075, top + 0.012, 0],
		],
		20,
	);
	const body = displace(
		sweep(spine, {
			sides: 40,
			up: [0, 0, 1],
			radiusM: (t) => 0.02 + 0.003 * Math.sin(t * Math.PI),
		}),
		({ uv }) => 0.0035 * scales(Math.abs(uv[1] - 0.5) * 0.36, uv[0] * 0.13, 0.013),
	);
	const fins = Array.from({ length: 15 }, (_, i) => {
		const p = spine[8 + i * 7] as Vec3;
		const out = pose({
			at: p,
			turnRad: [0, 0, -Math.atan2(p[0], (p[1] - top) * 0.9)],
			scale: [0.6, 1, 0.35],
		});
		return place(ball([0, 0.022, 0], 0.014, [1, 1, 1], 12), out);
	});
	const heads = [1, -1].map((s) =>
		place(
			dragonHead(0.088),
			pose({ at: [s * 0.083, top + 0.026, 0], turnRad: [0.62, (s * Math.PI) / 2, 0] }),
		),
	);
	const pearl = ball([0, top + 0.146, 0], 0.017, [1, 1.15, 1], 28);
	const foot = revolve(
		[
			[0.064, top - 0.02],
			[0.066, top + 0.004],
			[0.058, top + 0.012],
			[0, top + 0.013],
		],
		{ segments: 90 },
	);
	return merge([body, ...fins, ...heads, pearl, foot]);
}

function chain(): Mesh {
	const y = HANG_M + 0.026 + 0.44;
	const eye = place(
		ring(0.03, 0.0062, 48, 14),
		pose({ at: [0, y + 0.1, 0], turnRad: [0, Math.PI / 2, 0] }),
	);
	const link = place(ring(0.017, 0.005, 40, 12), pose({ at: [0, y + 0.141, 0] }));
	return displace(merge([eye, link]), ({ p }) => 0.0007 * fractal(p, 0.006, 2, 3));
}

const BRONZE: DemoMaterial = {
	name: 'bronze',
	baseColor: [1, 1, 1, 1],
	roughness: 0.5,
	metalness: 0.75,
};
const WOOD: DemoMaterial = { name: 'elm', baseColor: [1, 1, 1, 1], roughness: 0.62, metalness: 0 };
const IRON: DemoMaterial = {
	name: 'iron',
	baseColor: [1, 1, 1, 1],
	roughness: 0.6,
	metalness: 0.7,
};

/** 青铜钟 (示例): a cast temple bell with an eight-lobed mouth, hung in a small elm frame; 0.9 m high. */
export async function bronzeBell(): Promise<DemoPart[]> {
	const relief = await bellRelief();
	const skin = await bellSkin(relief);
	const cast: DemoMaterial = {
		...BRONZE,
		name: 'cast-bronze',
		roughness: 1,
		metalness: 1,
		...skin,
	};
	const pieces: Piece[] = [
		{
			material: cast,
			mesh: outerWall(relief),
			isTextured: true,
			age: (_, open) => [0.35 + 0.65 * open, 0.35 + 0.65 * open, 0.36 + 0.64 * open],
		},
		{ material: BRONZE, mesh: innerWall(), age: oldBronze },
		{ material: BRONZE, mesh: loop(), age: oldBronze },
		{ material: IRON, mesh: chain(), age: oldIron },
		{ material: WOOD, mesh: bellFrame(HANG_M + 0.026 + 0.44 + 0.148), age: handledWood },
	];
	return finish(pieces, 0.09);
}
