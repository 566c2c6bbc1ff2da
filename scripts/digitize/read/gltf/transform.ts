import type { GltfNode } from './gltf-json.ts';

/** A 4×4 matrix in columns, as glTF writes it. */
export type Matrix = readonly number[];

export const IDENTITY: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** a·b: b is applied first. */
export function multiply(a: Matrix, b: Matrix): Matrix {
	const out: number[] = [];
	for (let column = 0; column < 4; column += 1) {
		for (let row = 0; row < 4; row += 1) {
			let sum = 0;
			for (let k = 0; k < 4; k += 1) sum += (a[k * 4 + row] ?? 0) * (b[column * 4 + k] ?? 0);
			out.push(sum);
		}
	}
	return out;
}

/** A node's own matrix. A rotation that is no unit quaternion is made one. */
export function matrixOf(node: GltfNode): Matrix {
	if (node.matrix !== undefined) return node.matrix;
	const [tx = 0, ty = 0, tz = 0] = node.translation ?? [];
	const [qx = 0, qy = 0, qz = 0, qw = 1] = node.rotation ?? [];
	const [sx = 1, sy = 1, sz = 1] = node.scale ?? [];
	const length = Math.hypot(qx, qy, qz, qw) || 1;
	const [x, y, z, w] = [qx / length, qy / length, qz / length, qw / length];
	return [
		(1 - 2 * (y * y + z * z)) * sx,
		2 * (x * y + z * w) * sx,
		2 * (x * z - y * w) * sx,
		0,
		2 * (x * y - z * w) * sy,
		(1 - 2 * (x * x + z * z)) * sy,
		2 * (y * z + x * w) * sy,
		0,
		2 * (x * z + y * w) * sz,
		2 * (y * z - x * w) * sz,
		(1 - 2 * (x * x + y * y)) * sz,
		0,
		tx,
		ty,
		tz,
		1,
	];
}

/** The determinant of the rotating and scaling part; negative for a mirror. */
export function determinant(m: Matrix): number {
	const [a = 0, b = 0, c = 0, , d = 0, e = 0, f = 0, , g = 0, h = 0, i = 0] = m;
	return a * (e * i - f * h) - d * (b * i - c * h) + g * (b * f - c * e);
}

/** The cofactors of the rotating and scaling part, in columns: what turns normals. */
export function normalMatrix(m: Matrix): readonly number[] {
	const [a = 0, b = 0, c = 0, , d = 0, e = 0, f = 0, , g = 0, h = 0, i = 0] = m;
	const sign = determinant(m) < 0 ? -1 : 1;
	return [
		e * i - f * h,
		f * g - d * i,
		d * h - e * g,
		h * c - i * b,
		i * a - g * c,
		g * b - h * a,
		b * f - c * e,
		c * d - a * f,
		a * e - b * d,
	].map((v) => v * sign);
}
