import type { Bounds } from '#schema/value/geometry';
import { toLinear, toSrgb } from '../colour.ts';
import { boundsOf } from '../mesh/inspect.ts';
import { type Camera, frame, project, type Vec3 } from '../picture/camera.ts';
import { exposureFor, toneMap } from '../picture/exposure.ts';
import { drawDiscs, type VisiblePoints } from './draw-discs.ts';
import { estimateNormals } from './estimate-normals.ts';
import { localSpacing } from './local-spacing.ts';
import { type PointStudio, setPointStudio } from './point-studio.ts';
import { type PaintedPoints, selectPoints } from './select-points.ts';

export const POSTER_PX = 1024;
/** Samples a side of every pixel. */
const SAMPLES = 2;
/** The radius of a point's disc, in spacings: neighbours overlap, holes close. */
const RADIUS = 1.4;
/** Shadows need no more points than this. */
const SHADOW_POINTS = 100_000;
/** The share of points on each side that does not decide the framing: stray points. */
const STRAY = 0.003;
const METER_STEP = 7;
const LINEAR = Float32Array.from({ length: 256 }, (_, byte) => toLinear(byte / 255));

/**
 * Draws a cloud as its poster: all points but those that stand alone, as discs with light and shadow on the gallery's floor, seen as
 * `picture/camera.ts` frames a piece. Gives sRGB bytes, 1024² × 3. Software only: same points, same
 * bytes. Cost: about 2 s for 500,000 points.
 */
export function drawPoints(all: PaintedPoints, spacingM: number): Uint8Array {
	const { points, spacings } = withoutLonely(all, spacingM);
	const { positions } = points;
	const bounds = boundsOf(positions);
	const core = withoutStrays(positions, bounds);
	const camera = frame(core.positions, core.bounds, POSTER_PX * SAMPLES);
	const radiusM = (point: number) => (spacings[point] ?? spacingM) * RADIUS;
	const visible = drawDiscs({
		sizePx: POSTER_PX * SAMPLES,
		screen: projectAll(camera, positions),
		radiusPx: (depth, i) => Math.max((radiusM(i) * camera.focalPx) / depth, 0.8),
		bulge: radiusM,
	});
	const step = Math.max(Math.ceil(core.positions.length / 3 / SHADOW_POINTS), 1);
	const shadowM = spacingM * Math.sqrt(step) * RADIUS;
	const studio = setPointStudio(everyNth(core.positions, step), core.bounds, shadowM);
	const isSeen = new Uint8Array(positions.length / 3);
	for (const i of visible.point) if (i >= 0) isSeen[i] = 1;
	const normals = estimateNormals(positions, bounds, spacings, camera.eye, isSeen);
	const lit = lightPoints(points, normals, isSeen, studio);
	return develop(visible, lit, studio, camera);
}

/** The points that do not stand alone, and how far apart they lie around each. */
function withoutLonely(
	all: PaintedPoints,
	spacingM: number,
): { points: PaintedPoints; spacings: Float32Array } {
	const spacings = localSpacing(all.positions, boundsOf(all.positions), spacingM);
	const kept = Uint32Array.from(spacings.keys()).filter((i) => (spacings[i] ?? 0) > 0);
	if (kept.length === 0) return { points: all, spacings: spacings.fill(spacingM) };
	return { points: selectPoints(all, kept), spacings: spacings.filter((spacing) => spacing > 0) };
}

/** The points but for the outermost few on every side, with their box (which keeps the floor). */
export function withoutStrays(
	positions: Float32Array,
	bounds: Bounds,
): { positions: Float32Array; bounds: Bounds } {
	const box = { min: [...bounds.min], max: [...bounds.max] } as Bounds;
	for (let k = 0; k < 3; k += 1) {
		const values = new Float32Array(Math.ceil(positions.length / 3));
		for (let i = 0; i < values.length; i += 1) values[i] = positions[i * 3 + k] ?? 0;
		values.sort();
		const cut = Math.floor(values.length * STRAY);
		box.min[k] = values[cut] ?? 0;
		box.max[k] = values[values.length - 1 - cut] ?? 0;
	}
	const kept = new Float32Array(positions.length);
	let length = 0;
	const { min, max } = box;
	for (let at = 0; at < positions.length; at += 3) {
		const [x = 0, y = 0, z = 0] = [positions[at], positions[at + 1], positions[at + 2]];
		const isBeyond = x > max[0] || y > max[1] || z > max[2];
		if (isBeyond || x < min[0] || y < min[1] || z < min[2]) continue;
		kept[length] = x;
		kept[length + 1] = y;
		kept[length + 2] = z;
		length += 3;
	}
	if (length === 0) return { positions, bounds };
	return { positions: kept.subarray(0, length), bounds: { min: box.min, max: box.max } };
}

