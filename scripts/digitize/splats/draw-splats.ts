import type { Bounds } from '#schema/value/geometry';
import { toLinear, toSrgb } from '../colour.ts';
import { type Camera, frame, project } from '../picture/camera.ts';
import { POSTER_PX, writePixel } from '../points/draw-points.ts';
import { setPointStudio } from '../points/point-studio.ts';
import { SH_C0, type SplatCloud } from './splat-cloud.ts';

/** What a pixel adds to every splat's spread, in pixels², as training has it. */
const LOW_PASS = 0.3;
const LEAST_ALPHA = 1 / 255;
const MOST_ALPHA = 0.99;
/** A pixel that lets less light through than this is done. */
const CLOSED = 0.004;
/** A splat is drawn this many standard deviations far, and no larger than a part of the picture. */
const REACH = 3;
const MOST_RADIUS_PX = POSTER_PX / 2;
const SHADOW_SPLATS = 100_000;
const SOLID = 0.5;

/**
 * Draws splats as their poster: sorted, blended front to back on the gallery's floor, each a Gaussian
 * that is projected as training does. Colours are the constant harmonics: the piece's own light stays.
 * Gives sRGB bytes, 1024² × 3. Software only: same splats, same bytes.
 * Source: Zwicker 2001 (EWA splatting); Kerbl 2023.
 */
export function drawSplats(cloud: SplatCloud, bounds: Bounds): Uint8Array {
	const solid = solidPositions(cloud, bounds);
	const camera = frame(solid, bounds, POSTER_PX);
	const extent = Math.max(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0)));
	const radiusM = Math.max((extent / Math.sqrt(solid.length / 3)) * 0.8, extent / 400);
	const studio = setPointStudio(solid, bounds, radiusM);
	const film = new Film();
	for (const i of nearToFar(cloud, camera)) film.add(cloud, i, camera);
	const pixels = new Uint8Array(POSTER_PX * POSTER_PX * 3);
	const ground = new Float64Array(3);
	for (let y = 0; y < POSTER_PX; y += 1) {
		for (let x = 0; x < POSTER_PX; x += 1) {
			studio.groundAt(camera, x + 0.5, y + 0.5, ground);
			const at = y * POSTER_PX + x;
			for (let k = 0; k < 3; k += 1) {
				const through = toSrgb(ground[k] ?? 0) * (film.through[at] ?? 1);
				ground[k] = toLinear(Math.min((film.colour[at * 3 + k] ?? 0) + through, 1));
			}
			writePixel(pixels, x, y, ground, 1);
		}
	}
	return pixels;
}

/** The middles of opaque splats in the core, some of them: what throws a shadow and fills the frame. */
function solidPositions({ positions, opacities, count }: SplatCloud, bounds: Bounds): Float32Array {
	const step = Math.max(Math.floor(count / SHADOW_SPLATS), 1);
	const solid: number[] = [];
	for (let i = 0; i < count; i += step) {
		const place = positions.subarray(i * 3, i * 3 + 3);
		const isInside = place.every((v, k) => v >= (bounds.min[k] ?? 0) && v <= (bounds.max[k] ?? 0));
		if ((opacities[i] ?? 0) >= SOLID && isInside) solid.push(...place);
	}
	return solid.length > 0
		? Float32Array.from(solid)
		: Float32Array.from([...bounds.min, ...bounds.max]);
}

/** Numbers of the splats in front of the camera, the nearest first. */
function nearToFar({ positions, count }: SplatCloud, camera: Camera): Uint32Array {
	const depths = new Float32Array(count);
	for (let i = 0; i < count; i += 1) {
		const [, , depth] = project(
			camera,
			positions[i * 3] ?? 0,
			positions[i * 3 + 1] ?? 0,
			positions[i * 3 + 2] ?? 0,
		);
		depths[i] = depth;
	}
	const order = Uint32Array.from({ length: count }, (_, i) => i);
	return order
		.filter((i) => (depths[i] ?? 0) > 0)
		.sort((a, b) => (depths[a] ?? 0) - (depths[b] ?? 0) || a - b);
}

/** What has reached the picture, sRGB, and what of the ground still shows through each pixel. */
class Film {
	readonly colour = new Float32Array(POSTER_PX * POSTER_PX * 3);
	readonly through = new Float32Array(POSTER_PX * POSTER_PX).fill(1);
	readonly #spread = new Float64Array(3);

