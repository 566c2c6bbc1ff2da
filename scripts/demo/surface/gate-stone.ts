import { GATE } from './gate-plan.ts';
import { type Mesh, merge, place, tint, type Vec2, type Vec3 } from './mesh.ts';
import { blend, fractal, noise, step } from './noise.ts';
import { pose } from './pose.ts';
import { rectBody } from './rect-body.ts';
import { revolve } from './revolve.ts';
import { bar, block, board } from './solid.ts';

const MARBLE: Vec3 = [0.66, 0.64, 0.59];
const BRICK: Vec3 = [0.36, 0.37, 0.37];

function stone(p: Vec3, seed: number): Vec3 {
	const tone = 0.84 + 0.16 * noise(seed * 5.1, seed * 2.3, 1, 7) + 0.16 * fractal(p, 0.02, 4, 231);
	return blend(
		[MARBLE[0] * tone, MARBLE[1] * tone, MARBLE[2] * tone],
		[0.42, 0.38, 0.3],
		step(0.15, 0.5, fractal(p, 0.06, 4, 233)) * 0.5,
	);
}

/**
 * A wall of grey brick in running bond, standing on the origin and centred on it: along x,
 * `thickM` deep; each brick is its own block before a bed of pale mortar.
 */
export function brickWall(lengthM: number, heightM: number, thickM: number): Mesh {
	const [w, h] = [0.028, heightM / Math.max(1, Math.round(heightM / 0.0092))];
	const joint = 0.0008;
	const out: Mesh[] = [];
	for (let course = 0; course * h < heightM - 1e-6; course++) {
		const y = (course + 0.5) * h;
		for (let x = -lengthM / 2 - (course % 2 ? w / 2 : 0); x < lengthM / 2 - 0.002; x += w) {
			const [a, b] = [Math.max(-lengthM / 2, x), Math.min(lengthM / 2, x + w - joint)];
			const tone = 0.86 + 0.26 * noise(a * 410, course * 5.3, 0, 5);
			const own = bar([a, y, 0], [b, y, 0], thickM, h - joint);
			out.push(tint(own, [BRICK[0] * tone, BRICK[1] * tone, BRICK[2] * tone]));
		}
	}
	const bed = bar(
		[-lengthM / 2 + 0.001, heightM / 2, 0],
		[lengthM / 2 - 0.001, heightM / 2, 0],
		thickM - 0.0016,
		heightM - 0.001,
	);
	return merge([...out, tint(bed, [0.5, 0.49, 0.46])]);
}

function platform(): Mesh {
	const [hx, hz, low, top] = [0.352, 0.207, GATE.plinthTopM, GATE.floorM];
	const profile: readonly Vec2[] = [
		[-0.01, low],
		[0, low + 0.0005],
		[0, low + 0.008],
		[-0.004, low + 0.01],
		[-0.004, low + 0.016],
		[-0.004, low + 0.024],
		[-0.004, low + 0.032],
		[-0.004, top - 0.011],
		[0, top - 0.009],
		[0.001, top - 0.005],
		[0, top - 0.0008],
		[-0.0008, top],
	];
	const inward = [0.008, 0.016, 0.024].map((d): Vec2 => [-d, top]);
	const m = rectBody({
		levels: [...profile, ...inward].map(([out, y]): Vec3 => [hx + out, Math.max(0, hz + out), y]),
		cornerM: 0.003,
		across: { front: 100, side: 58, back: 100 },
		carvingM: () => 0,
	});
	return tint(m, ({ p, n }) => {
		const along = Math.abs(n[0]) > 0.7 ? p[2] : p[0];
		return stone(p, Math.floor(along / 0.07));
	});
}

