import type { Bounds } from '#schema/geometry';
import type { Mesh } from '../mesh/mesh.ts';
import { cross, unit, type Vec3 } from './camera.ts';
import { rasterize } from './raster.ts';
import type { Light } from './studio.ts';

/** How far a far light reaches into a scene, drawn from the light. */
export interface LightMap {
	light: Light;
	right: Vec3;
	up: Vec3;
	sizePx: number;
	pxPerM: number;
	centre: Vec3;
	depth: Float32Array;
	/** Surfaces this near behind the first one count as lit, in metres. */
	biasM: number;
}

/** Draws the shadow map of one light over a whole mesh (metres). */
export function drawLightMap(
	{ positions, indices }: Pick<Mesh, 'positions' | 'indices'>,
	bounds: Bounds,
	light: Light,
): LightMap {
	const { direction, mapPx: sizePx } = light;
	const right = unit(Math.abs(direction[1]) > 0.99 ? [1, 0, 0] : [direction[2], 0, -direction[0]]);
	const up = cross(direction, right);
	const centre: Vec3 = [
		(bounds.min[0] + bounds.max[0]) / 2,
		(bounds.min[1] + bounds.max[1]) / 2,
		(bounds.min[2] + bounds.max[2]) / 2,
	];
	const radius = Math.hypot(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0))) / 2;
	const pxPerM = (sizePx - 2) / (2 * radius);
	const screen = new Float32Array(positions.length);
	for (let i = 0; i < positions.length; i += 3) {
		const x = (positions[i] ?? 0) - centre[0];
		const y = (positions[i + 1] ?? 0) - centre[1];
		const z = (positions[i + 2] ?? 0) - centre[2];
		screen[i] = sizePx / 2 + (x * right[0] + y * right[1] + z * right[2]) * pxPerM;
		screen[i + 1] = sizePx / 2 + (x * up[0] + y * up[1] + z * up[2]) * pxPerM;
		screen[i + 2] = -(x * direction[0] + y * direction[1] + z * direction[2]);
	}
	const { depth } = rasterize({ sizePx, screen, indices, isPerspective: false });
	return { light, right, up, sizePx, pxPerM, centre, depth, biasM: 2.5 / pxPerM };
}

/** 1 where the light of a map reaches the point (metres), 0 in its shadow; soft over one pixel. */
export function lit(map: LightMap, px: number, py: number, pz: number): number {
	const { right, up, centre, sizePx, pxPerM, depth, light } = map;
	const x = px - centre[0];
	const y = py - centre[1];
	const z = pz - centre[2];
	const u = sizePx / 2 + (x * right[0] + y * right[1] + z * right[2]) * pxPerM - 0.5;
	const v = sizePx / 2 + (x * up[0] + y * up[1] + z * up[2]) * pxPerM - 0.5;
	const column = Math.floor(u);
	const row = Math.floor(v);
	if (column < 0 || row < 0 || column >= sizePx - 1 || row >= sizePx - 1) return 1;
	const direction = light.direction;
	const limit = -(x * direction[0] + y * direction[1] + z * direction[2]) - map.biasM;
	const at = row * sizePx + column;
	const fu = u - column;
	const fv = v - row;
	const near = (depth[at] ?? 0) >= limit ? 1 - fu : 0;
	const nearRight = (depth[at + 1] ?? 0) >= limit ? fu : 0;
	const far = (depth[at + sizePx] ?? 0) >= limit ? 1 - fu : 0;
	const farRight = (depth[at + sizePx + 1] ?? 0) >= limit ? fu : 0;
	return (near + nearRight) * (1 - fv) + (far + farRight) * fv;
}
