import type { Bounds } from '#schema/value/geometry';
import { toLinear } from '../colour.ts';
import { type Camera, rayThrough, unit, type Vec3 } from '../picture/camera.ts';
import { type DiscShadow, drawDiscShadow, reaches } from './disc-shadows.ts';

/** Of a surface's place and normal, how much light of each colour arrives, linear. */
export type LightAt = (x: number, y: number, z: number, normal: Vec3, out: Float64Array) => void;

/** The gallery as points and splats are shown in it: the light of `picture/`, without reflections. */
export interface PointStudio {
	lightAt: LightAt;
	/** The floor and the ground behind a pixel of a picture, linear. */
	groundAt: (camera: Camera, px: number, py: number, out: Float64Array) => void;
}

/** The gallery's ground, sRGB bytes #14130f, and what the light makes of the floor under a piece. */
const INK = [0x14, 0x13, 0x0f].map((v) => toLinear(v / 255));
const FLOOR = [0.05, 0.0465, 0.04];
/** How far the pool of light reaches, in radii of the piece. */
const POOL = 1.55;

/** Warm key from the left front above, cool edge light from behind, weak sky all round. */
const KEY = from(-38, 52);
const KEY_COLOUR = [1.5, 1.38, 1.2];
const KEY_SPREAD_RAD = 0.1;
const KEY_MAPS = 4;
const RIM = from(152, 34);
const RIM_COLOUR = [0.4, 0.46, 0.55];
const SKY_COLOUR = [0.92, 0.95, 1];
const SKY_MAPS = 12;
const MAP_PX = { key: 768, sky: 256 };
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
/** Cells a side of the grid of light on the floor. */
const CELLS = 96;

/**
 * Sets the lights up round points (N×3, metres, resting on y = 0), which throw shadows as discs of
 * `radiusM`. A scan's colours hold the light it was taken in, so that the sky is strong and the key mild.
 */
export function setPointStudio(
	positions: Float32Array,
	bounds: Bounds,
	radiusM: number,
): PointStudio {
	const draw = (direction: Vec3, sizePx: number) =>
		drawDiscShadow(positions, bounds, radiusM, direction, sizePx);
	const keys = keyDirections().map((direction) => draw(direction, MAP_PX.key));
	const rim = draw(RIM, MAP_PX.sky);
	const sky = skyDirections().map((direction) => draw(direction, MAP_PX.sky));
	const lightAt: LightAt = (x, y, z, normal, out) => {
		const cosKey = Math.max(dot(normal, KEY), 0);
		const key = cosKey > 0 ? cosKey * share(keys, x, y, z) : 0;
		const edge = Math.max(dot(normal, RIM), 0) * reaches(rim, x, y, z);
		let open = 0;
		let all = 0;
		for (const map of sky) {
			const cos = 0.35 + dot(normal, map.direction);
			if (cos <= 0) continue;
			all += cos;
			open += cos * reaches(map, x, y, z);
		}
		const dome = all > 0 ? (0.25 + (0.75 * open) / all) * (0.78 + 0.22 * normal[1]) : 0.3;
		for (let k = 0; k < 3; k += 1) {
			out[k] =
				key * (KEY_COLOUR[k] ?? 0) + edge * (RIM_COLOUR[k] ?? 0) + dome * (SKY_COLOUR[k] ?? 0);
		}
	};
	const radius = Math.hypot(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0))) / 2;
	return { lightAt, groundAt: ground(radius * POOL, keys, sky) };
}

function ground(reachM: number, keys: DiscShadow[], sky: DiscShadow[]): PointStudio['groundAt'] {
	const keyGrid = floorGrid(reachM, (x, z) => share(keys, x, 0, z));
	const skyGrid = floorGrid(reachM, (x, z) => share(sky, x, 0, z));
	return (camera, px, py, out) => {
		for (let k = 0; k < 3; k += 1) out[k] = INK[k] ?? 0;
		const ray = rayThrough(camera, px, py);
		if (ray[1] > -1e-4) return;
		const reach = -camera.eye[1] / ray[1];
		const x = camera.eye[0] + ray[0] * reach;
		const z = camera.eye[2] + ray[2] * reach;
		const away = Math.hypot(x, z) / reachM;
		if (away >= 1) return;
		const pool = (1 - away * away) ** 2;
		const dome = skyGrid(x, z);
		const light = keyGrid(x, z) * 0.7 + dome * 0.5;
		for (let k = 0; k < 3; k += 1) {
			const ink = INK[k] ?? 0;
			const lit = (FLOOR[k] ?? 0) * light - ink * 0.5;
			out[k] = Math.max(ink * (1 - pool * (1 - dome)) + lit * pool, 0);
		}
	};
}

/** A function of the floor asked once a cell, then bilinear. */
function floorGrid(
	reachM: number,
	ask: (x: number, z: number) => number,
): (x: number, z: number) => number {
	const grid = new Float32Array((CELLS + 1) ** 2);
	for (let i = 0; i < grid.length; i += 1) {
		const column = i % (CELLS + 1);
		const row = Math.floor(i / (CELLS + 1));
		grid[i] = ask((column / CELLS) * 2 * reachM - reachM, (row / CELLS) * 2 * reachM - reachM);
	}
	return (x, z) => {
		const u = Math.min(Math.max(((x + reachM) / (2 * reachM)) * CELLS, 0), CELLS - 1e-6);
		const v = Math.min(Math.max(((z + reachM) / (2 * reachM)) * CELLS, 0), CELLS - 1e-6);
		const at = Math.floor(v) * (CELLS + 1) + Math.floor(u);
		const [fu, fv] = [u % 1, v % 1];
		const top = (grid[at] ?? 0) * (1 - fu) + (grid[at + 1] ?? 0) * fu;
		const bottom = (grid[at + CELLS + 1] ?? 0) * (1 - fu) + (grid[at + CELLS + 2] ?? 0) * fu;
		return top * (1 - fv) + bottom * fv;
	};
}

/** The mean share of several lights that reaches a place. */
function share(maps: DiscShadow[], x: number, y: number, z: number): number {
	let sum = 0;
	for (const map of maps) sum += reaches(map, x, y, z);
	return sum / maps.length;
}

function keyDirections(): Vec3[] {
	const side = unit([KEY[2], 0, -KEY[0]]);
	return Array.from({ length: KEY_MAPS }, (_, i) => {
		const radius = KEY_SPREAD_RAD * Math.sqrt((i + 0.5) / KEY_MAPS);
		const [a, b] = [radius * Math.cos(i * GOLDEN_ANGLE), radius * Math.sin(i * GOLDEN_ANGLE)];
		return unit([KEY[0] + a * side[0], KEY[1] + b, KEY[2] + a * side[2]]);
	});
}

function skyDirections(): Vec3[] {
	return Array.from({ length: SKY_MAPS }, (_, i) => {
		const y = 0.06 + (0.92 * (i + 0.5)) / SKY_MAPS;
		const radius = Math.sqrt(1 - y * y);
		const turn = i * GOLDEN_ANGLE + 0.4;
		return [radius * Math.cos(turn), y, radius * Math.sin(turn)];
	});
}

/** A direction by azimuth (degrees from +Z towards +X) and elevation (degrees). */
function from(azimuth: number, elevation: number): Vec3 {
	const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180];
	return [Math.sin(a) * Math.cos(e), Math.sin(e), Math.cos(a) * Math.cos(e)];
}

function dot(a: Vec3, b: Vec3): number {
	return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
