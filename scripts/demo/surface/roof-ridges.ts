import { evenSteps } from './curve.ts';
import { ball, dragonHead, strand } from './dragon.ts';
import { type Mesh, merge, place, tint, type Vec2, type Vec3 } from './mesh.ts';
import { pose } from './pose.ts';
import { EAVE_Y, EAVES, GABLE_D, rise, roofPoint } from './roof-shape.ts';
import { GREEN_GLAZE, glazed, YELLOW_GLAZE } from './roof-tiles.ts';
import { block, board } from './solid.ts';
import { sweep } from './sweep.ts';

const GABLE_X = EAVES.halfX - GABLE_D;
const RIDGE_Y = EAVE_Y + rise(EAVES.halfZ);

/** A moulded ridge along a line: a green band between yellow rolls. */
function moulding(path: readonly Vec3[], heightM: number): Mesh {
	const roll = (lift: number, radiusM: number, color: Vec3) => {
		const raised = evenSteps(
			path.map(([x, y, z]): Vec3 => [x, y + lift, z]),
			0.02,
		);
		return tint(sweep(raised, { sides: 6, radiusM }), ({ p }) =>
			glazed(p, color, Math.floor((p[0] + p[2]) * 40)),
		);
	};
	const h = heightM;
	return merge([
		roll(0, h * 0.3, YELLOW_GLAZE),
		roll(h * 0.3, h * 0.2, GREEN_GLAZE),
		roll(h * 0.52, h * 0.2, GREEN_GLAZE),
		roll(h * 0.8, h * 0.27, YELLOW_GLAZE),
	]);
}

/** A roof beast's crouching body: enough to read at a finger's breadth. */
function beast(heightM: number): Mesh {
	const h = heightM;
	const limb = (points: readonly Vec3[], radiusM: number) => strand(points, radiusM, 5, 0, 2);
	return merge([
		ball([0, h * 0.4, 0], h * 0.34, [0.75, 1.15, 0.95], 10),
		ball([0, h * 0.82, h * 0.16], h * 0.2, [1, 1, 1.15], 9),
		ball([0, h * 0.78, h * 0.36], h * 0.1, [1, 0.8, 1.2], 7),
		limb(
			[
				[h * 0.12, 0, h * 0.34],
				[h * 0.13, h * 0.3, h * 0.28],
				[h * 0.1, h * 0.5, h * 0.12],
			],
			h * 0.13,
		),
		limb(
			[
				[-h * 0.12, 0, h * 0.34],
				[-h * 0.13, h * 0.3, h * 0.28],
				[-h * 0.1, h * 0.5, h * 0.12],
			],
			h * 0.13,
		),
		limb(
			[
				[0, h * 0.2, -h * 0.3],
				[0, h * 0.5, -h * 0.5],
				[0, h * 0.85, -h * 0.35],
				[0, h, -h * 0.5],
			],
			h * 0.13,
		),
		limb(
			[
				[0, h * 0.9, 0],
				[0, h * 1.12, -h * 0.08],
				[0, h * 1.18, -h * 0.24],
			],
			h * 0.1,
		),
	]);
}

/** The ridge-biting dragon (正吻) at one end: jaws on the ridge, a scroll of a tail. */
function chiwen(s: number): Mesh {
	const head = place(
		dragonHead(0.046, 0.46),
		pose({ at: [s * (GABLE_X - 0.004), RIDGE_Y + 0.021, 0], turnRad: [0, (-s * Math.PI) / 2, 0] }),
	);
	const tail: Vec2[] = [
		[0.01, 0],
		[0.016, 0.02],
		[0.016, 0.042],
		[0.008, 0.056],
		[-0.006, 0.056],
		[-0.01, 0.046],
		[-0.003, 0.042],
		[0.003, 0.045],
		[0.005, 0.038],
		[-0.002, 0.03],
		[-0.01, 0.02],
		[-0.012, 0],
	];
	const plate = place(
		board(tail, 0.014, 0.002),
		pose({ at: [s * GABLE_X, RIDGE_Y, -0.007 * s], turnRad: [0, s > 0 ? 0 : Math.PI, 0] }),
	);
	const hilt = place(
		block([0.004, 0.016, 0.004], 0.001),
		pose({ at: [s * (GABLE_X - 0.001), RIDGE_Y + 0.061, 0], turnRad: [0, 0, -s * 0.25] }),
	);
	return tint(merge([head, plate, hilt]), ({ p }) =>
		glazed(p, p[1] > RIDGE_Y + 0.035 ? GREEN_GLAZE : YELLOW_GLAZE, Math.floor(p[1] * 200)),
	);
}