/** Square floor bricks, each a little different, with open joints. */
function floor(): Mesh {
	const [columns, rows] = [20, 11];
	const [w, d] = [0.658 / columns, 0.368 / rows];
	const tiles = Array.from({ length: columns * rows }, (_, i) => {
		const x = ((i % columns) - (columns - 1) / 2) * w;
		const z = (Math.floor(i / columns) - (rows - 1) / 2) * d;
		const y = GATE.floorM - 0.0008 + 0.0003 * noise(x * 90, z * 90, 0, 3);
		const tone = 0.86 + 0.2 * noise(x * 300, z * 300, 1, 5);
		const slab = bar([x, y, z - d / 2 + 0.0005], [x, y, z + d / 2 - 0.0005], w - 0.001, 0.002);
		return tint(slab, [0.38 * tone, 0.385 * tone, 0.38 * tone]);
	});
	return merge(tiles);
}

function stairs(face: 1 | -1): Mesh[] {
	const z0 = 0.205;
	const rise = (GATE.floorM - GATE.plinthTopM) / 5;
	const steps = [1, 2, 3, 4].map((k) => {
		const depth = (5 - k) * 0.0165;
		const y = GATE.plinthTopM + rise * (k - 0.5);
		const slab = place(
			block([0.19, rise, depth], 0.0011, 0.02),
			pose({ at: [0, y, face * (z0 + depth / 2)] }),
		);
		return tint(slab, ({ p }) => stone(p, k + face));
	});
	const run = 4 * 0.0165 + 0.008;
	const slope: Vec2[] = [
		[0, 0],
		[run, 0],
		[run, 0.006],
		[run - 0.004, 0.0075],
		[0, GATE.floorM - GATE.plinthTopM + 0.0015],
	];
	const cheeks = [-1, 1].map((s) => {
		const cheek = board(slope, 0.017, 0.0012);
		const turn = face > 0 ? -Math.PI / 2 : Math.PI / 2;
		const at: Vec3 = [
			s * 0.104 + (face > 0 ? 0.0085 : -0.0085),
			GATE.plinthTopM,
			face * (z0 - 0.001),
		];
		return tint(place(cheek, pose({ at, turnRad: [0, turn, 0] })), ({ p }) => stone(p, 9 + s));
	});
	return [...steps, ...cheeks];
}

/** A drum stone (抱鼓石) beside the door: a drum with studs on a stepped foot. */
function drumStone(x: number): Mesh {
	const drum = revolve(
		[
			[0, -0.009],
			[0.013, -0.009],
			[0.0145, -0.0075],
			[0.0145, -0.0055],
			[0.0158, -0.004],
			[0.0158, 0.004],
			[0.0145, 0.0055],
			[0.0145, 0.0075],
			[0.013, 0.009],
			[0.009, 0.0088],
			[0.008, 0.0105],
			[0.004, 0.011],
			[0, 0.0112],
		],
		{ segments: 40 },
	);
	const up = place(
		drum,
		pose({ at: [x, GATE.floorM + 0.031, 0.022], turnRad: [0, 0, Math.PI / 2] }),
	);
	const foot = place(
		block([0.021, 0.01, 0.042], 0.0015, 0.008),
		pose({ at: [x, GATE.floorM + 0.005, 0.018] }),
	);
	const seat = place(
		block([0.018, 0.008, 0.03], 0.0025, 0.008),
		pose({ at: [x, GATE.floorM + 0.0135, 0.02] }),
	);
	return tint(merge([up, foot, seat]), ({ p }) => stone(p, x > 0 ? 3 : 4));
}

/** All that is stone: platform, stairs before and behind, column bases, drum stones. */
export function gateStone(): Mesh {
	const base = revolve(
		[
			[0.019, 0],
			[0.019, 0.002],
			[0.0175, 0.0035],
			[0.0185, 0.006],
			[0.0165, 0.0085],
			[0.0135, 0.0095],
			[0, 0.0096],
		],
		{ segments: 20 },
	);
	const bases = GATE.columnX.flatMap((x) =>
		[-GATE.depthM, 0, GATE.depthM].map((z) =>
			tint(place(base, pose({ at: [x, GATE.floorM, z] })), ({ p }) => stone(p, Math.round(x * 40))),
		),
	);
	return merge([
		platform(),
		floor(),
		...stairs(1),
		...stairs(-1),
		...bases,
		drumStone(-0.078),
		drumStone(0.078),
	]);
}
