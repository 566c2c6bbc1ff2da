/**
 * Whether a quad (four vertex numbers, positions N×3) may be cut from its first corner to its third: both
 * halves then face the way the whole does, looked at along its normal's longest axis. Else it folds there
 * and is cut from its second to its fourth. Makes no object, since many scans are all quads.
 */
export function isCutFromFirst(
	positions: Float32Array,
	a: number,
	b: number,
	c: number,
	d: number,
): boolean {
	const acx = at(positions, c, 0) - at(positions, a, 0);
	const acy = at(positions, c, 1) - at(positions, a, 1);
	const acz = at(positions, c, 2) - at(positions, a, 2);
	const bdx = at(positions, d, 0) - at(positions, b, 0);
	const bdy = at(positions, d, 1) - at(positions, b, 1);
	const bdz = at(positions, d, 2) - at(positions, b, 2);
	// Twice the area along each axis, by the diagonals: what Newell's sum comes to for four corners.
	const nx = acy * bdz - acz * bdy;
	const ny = acz * bdx - acx * bdz;
	const nz = acx * bdy - acy * bdx;
	const [sx, sy, sz] = [Math.abs(nx), Math.abs(ny), Math.abs(nz)];
	if (sx >= sy && sx >= sz) return isFlat(positions, a, b, c, d, 1, 2, nx);
	return sy >= sz
		? isFlat(positions, a, b, c, d, 2, 0, ny)
		: isFlat(positions, a, b, c, d, 0, 1, nz);
}

/** Whether both halves turn the way of `normal`, seen on the plane of axes `u` and `v`. */
function isFlat(
	positions: Float32Array,
	a: number,
	b: number,
	c: number,
	d: number,
	u: number,
	v: number,
	normal: number,
): boolean {
	const sign = normal < 0 ? -1 : 1;
	const cu = at(positions, c, u) - at(positions, a, u);
	const cv = at(positions, c, v) - at(positions, a, v);
	const bu = at(positions, b, u) - at(positions, a, u);
	const bv = at(positions, b, v) - at(positions, a, v);
	const du = at(positions, d, u) - at(positions, a, u);
	const dv = at(positions, d, v) - at(positions, a, v);
	return sign * (bu * cv - bv * cu) >= 0 && sign * (cu * dv - cv * du) >= 0;
}

function at(positions: Float32Array, vertex: number, axis: number): number {
	return positions[vertex * 3 + axis] ?? 0;
}
