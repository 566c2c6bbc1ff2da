import { byteOfLinear, LINEAR_OF_BYTE } from './linear-light.ts';

/** Most columns that one sample averages, near the poles. */
const MAX_SPREAD = 8;
const TAPS = 4;

/** A part of an equirectangular picture: sRGB bytes, three a pixel, row by row from the zenith. */
export interface Sphere {
	data: Uint8Array;
	/** Of the whole picture. */
	widthPx: number;
	heightPx: number;
	/** Where the part lies in it, in pixels; it may go on behind the right edge at the left one. */
	left: number;
	top: number;
	columns: number;
	rows: number;
}

const weightsX = new Float64Array(TAPS * MAX_SPREAD);
const weightsY = new Float64Array(TAPS);

/**
 * Writes the colour seen in a direction to `out[at…at+2]`, as sRGB bytes: a Catmull-Rom filter in
 * linear light. Along the parallel it is widened as the rows of the picture are (1 / cos φ), so that
 * the poles do not shimmer. The picture goes on behind its left and right edge, and beyond a pole on
 * the opposite meridian: there is no seam. What it reads must lie in the part that is there. Cost: 16 reads, up to 128 near the poles.
 */
export function sampleSphere(
	sphere: Sphere,
	x: number,
	y: number,
	z: number,
	out: Uint8Array,
	at: number,
): void {
	const { data, widthPx, heightPx, left, top, columns } = sphere;
	const ground = Math.sqrt(x * x + z * z);
	const column = (Math.atan2(x, -z) / (2 * Math.PI) + 0.5) * widthPx - 0.5;
	const row = (0.5 - Math.atan2(y, ground) / Math.PI) * heightPx - 0.5;
	const stretch = Math.sqrt(1 + (y * y) / Math.max(ground * ground, 1e-12));
	const spread = Math.min(MAX_SPREAD, Math.floor(stretch));
	const firstColumn = fillWeights(column, spread, weightsX);
	const firstRow = fillWeights(row, 1, weightsY);
	const count = TAPS * spread;
	const isInside = firstColumn >= left && firstColumn + count <= left + columns;
	let [red, green, blue] = [0, 0, 0];
	for (let j = 0; j < TAPS; j += 1) {
		const line = firstRow + j;
		const isBeyond = line < 0 || line >= heightPx;
		const rowAt = ((isBeyond ? foldRow(line, heightPx) : line) - top) * columns;
		const start = (isBeyond ? firstColumn + (widthPx >> 1) : firstColumn) - left;
		const isStraight = isInside && !isBeyond;
		const weightY = weightsY[j] ?? 0;
		for (let i = 0; i < count; i += 1) {
			const place = start + i;
			const pixel = (rowAt + (isStraight ? place : wrap(place, widthPx))) * 3;
			const weight = (weightsX[i] ?? 0) * weightY;
			red += weight * linear(data[pixel]);
			green += weight * linear(data[pixel + 1]);
			blue += weight * linear(data[pixel + 2]);
		}
	}
	out[at] = byteOfLinear(red);
	out[at + 1] = byteOfLinear(green);
	out[at + 2] = byteOfLinear(blue);
}

/** Weights of the filter's taps around a place, `spread` times as wide; gives the first tap's index. */
function fillWeights(place: number, spread: number, weights: Float64Array): number {
	const count = TAPS * spread;
	const first = Math.floor(place) - count / 2 + 1;
	let total = 0;
	for (let i = 0; i < count; i += 1) {
		const weight = catmullRom(Math.abs(first + i - place) / spread);
		weights[i] = weight;
		total += weight;
	}
	for (let i = 0; i < count; i += 1) weights[i] = (weights[i] ?? 0) / total;
	return first;
}

/** Keys, "Cubic convolution interpolation", 1981, with a = −1/2. */
function catmullRom(t: number): number {
	if (t >= 2) return 0;
	if (t >= 1) return ((-0.5 * t + 2.5) * t - 4) * t + 2;
	return (1.5 * t - 2.5) * t * t + 1;
}

/** A row beyond a pole is the same row on the other side of the world. */
function foldRow(row: number, heightPx: number): number {
	const folded = row < 0 ? -1 - row : 2 * heightPx - 1 - row;
	return Math.min(heightPx - 1, Math.max(0, folded));
}

function wrap(column: number, widthPx: number): number {
	const rest = column % widthPx;
	return rest < 0 ? rest + widthPx : rest;
}

function linear(byte = 0): number {
	return LINEAR_OF_BYTE[byte] ?? 0;
}