/** The gable: its red wall, the curved bargeboard with gilt bosses, the ridge at its foot. */
function gable(s: number): { red: Mesh; gold: Mesh; glaze: Mesh } {
	const foot = EAVE_Y + rise(GABLE_D);
	const span = EAVES.halfZ - GABLE_D;
	const edge = Array.from({ length: 13 }, (_, i): Vec2 => {
		const z = (i / 12 - 0.5) * 2 * span;
		return [z, EAVE_Y + rise(EAVES.halfZ - Math.abs(z)) - 0.003];
	});
	const flip = pose({ at: [s * (GABLE_X - 0.012), 0, 0], turnRad: [0, Math.PI / 2, 0] });
	const wall = place(
		board(
			[[-span, foot - 0.01], [span, foot - 0.01], ...edge.slice(1, -1).reverse()],
			0.006,
			0.0008,
		),
		flip,
	);
	const lower = edge.map(([z, y]): Vec2 => [z * 0.97, y - 0.017]);
	const plank = place(
		board([...lower, ...edge.slice().reverse()], 0.004, 0.0008),
		pose({ at: [s > 0 ? GABLE_X - 0.002 : -GABLE_X - 0.002, 0, 0], turnRad: [0, Math.PI / 2, 0] }),
	);
	const bosses = [-1, -0.66, -0.33, 0, 0.33, 0.66, 1].flatMap((k) => {
		const z = k * span * 0.86;
		const y = EAVE_Y + rise(EAVES.halfZ - Math.abs(z)) - 0.0115;
		return [
			[0, 0.0032],
			[0.0024, 0],
			[-0.0024, 0],
			[0, -0.0028],
		].map(([dz = 0, dy = 0]) =>
			ball([s * (GABLE_X + 0.002), y + dy, z + dz], 0.0013, [0.7, 1, 1], 6),
		);
	});
	const fish = Array.from({ length: 5 }, (_, i) =>
		ball(
			[s * (GABLE_X + 0.001), RIDGE_Y - 0.026 - i * 0.0042, 0],
			0.0042 - i * 0.0005,
			[0.4, 1, 1.4 - (i % 2) * 0.6],
			12,
		),
	);
	const base = moulding(
		[
			[s * (GABLE_X + 0.004), foot + 0.002, -span + 0.01],
			[s * (GABLE_X + 0.004), foot + 0.002, span - 0.01],
		],
		0.009,
	);
	return {
		red: tint(merge([wall, plank]), [0.48, 0.11, 0.07]),
		gold: merge([...bosses, ...fish]),
		glaze: base,
	};
}

/** Ridges, their beasts, and the two gables of a hip-and-gable roof (歇山). */
export function roofRidges(): { glaze: Mesh; red: Mesh; gold: Mesh } {
	const glaze: Mesh[] = [
		moulding(
			[
				[-GABLE_X, RIDGE_Y, 0],
				[0, RIDGE_Y - 0.001, 0],
				[GABLE_X, RIDGE_Y, 0],
			],
			0.022,
		),
	];
	const gables = [1, -1].map(gable);
	for (const s of [1, -1]) {
		glaze.push(chiwen(s));
		for (const f of [1, -1]) {
			const fall = Array.from({ length: 12 }, (_, i): Vec3 => {
				const d = EAVES.halfZ - (i / 11) * (EAVES.halfZ - GABLE_D);
				return [s * (GABLE_X - 0.004), EAVE_Y + rise(d) + 0.004, f * (EAVES.halfZ - d)];
			});
			const hip = Array.from({ length: 16 }, (_, i): Vec3 => {
				const d = GABLE_D * (1 - i / 15);
				const [x, y, z] = roofPoint('front', EAVES.halfX - d, d, 0.004);
				return [s * x, y, f * z];
			});
			glaze.push(moulding(fall, 0.012), moulding(hip, 0.011));
			const last = hip[4] as Vec3;
			const guard = place(
				beast(0.021),
				pose({
					at: [fall[11]?.[0] ?? 0, (fall[11]?.[1] ?? 0) + 0.008, (fall[11]?.[2] ?? 0) - f * 0.006],
					turnRad: [0, f > 0 ? 0 : Math.PI, 0],
				}),
			);
			const walkers = [6, 8, 10, 12, 14, 15].map((k) => {
				const at = hip[k] ?? last;
				return place(
					beast(k === 15 ? 0.012 : 0.0145),
					pose({ at: [at[0], at[1] + 0.0095, at[2]], turnRad: [0, Math.atan2(s, f), 0] }),
				);
			});
			glaze.push(
				...[guard, ...walkers].map((m, i) => tint(m, ({ p }) => glazed(p, YELLOW_GLAZE, i + 3))),
			);
		}
	}
	return {
		glaze: merge([...glaze, ...gables.map((g) => g.glaze)]),
		red: merge(gables.map((g) => g.red)),
		gold: merge(gables.map((g) => g.gold)),
	};
}
