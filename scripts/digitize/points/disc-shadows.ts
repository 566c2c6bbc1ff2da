import type { Bounds } from '#schema/value/geometry';
import type { Vec3 } from '../picture/camera.ts';
import { type FarLight, farLight, seenFrom } from '../picture/far-light.ts';
import { drawDiscs } from './draw-discs.ts';

/** How far a far light reaches into a cloud, drawn from the light. */
export interface DiscShadow extends FarLight {
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
	const light = farLight(bounds, direction, sizePx);
	const { pxPerM } = light;
	const screen = seenFrom(light, positions);
	const radiusPx = Math.max(radiusM * pxPerM, 0.75);
	const { depth } = drawDiscs({ sizePx, screen, radiusPx: () => radiusPx, bulge: () => 0 });
	const biasM = Math.max(3 / pxPerM, radiusM * 2);
	return { ...light, depth, biasM };
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
