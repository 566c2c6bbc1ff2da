import { bracketSet, cornerSet, MODULE_M, SET_HEIGHT_M, SET_REACH_M } from './dougong.ts';
import { GATE } from './gate-plan.ts';
import { type Mesh, merge, meshOf, place, tint, type Vec3 } from './mesh.ts';
import { pose } from './pose.ts';
import { EAVES, halfEave, reachAt, roofPoint, type Slope } from './roof-shape.ts';
import { bar, block } from './solid.ts';

const BLUE: Vec3 = [0.1, 0.25, 0.47];
const GREEN: Vec3 = [0.1, 0.37, 0.27];
const RED: Vec3 = [0.42, 0.09, 0.06];
const SET_Y = GATE.columnTopM + 0.007;

/** A painted beam along x: its front, back and belly carry the whole picture. */
function paintedBeam(lengthM: number, heightM: number, depthM: number): Mesh {
	const m = block([lengthM, heightM, depthM], 0.0012, 0.04);
	const uvs = new Float32Array(m.uvs.length);
	for (let i = 0; i < uvs.length / 2; i++) {
		const [x, y, z] = [
			m.positions[i * 3] ?? 0,
			m.positions[i * 3 + 1] ?? 0,
			m.positions[i * 3 + 2] ?? 0,
		];
		const isBelly = Math.abs(m.normals[i * 3 + 1] ?? 0) > 0.8;
		const across = isBelly ? z / depthM : -y / heightM;
		uvs.set(
			[Math.min(1, Math.max(0, x / lengthM + 0.5)), Math.min(1, Math.max(0, across + 0.5))],
			i * 2,
		);
	}
	return { ...meshOf(m.positions, uvs, m.indices), normals: m.normals };
}

function pairs(stops: readonly number[]): (readonly [number, number])[] {
	return stops.slice(1).map((b, i) => [stops[i] ?? 0, b] as const);
}

/** Architraves of all four walls: a great beam and a lesser one under it. */
export function architraves(): Mesh {
	const out: Mesh[] = [];
	const lay = (at: Vec3, lengthM: number, turn: number) => {
		const great = place(paintedBeam(lengthM, 0.026, 0.0125), pose({ at, turnRad: [0, turn, 0] }));
		const lesser = place(
			paintedBeam(lengthM, 0.014, 0.0095),
			pose({ at: [at[0], at[1] - 0.0265, at[2]], turnRad: [0, turn, 0] }),
		);
		out.push(great, lesser);
	};
	for (const z of [-GATE.depthM, 0, GATE.depthM]) {
		for (const [a, b] of pairs(GATE.columnX))
			lay([(a + b) / 2, GATE.columnTopM - 0.0135, z], b - a - 0.02, 0);
	}
	for (const s of [-1, 1]) {
		for (const half of [-1, 1])
			lay(
				[s * GATE.halfM, GATE.columnTopM - 0.0135, (half * GATE.depthM) / 2],
				GATE.depthM - 0.02,
				Math.PI / 2,
			);
	}
	return merge(out);
}

function stations(): { at: Vec3; turn: number; isCorner: boolean }[] {
	const long = [-0.2283, -0.1667, -GATE.bayM, -0.0525, 0, 0.0525, GATE.bayM, 0.1667, 0.2283];
	const short = [-0.087, -0.029, 0.029, 0.087];
	const corner = (x: number, z: number, turn: number) => ({
		at: [x * GATE.halfM, SET_Y, z * GATE.depthM] as Vec3,
		turn,
		isCorner: true,
	});
	return [
		...long.flatMap((x) => [
			{ at: [x, SET_Y, GATE.depthM] as Vec3, turn: 0, isCorner: false },
			{ at: [x, SET_Y, -GATE.depthM] as Vec3, turn: Math.PI, isCorner: false },
		]),
		...short.flatMap((z) => [
			{ at: [GATE.halfM, SET_Y, z] as Vec3, turn: Math.PI / 2, isCorner: false },
			{ at: [-GATE.halfM, SET_Y, z] as Vec3, turn: -Math.PI / 2, isCorner: false },
		]),
		corner(1, 1, 0),
		corner(1, -1, Math.PI / 2),
		corner(-1, -1, Math.PI),
		corner(-1, 1, -Math.PI / 2),
	];
}

