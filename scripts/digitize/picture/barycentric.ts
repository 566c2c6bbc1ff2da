import type { Mesh } from '../mesh/mesh.ts';

/** The shares of a triangle's first two corners in a point on it. */
export function barycentric(
	{ positions, indices }: Mesh,
	t: number,
	x: number,
	y: number,
	z: number,
): readonly [number, number] {
	const i = (indices[t * 3] ?? 0) * 3;
	const j = (indices[t * 3 + 1] ?? 0) * 3;
	const k = (indices[t * 3 + 2] ?? 0) * 3;
	const p = (at: number) => positions[at] ?? 0;
	const [cx, cy, cz] = [p(k), p(k + 1), p(k + 2)];
	const [ux, uy, uz] = [p(i) - cx, p(i + 1) - cy, p(i + 2) - cz];
	const [vx, vy, vz] = [p(j) - cx, p(j + 1) - cy, p(j + 2) - cz];
	const [wx, wy, wz] = [x - cx, y - cy, z - cz];
	const uu = ux * ux + uy * uy + uz * uz;
	const uv = ux * vx + uy * vy + uz * vz;
	const vv = vx * vx + vy * vy + vz * vz;
	const wu = wx * ux + wy * uy + wz * uz;
	const wv = wx * vx + wy * vy + wz * vz;
	const determinant = uu * vv - uv * uv;
	if (!(determinant > 0)) return [1 / 3, 1 / 3];
	const a = Math.min(Math.max((wu * vv - wv * uv) / determinant, 0), 1);
	const b = Math.min(Math.max((wv * uu - wu * uv) / determinant, 0), 1 - a);
	return [a, b];
}
