import type { Bounds } from '#schema/value/geometry';

export type Vec3 = readonly [number, number, number];

/** A pinhole camera that frames a piece: `project` gives pixels and the inverse of the depth. */
export interface Camera {
	eye: Vec3;
	/** Unit vectors of the picture: right, up, and from the eye into the scene. */
	right: Vec3;
	up: Vec3;
	forward: Vec3;
	/** Pixels for a slope of one, and where the axis meets the picture. */
	focalPx: number;
	centreX: number;
	centreY: number;
}

/** A long lens: little perspective, as in catalogue pictures. */
const HALF_ANGLE_RAD = (13 * Math.PI) / 180;
/** From the front (+Z), turned to the right. */
const AZIMUTH_RAD = (32 * Math.PI) / 180;
const ELEVATION_RAD = { standing: (14 * Math.PI) / 180, lying: (40 * Math.PI) / 180 };
/** The share of the picture a piece fills, and how much more room it leaves below for its shadow. */
const FILL = 0.8;
const SINK = 0.02;

/**
 * A three-quarter view from the front and right that fills a square picture of `sizePx`, as a piece
 * turned by `turnRad` about +Y sees it.
 */
export function frame(
	positions: Float32Array,
	bounds: Bounds,
	sizePx: number,
	turnRad = 0,
): Camera {
	const azimuth = AZIMUTH_RAD - turnRad;
	const extent = bounds.max.map((v, k) => v - (bounds.min[k] ?? 0));
	const [width = 0, height = 0, depth = 0] = extent;
	const flatness = Math.min(Math.max(height / Math.max(width, depth, 1e-9), 0), 1);
	const blend = Math.min(Math.max((flatness - 0.2) / 0.5, 0), 1);
	const elevation = ELEVATION_RAD.lying + (ELEVATION_RAD.standing - ELEVATION_RAD.lying) * blend;
	const [ce, se] = [Math.cos(elevation), Math.sin(elevation)];
	const back: Vec3 = [Math.sin(azimuth) * ce, se, Math.cos(azimuth) * ce];
	const distance = (Math.hypot(width, height, depth) / 2 / Math.sin(HALF_ANGLE_RAD)) * 1.05;
	const middle: Vec3 = [
		(bounds.min[0] + bounds.max[0]) / 2,
		(bounds.min[1] + bounds.max[1]) / 2,
		(bounds.min[2] + bounds.max[2]) / 2,
	];
	const right: Vec3 = [Math.cos(azimuth), 0, -Math.sin(azimuth)];
	const camera: Camera = {
		eye: [
			middle[0] + back[0] * distance,
			middle[1] + back[1] * distance,
			middle[2] + back[2] * distance,
		],
		right,
		up: cross(back, right),
		forward: [-back[0], -back[1], -back[2]],
		focalPx: 1,
		centreX: 0,
		centreY: 0,
	};
	return zoomed(camera, positions, sizePx);
}

/** Zooms and shifts the picture, not the eye, until the projection fills it. */
function zoomed(camera: Camera, positions: Float32Array, sizePx: number): Camera {
	const low = [Infinity, Infinity];
	const high = [-Infinity, -Infinity];
	for (let i = 0; i < positions.length; i += 3) {
		const point = project(camera, positions[i] ?? 0, positions[i + 1] ?? 0, positions[i + 2] ?? 0);
		for (let k = 0; k < 2; k += 1) {
			const value = point[k] ?? 0;
			if (value < (low[k] ?? 0)) low[k] = value;
			if (value > (high[k] ?? 0)) high[k] = value;
		}
	}
	const [x0 = 0, y0 = 0] = low;
	const [x1 = 0, y1 = 0] = high;
	const focalPx = (FILL * sizePx) / Math.max(x1 - x0, y1 - y0, 1e-12);
	return {
		...camera,
		focalPx,
		centreX: sizePx / 2 - ((x0 + x1) / 2) * focalPx,
		centreY: sizePx * (0.5 - SINK) - ((y0 + y1) / 2) * focalPx,
	};
}

/** Pixel x, pixel y (down), and the distance along the axis, of a point in metres. */
export function project(camera: Camera, x: number, y: number, z: number): Vec3 {
	const [dx, dy, dz] = [x - camera.eye[0], y - camera.eye[1], z - camera.eye[2]];
	const depth = dx * camera.forward[0] + dy * camera.forward[1] + dz * camera.forward[2];
	const across = dx * camera.right[0] + dy * camera.right[1] + dz * camera.right[2];
	const upward = dx * camera.up[0] + dy * camera.up[1] + dz * camera.up[2];
	return [
		camera.centreX + (across / depth) * camera.focalPx,
		camera.centreY - (upward / depth) * camera.focalPx,
		depth,
	];
}

/** The unit direction from the eye through a pixel. */
export function rayThrough(camera: Camera, px: number, py: number): Vec3 {
	const a = (px - camera.centreX) / camera.focalPx;
	const b = (camera.centreY - py) / camera.focalPx;
	const x = camera.forward[0] + a * camera.right[0] + b * camera.up[0];
	const y = camera.forward[1] + a * camera.right[1] + b * camera.up[1];
	const z = camera.forward[2] + a * camera.right[2] + b * camera.up[2];
	const length = Math.hypot(x, y, z);
	return [x / length, y / length, z / length];
}

/** The vector product. */
export function cross(a: Vec3, b: Vec3): Vec3 {
	return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** The same direction with length one; +Y for no direction. */
export function unit([x, y, z]: Vec3): Vec3 {
	const length = Math.hypot(x, y, z);
	return length > 0 ? [x / length, y / length, z / length] : [0, 1, 0];
}
