import { SH_COEFFICIENTS, type SplatCloud } from './splat-cloud.ts';

/** Row by row. */
export type Matrix3 = readonly number[];

/** Directions at which harmonics are compared; more than a band has numbers. */
const DIRECTIONS = 24;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Turns the view-dependent colours of splats, in place, when the splats are turned by `rotation`. Each
 * band turns by a matrix of its own, found as the one that gives the same colours in turned directions.
 */
export function rotateHarmonics(cloud: SplatCloud, rotation: Matrix3): void {
	const width = SH_COEFFICIENTS[cloud.shDegree] * 3;
	for (let band = 1; band <= cloud.shDegree; band += 1) {
		const size = band * 2 + 1;
		const turn = bandMatrix(band, rotation);
		const before = new Float64Array(size * 3);
		for (let i = 0; i < cloud.count; i += 1) {
			turnBand(cloud.sh, i * width + (band * band - 1) * 3, turn, before);
		}
	}
}

/** Turns one band of one splat; `before` is room for it. */
function turnBand(sh: Float32Array, at: number, turn: Float64Array, before: Float64Array): void {
	const size = before.length / 3;
	for (let k = 0; k < before.length; k += 1) before[k] = sh[at + k] ?? 0;
	for (let n = 0; n < before.length; n += 1) {
		const [row, c] = [Math.floor(n / 3), n % 3];
		let sum = 0;
		for (let k = 0; k < size; k += 1) sum += (turn[row * size + k] ?? 0) * (before[k * 3 + c] ?? 0);
		sh[at + n] = sum;
	}
}

/** The matrix M with Y(Rᵀd)·s = Y(d)·(M s) for all directions d, by least squares. */
function bandMatrix(band: number, r: Matrix3): Float64Array {
	const size = band * 2 + 1;
	const normal = new Float64Array(size * size);
	const right = new Float64Array(size * size);
	for (let d = 0; d < DIRECTIONS; d += 1) {
		const z = 1 - (2 * (d + 0.5)) / DIRECTIONS;
		const flat = Math.sqrt(1 - z * z);
		const [x, y] = [flat * Math.cos(d * GOLDEN_ANGLE), flat * Math.sin(d * GOLDEN_ANGLE)];
		const here = harmonics(band, x, y, z);
		const column = (k: number) => (r[k] ?? 0) * x + (r[k + 3] ?? 0) * y + (r[k + 6] ?? 0) * z;
		const before = harmonics(band, column(0), column(1), column(2));
		for (let i = 0; i < size; i += 1) {
			for (let k = 0; k < size; k += 1) {
				normal[i * size + k] = (normal[i * size + k] ?? 0) + (here[i] ?? 0) * (here[k] ?? 0);
				right[i * size + k] = (right[i * size + k] ?? 0) + (here[i] ?? 0) * (before[k] ?? 0);
			}
		}
	}
	return solve(normal, right, size);
}

/** Real harmonics of one band up to their constant, as Gaussian splatting orders them. */
function harmonics(band: number, x: number, y: number, z: number): number[] {
	if (band === 1) return [-y, z, -x];
	const [xx, yy, zz] = [x * x, y * y, z * z];
	if (band === 2) {
		const diagonal = 1.0925484305920792;
		return [
			diagonal * x * y,
			-diagonal * y * z,
			0.31539156525252005 * (2 * zz - xx - yy),
			-diagonal * x * z,
			0.5462742152960396 * (xx - yy),
		];
	}
	return [
		-0.5900435899266435 * y * (3 * xx - yy),
		2.890611442640554 * x * y * z,
		-0.4570457994644658 * y * (4 * zz - xx - yy),
		0.3731763325901154 * z * (2 * zz - 3 * xx - 3 * yy),
		-0.4570457994644658 * x * (4 * zz - xx - yy),
		1.445305721320277 * z * (xx - yy),
		-0.5900435899266435 * x * (xx - 3 * yy),
	];
}

/** Solves A X = B for square matrices of one size, by elimination with pivots. Changes both. */
function solve(a: Float64Array, b: Float64Array, size: number): Float64Array {
	for (let column = 0; column < size; column += 1) {
		const pivot = pivotOf(a, size, column);
		swapRows(a, size, column, pivot);
		swapRows(b, size, column, pivot);
		const head = a[column * size + column] || 1;
		for (let k = column * size; k < (column + 1) * size; k += 1) {
			a[k] = (a[k] ?? 0) / head;
			b[k] = (b[k] ?? 0) / head;
		}
		for (let row = 0; row < size; row += 1) {
			if (row !== column) subtractRow(a, b, size, row, column, a[row * size + column] ?? 0);
		}
	}
	return b;
}

function pivotOf(a: Float64Array, size: number, column: number): number {
	let pivot = column;
	for (let row = column + 1; row < size; row += 1) {
		const [here, best] = [a[row * size + column] ?? 0, a[pivot * size + column] ?? 0];
		if (Math.abs(here) > Math.abs(best)) pivot = row;
	}
	return pivot;
}

function subtractRow(
	a: Float64Array,
	b: Float64Array,
	size: number,
	row: number,
	from: number,
	factor: number,
): void {
	for (let k = 0; k < size; k += 1) {
		a[row * size + k] = (a[row * size + k] ?? 0) - factor * (a[from * size + k] ?? 0);
		b[row * size + k] = (b[row * size + k] ?? 0) - factor * (b[from * size + k] ?? 0);
	}
}

function swapRows(m: Float64Array, size: number, i: number, j: number): void {
	for (let k = 0; k < size; k += 1) {
		const value = m[i * size + k] ?? 0;
		m[i * size + k] = m[j * size + k] ?? 0;
		m[j * size + k] = value;
	}
}