export function projectAll(camera: Camera, positions: Float32Array): Float32Array {
	const screen = new Float32Array(positions.length);
	for (let i = 0; i < positions.length; i += 3) {
		const point = project(camera, positions[i] ?? 0, positions[i + 1] ?? 0, positions[i + 2] ?? 0);
		screen.set(point, i);
	}
	return screen;
}

function everyNth(positions: Float32Array, step: number): Float32Array {
	if (step === 1) return positions;
	const some = new Float32Array(Math.floor(positions.length / 3 / step) * 3);
	for (let i = 0; i < some.length; i += 3) {
		some.set(positions.subarray(i * step, i * step + 3), i);
	}
	return some;
}

/** The light that leaves each point that is seen, linear RGB; each is lit once. */
function lightPoints(
	{ positions, colours }: PaintedPoints,
	normals: Float32Array,
	isSeen: Uint8Array,
	studio: PointStudio,
): Float32Array {
	const lit = new Float32Array(positions.length);
	const light = new Float64Array(3);
	for (let at = 0; at < positions.length; at += 3) {
		if (isSeen[at / 3] !== 1) continue;
		const normal: Vec3 = [normals[at] ?? 0, normals[at + 1] ?? 0, normals[at + 2] ?? 0];
		studio.lightAt(
			positions[at] ?? 0,
			positions[at + 1] ?? 0,
			positions[at + 2] ?? 0,
			normal,
			light,
		);
		for (let k = 0; k < 3; k += 1) {
			lit[at + k] = (LINEAR[colours[at + k] ?? 0] ?? 0) * (light[k] ?? 0);
		}
	}
	return lit;
}

function develop(
	visible: VisiblePoints,
	lit: Float32Array,
	studio: PointStudio,
	camera: Camera,
): Uint8Array {
	const pixels = new Uint8Array(POSTER_PX * POSTER_PX * 3);
	toneMapAll(lit, meter(visible, lit));
	const light = new Float64Array(3);
	const sum = new Float64Array(3);
	for (let y = 0; y < POSTER_PX; y += 1) {
		for (let x = 0; x < POSTER_PX; x += 1) {
			const empty = sumSamples(visible, lit, x, y, sum);
			if (empty > 0) {
				studio.groundAt(camera, (x + 0.5) * SAMPLES, (y + 0.5) * SAMPLES, light);
				for (let k = 0; k < 3; k += 1) sum[k] = (sum[k] ?? 0) + (light[k] ?? 0) * empty;
			}
			writePixel(pixels, x, y, sum, 1 / (SAMPLES * SAMPLES));
		}
	}
	return pixels;
}

/** Adds up the points that a pixel's samples see; gives how many see none. */
function sumSamples(
	{ point, sizePx }: VisiblePoints,
	lit: Float32Array,
	x: number,
	y: number,
	sum: Float64Array,
): number {
	let empty = 0;
	let [red, green, blue] = [0, 0, 0];
	for (let s = 0; s < SAMPLES * SAMPLES; s += 1) {
		const row = y * SAMPLES + Math.floor(s / SAMPLES);
		const at = (point[row * sizePx + x * SAMPLES + (s % SAMPLES)] ?? -1) * 3;
		if (at >= 0) {
			red += lit[at] ?? 0;
			green += lit[at + 1] ?? 0;
			blue += lit[at + 2] ?? 0;
		} else empty += 1;
	}
	sum[0] = red;
	sum[1] = green;
	sum[2] = blue;
	return empty;
}

function toneMapAll(lit: Float32Array, exposure: number): void {
	const light = new Float64Array(3);
	for (let at = 0; at < lit.length; at += 3) {
		for (let k = 0; k < 3; k += 1) light[k] = lit[at + k] ?? 0;
		toneMap(light, exposure);
		lit.set(light, at);
	}
}

/** Writes linear light as sRGB bytes, with less than half a step of fixed noise against bands. */
export function writePixel(
	pixels: Uint8Array,
	x: number,
	y: number,
	light: Float64Array,
	scale: number,
): void {
	const wave = 52.9829189 * ((0.06711056 * x + 0.00583715 * y) % 1);
	const grain = (wave - Math.floor(wave) - 0.5) * 0.9;
	const at = (y * POSTER_PX + x) * 3;
	for (let k = 0; k < 3; k += 1) {
		const value = toSrgb(Math.min((light[k] ?? 0) * scale, 1)) * 255 + grain;
		pixels[at + k] = Math.min(Math.max(Math.round(value), 0), 255);
	}
}

function meter(visible: VisiblePoints, lit: Float32Array): number {
	const tones: number[] = [];
	for (let at = 0; at < visible.point.length; at += METER_STEP * 97) {
		const i = (visible.point[at] ?? -1) * 3;
		if (i < 0) continue;
		tones.push(0.2126 * (lit[i] ?? 0) + 0.7152 * (lit[i + 1] ?? 0) + 0.0722 * (lit[i + 2] ?? 0));
	}
	return exposureFor(tones);
}
