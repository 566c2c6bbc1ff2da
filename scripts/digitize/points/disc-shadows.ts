import type { Bounds } from '#schema/geometry';
import { cross, unit, type Vec3 } from '../picture/camera.ts';
import { drawDiscs } from './draw-discs.ts';

/** How far a far light reaches into a cloud, drawn from the light. */
export interface DiscShadow {
	/** Unit, towards the light. */
	direction: Vec3;
	right: Vec3;
	up: Vec3;
	centre: Vec3;
	sizePx: number;
	pxPerM: number;
	depth: Float32Array;
	biasM: number;
}

/** Draws the shadow of points (N×3, metres) as discs of `radiusM` in the light from one direction. */
export function drawDiscShadow(
	positions: Float32Array,
	bounds: Bounds,
	radiusM: number,
	direction: Vec3,
	sizePx: number,
): DiscShadow {
	const right = unit(Math.abs(direction[1]) > 0.99 ? [1, 0, 0] : [direction[2], 0, -direction[0]]);
	const up = cross(direction, right);
	const centre: Vec3 = [
		(bounds.min[0] + bounds.max[0]) / 2,
		(bounds.min[1] + bounds.max[1]) / 2,
		(bounds.min[2] + bounds.max[2]) / 2,
	];
	const extent = Math.hypot(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0)));
	const pxPerM = (sizePx - 2) / extent;
	const screen = new Float32Array(positions.length);
	for (let i = 0; i < positions.length; i += 3) {
		const x = (positions[i] ?? 0) - centre[0];
		const y = (positions[i + 1] ?? 0) - centre[1];
		const z = (positions[i + 2] ?? 0) - centre[2];
		screen[i] = sizePx / 2 + (x * right[0] + y * right[1] + z * right[2]) * pxPerM;
		screen[i + 1] = sizePx / 2 + (x * up[0] + y * up[1] + z * up[2]) * pxPerM;
		screen[i + 2] = -(x * direction[0] + y * direction[1] + z * direction[2]);
	}
	const radiusPx = Math.max(radiusM * pxPerM, 0.75);
	const { depth } = drawDiscs({ sizePx, screen, radiusPx: () => radiusPx, bulge: () => 0 });
	const biasM = Math.max(3 / pxPerM, radiusM * 2);
	return { direction, right, up, centre, sizePx, pxPerM, depth, biasM };
}

/** 1 where the light reaches a point (metres), 0 in shadow; soft over one pixel. */
export function reaches(shadow: DiscShadow, px: number, py: number, pz: number): number {
	const { right, up, centre, sizePx, pxPerM, depth, direction, biasM } = shadow;
	const x = px - centre[0];
	const y = py - centre[1];
	const z = pz - centre[2];
	const u = sizePx / 2 + (x * right[0] + y * right[1] + z * right[2]) * pxPerM - 0.5;
	const v = sizePx / 2 + (x * up[0] + y * up[1] + z * up[2]) * pxPerM - 0.5;
	const column = Math.floor(u);
	const row = Math.floor(v);
	if (column < 0 || row < 0 || column >= sizePx - 1 || row >= sizePx - 1) return 1;
	const limit = -(x * direction[0] + y * direction[1] + z * direction[2]) - biasM;
	const at = row * sizePx + column;
	const [fu, fv] = [u - column, v - row];
	const near = ((depth[at] ?? 0) >= limit ? 1 - fu : 0) + ((depth[at + 1] ?? 0) >= limit ? fu : 0);
	const far =
		((depth[at + sizePx] ?? 0) >= limit ? 1 - fu : 0) +
		((depth[at + sizePx + 1] ?? 0) >= limit ? fu : 0);
	return near * (1 - fv) + far * fv;
}
