import type { Surface } from './load-scene.ts';

export type Vec3 = readonly [x: number, y: number, z: number];

/** A pinhole looking from `eye`; `focal` is 1 / tan(half the field of view). 0 focal: parallel rays. */
export interface Camera {
	readonly eye: Vec3;
	readonly right: Vec3;
	readonly up: Vec3;
	/** Points from the eye into the scene. */
	readonly forward: Vec3;
	readonly focal: number;
	/** Half the height seen, metres; used only by parallel cameras. */
	readonly halfHeightM: number;
}

export interface Sphere {
	readonly center: Vec3;
	readonly radiusM: number;
}

export const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const scale = (a: Vec3, s: number): Vec3 => [a[0] * s, a[1] * s, a[2] * s];
export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const unit = (a: Vec3): Vec3 => scale(a, 1 / Math.hypot(a[0], a[1], a[2]));
const cross = (a: Vec3, b: Vec3): Vec3 => [
	a[1] * b[2] - a[2] * b[1],
	a[2] * b[0] - a[0] * b[2],
	a[0] * b[1] - a[1] * b[0],
];

/** The ball around the bounding box of everything. */
export function boundingSphere(surfaces: readonly Surface[]): Sphere {
	const min = [Infinity, Infinity, Infinity];
	const max = [-Infinity, -Infinity, -Infinity];
	for (const { positions } of surfaces) {
		for (let i = 0; i < positions.length; i++) {
			const c = i % 3;
			min[c] = Math.min(min[c] ?? 0, positions[i] ?? 0);
			max[c] = Math.max(max[c] ?? 0, positions[i] ?? 0);
		}
	}
	const mid = (c: number) => ((min[c] ?? 0) + (max[c] ?? 0)) / 2;
	const half = (c: number) => ((max[c] ?? 0) - (min[c] ?? 0)) / 2;
	return { center: [mid(0), mid(1), mid(2)], radiusM: Math.hypot(half(0), half(1), half(2)) };
}

function frame(eye: Vec3, forward: Vec3): Pick<Camera, 'eye' | 'right' | 'up' | 'forward'> {
	const right = unit(cross(forward, [0, 1, 0]));
	return { eye, right, up: cross(right, forward), forward };
}

/** Looks at the ball from `yawRad` around +Y (0 is +Z) and `pitchRad` above the horizon. */
export function orbitCamera(ball: Sphere, yawRad: number, pitchRad: number, zoom: number): Camera {
	const focal = 3.4;
	const back: Vec3 = [
		Math.sin(yawRad) * Math.cos(pitchRad),
		Math.sin(pitchRad),
		Math.cos(yawRad) * Math.cos(pitchRad),
	];
	const eye = add(ball.center, scale(back, (ball.radiusM * focal * 1.02) / zoom));
	return { ...frame(eye, scale(back, -1)), focal, halfHeightM: 0 };
}

/** Parallel rays from a lamp far away in direction `towards` (unit), covering the ball. */
export function sunCamera(ball: Sphere, towards: Vec3): Camera {
	const eye = add(ball.center, scale(towards, ball.radiusM * 2));
	return { ...frame(eye, scale(towards, -1)), focal: 0, halfHeightM: ball.radiusM * 1.02 };
}
