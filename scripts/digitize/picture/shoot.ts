import { toLinear, toSrgb } from '../colour.ts';
import type { Material, Mesh } from '../mesh/mesh.ts';
import { barycentric } from './barycentric.ts';
import { type Camera, project, rayThrough } from './camera.ts';
import { exposureFor, toneMap } from './exposure.ts';
import { type FloorLight, floorAt, lightFloor } from './floor.ts';
import { drawLightMap } from './light-map.ts';
import { rasterize, type Visible } from './raster.ts';
import { POOL, type Scenery } from './scenery.ts';
import { Shader } from './shade.ts';
import { type SpotQuality, softBoxes, spotlights } from './studio.ts';
import { blankPoint, type SurfacePoint, SurfaceReader } from './surface.ts';

/** The gallery's ground, sRGB bytes #14130f, and what the light makes of the floor under a piece. */
const INK = [0x14, 0x13, 0x0f].map((v) => toLinear(v / 255));
const FLOOR = [0.05, 0.0465, 0.04];
/** The exposure meter looks at about this many places a side. */
const METER_PLACES = 146;

/** One view of a piece. */
export interface View {
	/** Of the finished picture, which is square. */
	sizePx: number;
	/** Samples a side of every pixel. */
	samples: number;
	/** Frames a picture of `sizePx × samples`. */
	camera: Camera;
	/** How far the piece is turned about +Y while camera and spotlights stay. */
	turnRad: number;
	spots: SpotQuality;
	/** Cells a side of the grid of light on the floor. */
	floorCells: number;
}

/** Samples that differ in depth by fewer widths of a pixel lie on one surface. */
const FLAT_PIXELS = 3;
/** The outer share of the picture's radius over which the lit floor fades into the ink. */
const EDGE = 0.4;

/**
 * Sets a view up, ready to be metered and developed: what is seen, and where the spotlights reach.
 * The piece itself never moves: camera and spotlights are turned the other way about it.
 */
export function setUp(scenery: Scenery, view: View): Stage {
	const { mesh, materials, maps, bounds, radiusM, shadowMesh, dome, reach } = scenery;
	const reader = new SurfaceReader(mesh, materials, maps, reach);
	const visible = rasterize({
		sizePx: view.sizePx * view.samples,
		screen: projectAll(view.camera, mesh.positions),
		indices: mesh.indices,
		isPerspective: true,
		...(materials.some((m) => m.alphaMode !== 'OPAQUE')
			? { shows: (t, a, b, c) => reader.alpha(t, a, b, c) >= cutoff(mesh, materials, t) }
			: {}),
	});
	const spots = spotlights(view.turnRad, view.spots).map((light) =>
		drawLightMap(light.isKey ? mesh : shadowMesh, bounds, light),
	);
	const pixelM = pixelWidthM(scenery, view);
	const shader = new Shader({
		spots,
		dome,
		reach,
		boxes: softBoxes(view.turnRad),
		sharedM: pixelM,
	});
	return {
		mesh,
		view,
		camera: view.camera,
		visible,
		reader,
		shader,
		floorKey: lightFloor(
			spots.filter((map) => map.light.isKey),
			radiusM * POOL,
			view.floorCells,
		),
		floorDome: scenery.floorDome,
		point: blankPoint(),
		light: new Float64Array(3),
		radius: radiusM,
		pixelM,
	};
}

/** How wide a pixel is at the piece, in metres. */
function pixelWidthM({ bounds }: Scenery, { camera, samples }: View): number {
	const [x = 0, y = 0, z = 0] = bounds.max.map((v, k) => (v + (bounds.min[k] ?? 0)) / 2);
	const [, , depth] = project(camera, x, y, z);
	return (depth / camera.focalPx) * samples;
}

function cutoff(mesh: Mesh, materials: Material[], t: number): number {
	const material = materials[mesh.materialOf[mesh.indices[t * 3] ?? 0] ?? 0];
	if (material === undefined || material.alphaMode === 'OPAQUE') return 0;
	return material.alphaMode === 'MASK' ? material.alphaCutoff : 0.5;
}

function projectAll(camera: Camera, positions: Float32Array): Float32Array {
	const screen = new Float32Array(positions.length);
	for (let i = 0; i < positions.length; i += 3) {
		const [x, y, depth] = project(
			camera,
			positions[i] ?? 0,
			positions[i + 1] ?? 0,
			positions[i + 2] ?? 0,
		);
		screen[i] = x;
		screen[i + 1] = y;
		screen[i + 2] = depth;
	}
	return screen;
}

/** A view that is ready to be developed. */
export interface Stage {
	mesh: Mesh;
	view: View;
	camera: Camera;
	visible: Visible;
	reader: SurfaceReader;
	shader: Shader;
	floorKey: FloorLight;
	floorDome: FloorLight;
	/** Reused from sample to sample. */
	point: SurfacePoint;
	light: Float64Array;
	radius: number;
	/** How wide a pixel is at the piece, in metres. */
	pixelM: number;
}

/** The exposure that suits the piece as it is seen in these views. */
export function meter(stages: Stage[]): number {
	return exposureFor(stages.flatMap(tonesOf));
}

/** Luminances of the piece on a grid, linear. */
function tonesOf(stage: Stage): number[] {
	const { light } = stage;
	const tones: number[] = [];
	const size = stage.view.sizePx * stage.view.samples;
	const step = Math.max(Math.round(size / METER_PLACES), 1);
	for (let py = step >> 1; py < size; py += step) {
		for (let px = step >> 1; px < size; px += step) {
			if (!shadeSample(stage, px, py, light)) continue;
			const [red = 0, green = 0, blue = 0] = light;
			tones.push(0.2126 * red + 0.7152 * green + 0.0722 * blue);
		}
	}
	return tones;
}