/** The bracket layer: sets alternately green on blue and blue on green, and the beams they carry. */
export function brackets(): Mesh {
	const sets = [bracketSet(GREEN, BLUE), bracketSet(BLUE, GREEN)];
	const corners = cornerSet(GREEN, BLUE);
	const placed = stations().map(({ at, turn, isCorner }, i) => {
		const own = isCorner ? corners : (sets[Math.floor(i / 2) % 2] as Mesh);
		return place(own, pose({ at, turnRad: [0, turn, 0] }));
	});
	const y = SET_Y + 8.2 * MODULE_M;
	const loop = (out: number, atY: number, h: number, w: number, color: Vec3): Mesh[] => {
		const [x, z] = [GATE.halfM + out, GATE.depthM + out];
		const ring: Vec3[] = [
			[-x, atY, z],
			[x, atY, z],
			[x, atY, -z],
			[-x, atY, -z],
			[-x, atY, z],
		];
		return ring.slice(1).map((b, i) => tint(bar(ring[i] as Vec3, b, w, h), color));
	};
	return merge([
		...placed,
		...[-3, 0, 3, 6].flatMap((k) =>
			loop(k * MODULE_M, y, 2 * MODULE_M, MODULE_M, k % 2 ? BLUE : GREEN),
		),
		...loop(0, SET_Y + 4.2 * MODULE_M, 8 * MODULE_M, 0.0015, RED),
		...loop(0, GATE.columnTopM + 0.0035, 0.007, 0.022, GREEN),
	]);
}

/** Eaves purlins under the rafters. */
export function purlins(): Mesh {
	const y = SET_Y + SET_HEIGHT_M + 0.0045;
	const [x, z] = [GATE.halfM + SET_REACH_M, GATE.depthM + SET_REACH_M];
	const along = [1, -1].map((s) =>
		place(paintedBeam(2 * x + 0.02, 0.011, 0.011), pose({ at: [0, y, s * z] })),
	);
	const across = [1, -1].map((s) =>
		place(
			paintedBeam(2 * z + 0.02, 0.011, 0.011),
			pose({ at: [s * x, y, 0], turnRad: [0, Math.PI / 2, 0] }),
		),
	);
	return merge([...along, ...across]);
}

const PITCH_M = 0.0118;

/** Rafters and the flying rafters over them, green with painted ends. */
export function rafters(): Mesh {
	const out: Mesh[] = [];
	const slopes: readonly Slope[] = ['front', 'back', 'left', 'right'];
	const spar = (
		slope: Slope,
		t: number,
		from: number,
		to: number,
		lift: number,
		w: number,
		end: Vec3,
	) => {
		const inner = Math.min(from, reachAt(slope, t) - 0.002);
		if (inner <= to + 0.004) return;
		const tip = roofPoint(slope, t, to, lift);
		const spine = bar(roofPoint(slope, t, inner, lift), tip, w, w);
		out.push(
			tint(spine, ({ p, n }) => {
				const isEnd =
					Math.hypot(p[0] - tip[0], p[1] - tip[1], p[2] - tip[2]) < w &&
					Math.max(Math.abs(n[0]), Math.abs(n[2])) > 0.8;
				return isEnd ? end : [0.09, 0.3, 0.22];
			}),
		);
	};
	for (const slope of slopes) {
		const count = Math.floor((halfEave(slope) - 0.012) / PITCH_M);
		for (let i = -count; i <= count; i++) {
			const t = i * PITCH_M;
			spar(slope, t, 0.1, 0.024, -0.0105, 0.0056, i % 2 ? BLUE : [0.8, 0.7, 0.45]);
			spar(slope, t, 0.06, 0.004, -0.0062, 0.005, [0.85, 0.66, 0.22]);
		}
	}
	for (const sx of [1, -1]) {
		for (const sz of [1, -1]) {
			const hip = (d: number, lift: number): Vec3 => {
				const [x, y, z] = roofPoint('front', EAVES.halfX - d, d, lift);
				return [sx * x, y, sz * z];
			};
			out.push(
				tint(bar(hip(0.1, -0.014), hip(0.03, -0.014), 0.009, 0.011), GREEN),
				tint(bar(hip(0.05, -0.008), hip(0, -0.0075), 0.0075, 0.009), GREEN),
			);
		}
	}
	return merge(out);
}