	add(cloud: SplatCloud, i: number, camera: Camera): void {
		const { positions, opacities, colours } = cloud;
		const opacity = Math.min(opacities[i] ?? 0, MOST_ALPHA);
		if (opacity < LEAST_ALPHA) return;
		const [cx, cy, depth] = project(
			camera,
			positions[i * 3] ?? 0,
			positions[i * 3 + 1] ?? 0,
			positions[i * 3 + 2] ?? 0,
		);
		spreadOnScreen(cloud, i, camera, depth, this.#spread);
		const [a = 1, b = 0, c = 1] = this.#spread;
		const determinant = a * c - b * b;
		if (!(determinant > 0)) return;
		const middle = (a + c) / 2;
		const longest = middle + Math.sqrt(Math.max(middle * middle - determinant, 0.1));
		const radius = Math.min(REACH * Math.sqrt(longest), MOST_RADIUS_PX);
		const paint = [0, 1, 2].map((k) =>
			Math.min(Math.max(0.5 + SH_C0 * (colours[i * 3 + k] ?? 0), 0), 1),
		);
		const conic = [c / determinant, -b / determinant, a / determinant] as const;
		this.#blend(cx, cy, radius, conic, opacity, paint);
	}

	#blend(
		cx: number,
		cy: number,
		radius: number,
		[a, b, c]: readonly [number, number, number],
		opacity: number,
		[red = 0, green = 0, blue = 0]: number[],
	): void {
		const x0 = Math.max(Math.ceil(cx - radius - 0.5), 0);
		const x1 = Math.min(Math.floor(cx + radius - 0.5), POSTER_PX - 1);
		const y1 = Math.min(Math.floor(cy + radius - 0.5), POSTER_PX - 1);
		for (let y = Math.max(Math.ceil(cy - radius - 0.5), 0); y <= y1; y += 1) {
			const dy = y + 0.5 - cy;
			for (let x = x0; x <= x1; x += 1) {
				const at = y * POSTER_PX + x;
				const open = this.through[at] ?? 0;
				if (open < CLOSED) continue;
				const dx = x + 0.5 - cx;
				const power = 0.5 * (a * dx * dx + c * dy * dy) + b * dx * dy;
				const alpha = opacity * Math.exp(-power);
				if (alpha < LEAST_ALPHA) continue;
				const share = open * alpha;
				this.colour[at * 3] = (this.colour[at * 3] ?? 0) + red * share;
				this.colour[at * 3 + 1] = (this.colour[at * 3 + 1] ?? 0) + green * share;
				this.colour[at * 3 + 2] = (this.colour[at * 3 + 2] ?? 0) + blue * share;
				this.through[at] = open - share;
			}
		}
	}
}

/** Variances of a splat on the screen in pixels²: xx, xy, yy (y down). */
function spreadOnScreen(
	{ positions, scales, rotations }: SplatCloud,
	i: number,
	camera: Camera,
	depth: number,
	out: Float64Array,
): void {
	const [x = 0, y = 0, z = 0, w = 1] = rotations.subarray(i * 4, i * 4 + 4);
	const axes = [
		[1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)],
		[2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)],
		[2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)],
	] as const;
	const { right, up, forward, eye, focalPx } = camera;
	const at = [0, 1, 2].map((k) => (positions[i * 3 + k] ?? 0) - (eye[k] ?? 0));
	const along = (v: readonly number[], d: readonly number[]) =>
		(v[0] ?? 0) * (d[0] ?? 0) + (v[1] ?? 0) * (d[1] ?? 0) + (v[2] ?? 0) * (d[2] ?? 0);
	const [tx, ty] = [along(at, right) / depth, along(at, up) / depth];
	const perM = focalPx / depth;
	out.fill(0);
	for (let k = 0; k < 3; k += 1) {
		const axis = axes[k] ?? axes[0];
		const size = Math.exp(scales[i * 3 + k] ?? 0) * perM;
		const away = along(axis, forward);
		const u = (along(axis, right) - tx * away) * size;
		const v = -(along(axis, up) - ty * away) * size;
		out[0] = (out[0] ?? 0) + u * u;
		out[1] = (out[1] ?? 0) + u * v;
		out[2] = (out[2] ?? 0) + v * v;
	}
	out[0] = (out[0] ?? 0) + LOW_PASS;
	out[2] = (out[2] ?? 0) + LOW_PASS;
}