/** Shades every pixel and gives sRGB bytes, three a pixel. */
export function develop(stage: Stage, exposure: number): Uint8Array {
	const { sizePx } = stage.view;
	const pixels = new Uint8Array(sizePx * sizePx * 3);
	const light = new Float64Array(3);
	for (let y = 0; y < sizePx; y += 1) {
		for (let x = 0; x < sizePx; x += 1) {
			shadePixel(stage, x, y, exposure, light);
			const at = (y * sizePx + x) * 3;
			for (let k = 0; k < 3; k += 1) {
				pixels[at + k] = Math.round(toSrgb(light[k] ?? 0) * 255 + grain(x, y));
			}
		}
	}
	return pixels;
}

/**
 * The mean of a pixel's samples in linear light; those that miss the piece show the floor. All share
 * their shadows, and where they lie on one surface two are enough: three times faster.
 */
function shadePixel(stage: Stage, x: number, y: number, exposure: number, sum: Float64Array): void {
	const {
		light,
		view: { samples },
	} = stage;
	sum.fill(0);
	let empty = 0;
	const last = samples * samples - 1;
	const step = isOneSurface(stage, x, y) ? Math.max(last, 1) : 1;
	for (let s = 0; s <= last; s += step) {
		const px = x * samples + (s % samples);
		const py = y * samples + Math.floor(s / samples);
		if (shadeSample(stage, px, py, light)) {
			toneMap(light, exposure);
			add(sum, light, 1);
		} else empty += 1;
	}
	if (empty > 0) {
		shadeFloor(stage, (x + 0.5) * samples, (y + 0.5) * samples, light);
		add(sum, light, empty);
	}
	for (let k = 0; k < 3; k += 1) sum[k] = (sum[k] ?? 0) / (Math.floor(last / step) + 1);
}

/** Whether all samples of a pixel lie on the piece, about as far away. */
function isOneSurface({ visible, view, pixelM }: Stage, x: number, y: number): boolean {
	let near = Infinity;
	let far = 0;
	for (let row = y * view.samples; row < (y + 1) * view.samples; row += 1) {
		for (let column = x * view.samples; column < (x + 1) * view.samples; column += 1) {
			const depth = visible.depth[row * visible.sizePx + column] ?? Infinity;
			near = Math.min(near, depth);
			far = Math.max(far, depth);
		}
	}
	return far - near < pixelM * FLAT_PIXELS;
}

function add(sum: Float64Array, light: Float64Array, times: number): void {
	for (let k = 0; k < 3; k += 1) sum[k] = (sum[k] ?? 0) + (light[k] ?? 0) * times;
}

/** Less than half a step of fixed noise, against bands in the dark ground. */
function grain(x: number, y: number): number {
	const wave = 52.9829189 * ((0.06711056 * x + 0.00583715 * y) % 1);
	return (wave - Math.floor(wave) - 0.5) * 0.9;
}

function shadeSample(
	{ mesh, camera, visible, reader, shader, point }: Stage,
	px: number,
	py: number,
	out: Float64Array,
): boolean {
	const t = visible.triangle[py * visible.sizePx + px] ?? -1;
	if (t === -1) return false;
	const depth = visible.depth[py * visible.sizePx + px] ?? 1;
	const ray = rayThrough(camera, px + 0.5, py + 0.5);
	const along =
		ray[0] * camera.forward[0] + ray[1] * camera.forward[1] + ray[2] * camera.forward[2];
	const reach = depth / along;
	const [a, b] = barycentric(
		mesh,
		t,
		camera.eye[0] + ray[0] * reach,
		camera.eye[1] + ray[1] * reach,
		camera.eye[2] + ray[2] * reach,
	);
	reader.read(t, a, b, 1 - a - b, point);
	shader.shade(point, ray, out);
	return true;
}

/** 1 in the middle of the picture, falling to 0 where a circle would touch its edges. */
function edgeFade({ sizePx, samples }: View, px: number, py: number): number {
	const half = (sizePx * samples) / 2;
	const out = Math.hypot(px - half, py - half) / half;
	const t = Math.min(Math.max((1 - out) / EDGE, 0), 1);
	return t * t * (3 - 2 * t);
}

function shadeFloor(stage: Stage, px: number, py: number, out: Float64Array): void {
	for (let k = 0; k < 3; k += 1) out[k] = INK[k] ?? 0;
	const { camera, radius, floorKey, floorDome } = stage;
	const ray = rayThrough(camera, px, py);
	if (ray[1] > -1e-4) return;
	const reach = -camera.eye[1] / ray[1];
	const x = camera.eye[0] + ray[0] * reach;
	const z = camera.eye[2] + ray[2] * reach;
	const away = Math.hypot(x, z) / (radius * POOL);
	if (away >= 1) return;
	const pool = (1 - away * away) ** 2 * edgeFade(stage.view, px, py);
	const dome = floorAt(floorDome, x, z);
	const light = floorAt(floorKey, x, z) * 0.7 + dome * 0.5;
	for (let k = 0; k < 3; k += 1) {
		const ink = INK[k] ?? 0;
		const lit = (FLOOR[k] ?? 0) * light - ink * 0.5;
		out[k] = Math.max(ink * (1 - pool * (1 - dome)) + lit * pool, 0);
	}
}
