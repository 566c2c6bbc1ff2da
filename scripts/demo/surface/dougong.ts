import { type Mesh, merge, place, tint, type Vec2, type Vec3 } from './mesh.ts';
import { pose } from './pose.ts';
import { board } from './solid.ts';

/** The module of the brackets (斗口), metres: every length below is counted in it. */
export const MODULE_M = 0.0052;
/** Height of a whole set, and how far its outer purlin stands before the column line. */
export const SET_HEIGHT_M = 9.2 * MODULE_M;
export const SET_REACH_M = 6 * MODULE_M;

const K = MODULE_M;
const EDGE: Vec3 = [0.64, 0.56, 0.36];

/** A plank cut along `outline` (modules), one thick, edged in pale gold. `isAcross`: lies along x. */
function plank(
	outline: readonly Vec2[],
	thick: number,
	color: Vec3,
	isAcross: boolean,
	at: Vec3,
): Mesh {
	const depth = thick * K;
	const cut = board(
		outline.map(([x, y]): Vec2 => [x * K, y * K]),
		depth,
		0.00042,
	);
	const painted = tint(cut, ({ p, n }) =>
		Math.abs(n[2]) > 0.5 && (p[2] < 1e-6 || p[2] > depth - 1e-6) ? color : EDGE,
	);
	const centred = place(painted, pose({ at: [0, 0, -depth / 2] }));
	const turn = isAcross ? 0 : -Math.PI / 2;
	return place(centred, pose({ at: [at[0] * K, at[1] * K, at[2] * K], turnRad: [0, turn, 0] }));
}

/** The outline of a bracket arm (拱): straight above, its ends rounded by facets below. */
function arm(length: number, height: number): Vec2[] {
	const h = length / 2;
	return [
		[-h + 1.4, 0],
		[h - 1.4, 0],
		[h - 0.4, 0.4],
		[h, 1.1],
		[h, height],
		[-h, height],
		[-h, 1.1],
		[-h + 0.4, 0.4],
	];
}

/** The outline of a bearing block (斗): a cut-back foot under an upright ear. */
function block(width: number, height: number): Vec2[] {
	const h = width / 2;
	return [
		[-h * 0.72, 0],
		[h * 0.72, 0],
		[h, height * 0.42],
		[h, height],
		[-h, height],
		[-h, height * 0.42],
	];
}

/** The outline of the lever (昂): its beak points down and out, toward +x. */
const LEVER: readonly Vec2[] = [
	[-6.6, 0.7],
	[-5.6, 0],
	[4.6, 0],
	[6.4, -0.5],
	[9.4, -1.9],
	[9.55, -1.5],
	[7.4, 0.6],
	[6.9, 2],
	[-6.6, 2],
];
/** The outline of the locust head (耍头). */
const LOCUST: readonly Vec2[] = [
	[-7.4, 0.5],
	[-6.8, 0],
	[7, 0],
	[7.6, 0.5],
	[8.6, 0.7],
	[8.9, 1.4],
	[8.2, 2],
	[-7.4, 2],
];
/** The outline of the first projecting arm (翘). */
const FIRST = arm(7.2, 2);

interface Colors {
	readonly arm: Vec3;
	readonly block: Vec3;
}

function projecting(c: Colors): Mesh[] {
	return [
		plank(FIRST, 1, c.arm, false, [0, 1.2, 0]),
		plank(LEVER, 1, c.arm, false, [0, 3.2, 0]),
		plank(LOCUST, 1, c.arm, false, [0, 5.2, 0]),
		plank(block(1.7, 1), 1.5, c.block, true, [0, 3, 3]),
		plank(block(1.7, 1), 1.5, c.block, true, [0, 5, 6]),
	];
}

function crossing(c: Colors): Mesh[] {
	const arms: readonly (readonly [length: number, y: number, z: number])[] = [
		[6.2, 1.2, 0],
		[9.2, 3.2, 0],
		[6.2, 3.2, 3],
		[9.2, 5.2, 3],
		[7.2, 5.2, 6],
	];
	return arms.flatMap(([length, y, z]) => [
		plank(arm(length, 1.5), 1, c.arm, true, [0, y, z]),
		...[1, -1].map((s) =>
			plank(block(1.3, 1), 1.4, c.block, true, [s * (length / 2 - 0.62), y + 1.3, z]),
		),
	]);
}

/** A five-step bracket set (五踩斗拱) facing +z, standing on the origin, arms notched across. */
export function bracketSet(arms: Vec3, blocks: Vec3): Mesh {
	const c = { arm: arms, block: blocks };
	return merge([plank(block(3, 2), 3, c.block, true, [0, 0, 0]), ...crossing(c), ...projecting(c)]);
}

/** A corner set: the arms of both walls, and diagonal levers out to the hip. */
export function cornerSet(arms: Vec3, blocks: Vec3): Mesh {
	const c = { arm: arms, block: blocks };
	const diagonal = place(
		merge(projecting(c)),
		pose({ turnRad: [0, Math.PI / 4, 0], scale: [1, 1, Math.SQRT2] }),
	);
	const other = place(
		merge([...crossing(c), ...projecting(c)]),
		pose({ turnRad: [0, Math.PI / 2, 0] }),
	);
	return merge([bracketSet(arms, blocks), other, diagonal]);
}
