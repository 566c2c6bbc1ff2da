import type { Bounds } from '#schema/value/geometry';
import { cross, unit, type Vec3 } from './camera.ts';

/** How a far light sees a scene: its axes, and a square picture of its shadows. */
export interface FarLight {
	/** Unit, towards the light. */
	direction: Vec3;
	right: Vec3;
	up: Vec3;
	centre: Vec3;
	sizePx: number;
	pxPerM: number;
}

/** A light from one direction that sees a whole box. */
export function farLight(bounds: Bounds, direction: Vec3, sizePx: number): FarLight {
	const right = unit(Math.abs(direction[1]) > 0.99 ? [1, 0, 0] : [direction[2], 0, -direction[0]]);
	const centre: Vec3 = [
		(bounds.min[0] + bounds.max[0]) / 2,
		(bounds.min[1] + bounds.max[1]) / 2,
		(bounds.min[2] + bounds.max[2]) / 2,
	];
	const extent = Math.hypot(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0)));
	const pxPerM = (sizePx - 2) / extent;
	return { direction, right, up: cross(direction, right), centre, sizePx, pxPerM };
}

/** Places (N×3, metres) as the light sees them: pixel x, pixel y, and distance along its rays in metres. */
export function seenFrom(light: FarLight, positions: Float32Array): Float32Array {
	const { direction, right, up, centre, sizePx, pxPerM } = light;
	const screen = new Float32Array(positions.length);
	for (let i = 0; i < positions.length; i += 3) {
		const x = (positions[i] ?? 0) - centre[0];
		const y = (positions[i + 1] ?? 0) - centre[1];
		const z = (positions[i + 2] ?? 0) - centre[2];
		screen[i] = sizePx / 2 + (x * right[0] + y * right[1] + z * right[2]) * pxPerM;
		screen[i + 1] = sizePx / 2 + (x * up[0] + y * up[1] + z * up[2]) * pxPerM;
		screen[i + 2] = -(x * direction[0] + y * direction[1] + z * direction[2]);
	}
	return screen;
}
