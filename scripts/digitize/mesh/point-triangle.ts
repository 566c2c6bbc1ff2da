/**
 * The square of the distance from a point to a triangle whose corners lie at offsets `a`, `b`, `c` of
 * `positions`. Exact for triangles without area too.
 *
 * Source: the regions of Ericson 2005, Real-Time Collision Detection, 5.1.5.
 */
export function pointTriangleDistanceSquared(
	positions: Float32Array,
	a: number,
	b: number,
	c: number,
	x: number,
	y: number,
	z: number,
): number {
	const ax = x - at(positions, a);
	const ay = y - at(positions, a + 1);
	const az = z - at(positions, a + 2);
	const ux = at(positions, b) - at(positions, a);
	const uy = at(positions, b + 1) - at(positions, a + 1);
	const uz = at(positions, b + 2) - at(positions, a + 2);
	const vx = at(positions, c) - at(positions, a);
	const vy = at(positions, c + 1) - at(positions, a + 1);
	const vz = at(positions, c + 2) - at(positions, a + 2);
	const uu = ux * ux + uy * uy + uz * uz;
	const uv = ux * vx + uy * vy + uz * vz;
	const vv = vx * vx + vy * vy + vz * vz;
	const ua = ux * ax + uy * ay + uz * az;
	const va = vx * ax + vy * ay + vz * az;
	const determinant = uu * vv - uv * uv;
	// Shares of both edges at the foot of the plumb line, times the determinant.
	const s = vv * ua - uv * va;
	const t = uu * va - uv * ua;
	if (s >= 0 && t >= 0 && s + t <= determinant && determinant > 1e-12 * uu * vv) {
		const [fs, ft] = [s / determinant, t / determinant];
		return lengthSquared(ax - fs * ux - ft * vx, ay - fs * uy - ft * vy, az - fs * uz - ft * vz);
	}
	const [wx, wy, wz] = [vx - ux, vy - uy, vz - uz];
	const [bx, by, bz] = [ax - ux, ay - uy, az - uz];
	const alongU = share(ua, uu);
	const alongV = share(va, vv);
	const alongW = share(wx * bx + wy * by + wz * bz, wx * wx + wy * wy + wz * wz);
	return Math.min(
		lengthSquared(ax - alongU * ux, ay - alongU * uy, az - alongU * uz),
		lengthSquared(ax - alongV * vx, ay - alongV * vy, az - alongV * vz),
		lengthSquared(bx - alongW * wx, by - alongW * wy, bz - alongW * wz),
	);
}

function at(positions: Float32Array, offset: number): number {
	return positions[offset] ?? 0;
}

function share(along: number, whole: number): number {
	return whole > 0 ? Math.min(Math.max(along / whole, 0), 1) : 0;
}

function lengthSquared(x: number, y: number, z: number): number {
	return x * x + y * y + z * z;
}
