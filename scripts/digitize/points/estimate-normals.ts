import type { Bounds } from '#schema/value/geometry';
import { NearestPoints } from './nearest-points.ts';

/** Neighbours within this many spacings shape a normal. */
const REACH = 2.2;
const LEAST_NEIGHBOURS = 4;
const SWEEPS = 6;

/**
 * Unit normals of a cloud (N×3, metres): across the plane through each point's neighbours, towards
 * `eye`; `spacings` says how far apart they lie around each. A point without neighbours faces the eye; one that is not wanted (0) has none.
 * Source: Hoppe 1992, "Surface reconstruction from unorganized points", without its global orientation.
 */
export function estimateNormals(
	positions: Float32Array,
	bounds: Bounds,
	spacings: Float32Array,
	eye: readonly [number, number, number],
	isWanted: Uint8Array,
): Float32Array {
	const middle = spacings.slice().sort()[spacings.length >> 1] ?? 0;
	const near = new NearestPoints(positions, bounds, middle * REACH);
	const normals = new Float32Array(positions.length);
	const sums = new Float64Array(10);
	const thin: [number, number, number] = [0, 0, 0];
	for (let at = 0; at < positions.length; at += 3) {
		if (isWanted[at / 3] !== 1) continue;
		const x = positions[at] ?? 0;
		const y = positions[at + 1] ?? 0;
		const z = positions[at + 2] ?? 0;
		const reachM = (spacings[at / 3] ?? middle) * REACH;
		const count = near.collect(x, y, z, reachM);
		gather(sums, positions, near.found, count, x, y, z);
		const away = [eye[0] - x, eye[1] - y, eye[2] - z] as const;
		const isFlat = count >= LEAST_NEIGHBOURS && thinnest(sums, thin);
		face(normals, at, isFlat ? thin : away, away);
	}
	return normals;
}

/** Stores a direction with length one, turned to the side where `away` points. */
function face(
	normals: Float32Array,
	at: number,
	[x, y, z]: readonly [number, number, number],
	away: readonly [number, number, number],
): void {
	const facing = x * away[0] + y * away[1] + z * away[2];
	const scale = (facing < 0 ? -1 : 1) / (Math.hypot(x, y, z) || 1);
	normals[at] = x * scale;
	normals[at + 1] = y * scale;
	normals[at + 2] = z * scale;
}

/** Sums up first and second powers of where neighbours lie, relative to a point, and how many there are. */
function gather(
	sums: Float64Array,
	positions: Float32Array,
	found: Uint32Array,
	count: number,
	x: number,
	y: number,
	z: number,
): void {
	let [sx, sy, sz, sxx, sxy, sxz, syy, syz, szz] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
	for (let k = 0; k < count; k += 1) {
		const at = (found[k] ?? 0) * 3;
		const dx = (positions[at] ?? 0) - x;
		const dy = (positions[at + 1] ?? 0) - y;
		const dz = (positions[at + 2] ?? 0) - z;
		sx += dx;
		sy += dy;
		sz += dz;
		sxx += dx * dx;
		sxy += dx * dy;
		sxz += dx * dz;
		syy += dy * dy;
		syz += dy * dz;
		szz += dz * dz;
	}
	sums.set([sx, sy, sz, sxx, sxy, sxz, syy, syz, szz, count]);
}

/**
 * The direction in which neighbours spread least, not normalised: the smallest eigenvector of their
 * covariance, by powers of the adjugate, whose largest it is. False when there is none. Plain numbers
 * throughout: arrays for each step made a third of the time garbage.
 */
function thinnest(sums: Float64Array, out: [number, number, number]): boolean {
	const n = sums[9] ?? 1;
	const [sx, sy, sz] = [sums[0] ?? 0, sums[1] ?? 0, sums[2] ?? 0];
	const a = (sums[3] ?? 0) - (sx * sx) / n;
	const b = (sums[4] ?? 0) - (sx * sy) / n;
	const c = (sums[5] ?? 0) - (sx * sz) / n;
	const d = (sums[6] ?? 0) - (sy * sy) / n;
	const e = (sums[7] ?? 0) - (sy * sz) / n;
	const f = (sums[8] ?? 0) - (sz * sz) / n;
	// A little roundness keeps a perfect plane from dividing by nothing.
	const ease = (a + d + f) * 1e-6;
	const p = a + ease;
	const q = d + ease;
	const r = f + ease;
	const [xx, yy, zz] = [q * r - e * e, p * r - c * c, p * q - b * b];
	return strongest(xx, c * e - b * r, b * e - c * q, yy, b * c - p * e, zz, out);
}

/** The eigenvector of the largest eigenvalue of a symmetric matrix, by its powers; false when it has none. */
function strongest(
	xx: number,
	xy: number,
	xz: number,
	yy: number,
	yz: number,
	zz: number,
	out: [number, number, number],
): boolean {
	// Any start will do that is not across the answer: the longest column.
	const isX = xx > yy && xx > zz;
	const isY = !isX && yy > zz;
	let x = isX ? xx : isY ? xy : xz;
	let y = isX ? xy : isY ? yy : yz;
	let z = isX ? xz : isY ? yz : zz;
	for (let i = 0; i < SWEEPS; i += 1) {
		const u = xx * x + xy * y + xz * z;
		const v = xy * x + yy * y + yz * z;
		const w = xz * x + yz * y + zz * z;
		const length = Math.sqrt(u * u + v * v + w * w);
		if (!(length > 0)) return false;
		x = u / length;
		y = v / length;
		z = w / length;
	}
	out[0] = x;
	out[1] = y;
	out[2] = z;
	return true;
}
