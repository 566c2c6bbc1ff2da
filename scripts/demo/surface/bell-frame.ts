import { smoothCurve, softCorners } from './curve.ts';
import { timber } from './matter.ts';
import { type Mesh, merge, place, tint, type Vec2, type Vec3 } from './mesh.ts';
import { pose } from './pose.ts';
import { block, board } from './solid.ts';

const LIGHT: Vec3 = [0.4, 0.25, 0.15];
const DARK: Vec3 = [0.17, 0.09, 0.05];

function wood(m: Mesh, axis: 0 | 1 | 2, seed: number): Mesh {
	return tint(m, ({ p }) => timber(p, axis, LIGHT, DARK, seed));
}

/** The outline of a beam whose ends rise and curl like a roof's. */
function beamOutline(halfM: number): Vec2[] {
	const right = smoothCurve<Vec2>(
		[
			[0, -0.026],
			[halfM * 0.7, -0.026],
			[halfM * 0.92, -0.018],
			[halfM * 1.04, 0.012],
			[halfM * 1.1, 0.05],
		],
		8,
	);
	const back = smoothCurve<Vec2>(
		[
			[halfM * 1.06, 0.056],
			[halfM * 1.0, 0.04],
			[halfM * 0.9, 0.028],
			[halfM * 0.7, 0.026],
			[0, 0.026],
		],
		8,
	);
	const half = [...right, ...back];
	const left = half
		.slice(1, -1)
		.reverse()
		.map(([x, y]): Vec2 => [-x, y]);
	return [...half, ...left];
}

/** A carved spandrel (雀替) that stiffens the corner under a beam; its right angle at the origin. */
function spandrel(): Vec2[] {
	const lower = smoothCurve<Vec2>(
		[
			[0.012, -0.1],
			[0.02, -0.075],
			[0.04, -0.07],
			[0.045, -0.05],
			[0.066, -0.046],
			[0.072, -0.028],
			[0.1, -0.022],
			[0.108, -0.008],
		],
		7,
	);
	return [[0, -0.102], ...lower, [0.108, 0], [0, 0]];
}

function foot(): Mesh {
	const half = softCorners(
		[
			[0, 0],
			[0.03, 0],
			[0.04, 0.012],
			[0.1, 0.012],
			[0.11, 0],
			[0.15, 0],
			[0.15, 0.022],
			[0.12, 0.042],
			[0.075, 0.052],
			[0.045, 0.085],
			[0.03, 0.092],
			[0, 0.092],
		],
		0.008,
	);
	const left = half
		.slice(1, -1)
		.reverse()
		.map(([x, y]): Vec2 => [-x, y]);
	const shoe = board([...half, ...left], 0.056, 0.003);
	return place(shoe, pose({ at: [-0.028, 0, 0], turnRad: [0, Math.PI / 2, 0] }));
}

function side(x: number, topM: number): Mesh[] {
	const post = place(
		block([0.044, topM - 0.03, 0.044], 0.005, 0.012),
		pose({ at: [x, (topM - 0.03) / 2 + 0.03, 0] }),
	);
	const brace = board(spandrel(), 0.016, 0.002);
	const way = Math.sign(x);
	const inward = pose({
		at: [x - way * 0.02, topM - 0.006, way * 0.008],
		turnRad: [0, way > 0 ? Math.PI : 0, 0],
	});
	return [
		wood(post, 1, x > 0 ? 1 : 2),
		wood(place(foot(), pose({ at: [x, 0, 0] })), 2, x > 0 ? 3 : 4),
		wood(place(brace, inward), 0, 5),
	];
}

/** The elm frame: two posts on carved shoes, a beam with rising ends at `beamM`, two tie rails. */
export function bellFrame(beamM: number): Mesh {
	const postX = 0.3;
	const beam = place(
		board(beamOutline(postX + 0.05), 0.05, 0.004),
		pose({ at: [0, beamM + 0.03, -0.025] }),
	);
	const rails = [0.05, 0.085].map((y, i) =>
		wood(
			place(
				block([postX * 2 + 0.03, 0.02, 0.02], 0.003, 0.02),
				pose({ at: [0, y + i * 0.012, 0] }),
			),
			0,
			6 + i,
		),
	);
	const balusters = Array.from({ length: 9 }, (_, i) =>
		wood(
			place(block([0.009, 0.046, 0.009], 0.002, 0.02), pose({ at: [(i - 4) * 0.06, 0.074, 0] })),
			1,
			i,
		),
	);
	return merge([
		...side(postX, beamM + 0.01),
		...side(-postX, beamM + 0.01),
		wood(beam, 0, 9),
		...rails,
		...balusters,
	]);
}
