import type { Bounds } from '#schema/geometry';
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
	for (let at = 0; at < positions.length; at += 3) {
		if (isWanted[at / 3] !== 1) continue;
		const x = positions[at] ?? 0;
		const y = positions[at + 1] ?? 0;
		const z = positions[at + 2] ?? 0;
		const reachM = (spacings[at / 3] ?? middle) * REACH;
		sums.fill(0);
		near.within(x, y, z, reachM, (i, distance2) => {
			if (distance2 <= reachM * reachM) gather(sums, positions, i * 3, x, y, z);
		});
		const isFlat = (sums[9] ?? 0) >= LEAST_NEIGHBOURS;
		const away = [eye[0] - x, eye[1] - y, eye[2] - z] as const;
		face(normals, at, (isFlat ? thinnest(sums) : undefined) ?? away, away);
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

/** Adds a neighbour to the sums of first and second powers, relative to a point. */
function gather(
	sums: Float64Array,
	positions: Float32Array,
	at: number,
	x: number,
	y: number,
	z: number,
): void {
	const dx = (positions[at] ?? 0) - x;
	const dy = (positions[at + 1] ?? 0) - y;
	const dz = (positions[at + 2] ?? 0) - z;
	sums[0] = (sums[0] ?? 0) + dx;
	sums[1] = (sums[1] ?? 0) + dy;
	sums[2] = (sums[2] ?? 0) + dz;
	sums[3] = (sums[3] ?? 0) + dx * dx;
	sums[4] = (sums[4] ?? 0) + dx * dy;
	sums[5] = (sums[5] ?? 0) + dx * dz;
	sums[6] = (sums[6] ?? 0) + dy * dy;
	sums[7] = (sums[7] ?? 0) + dy * dz;
	sums[8] = (sums[8] ?? 0) + dz * dz;
	sums[9] = (sums[9] ?? 0) + 1;
}

/**
 * The direction in which neighbours spread least: the smallest eigenvector of their covariance, by
 * powers of the adjugate, whose largest it is. Not normalised.
 */
function thinnest(sums: Float64Array): [number, number, number] | undefined {
	const [sx = 0, sy = 0, sz = 0, sxx = 0, sxy = 0, sxz = 0, syy = 0, syz = 0, szz = 0, n = 1] =
		sums;
	const a = sxx - (sx * sx) / n;
	const b = sxy - (sx * sy) / n;
	const c = sxz - (sx * sz) / n;
	const d = syy - (sy * sy) / n;
	const e = syz - (sy * sz) / n;
	const f = szz - (sz * sz) / n;
	// A little roundness keeps a perfect plane from dividing by nothing.
	const ease = (a + d + f) * 1e-6;
	const [p, q, r] = [a + ease, d + ease, f + ease];
	const m = [
		q * r - e * e,
		c * e - b * r,
		b * e - c * q,
		p * r - c * c,
		b * c - p * e,
		p * q - b * b,
	];
	const [m0 = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, m5 = 0] = m;
	let [x, y, z] = m0 > m3 && m0 > m5 ? [m0, m1, m2] : m3 > m5 ? [m1, m3, m4] : [m2, m4, m5];
	for (let i = 0; i < SWEEPS; i += 1) {
		const [u, v, w] = [
			m0 * x + m1 * y + m2 * z,
			m1 * x + m3 * y + m4 * z,
			m2 * x + m4 * y + m5 * z,
		];
		const length = Math.hypot(u, v, w);
		if (!(length > 0)) return undefined;
		[x, y, z] = [u / length, v / length, w / length];
	}
	return [x, y, z];
}
