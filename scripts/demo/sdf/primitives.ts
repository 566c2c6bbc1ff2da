import type { Solid } from './solid.ts';

/** A point in metres. */
export type Point = readonly [x: number, y: number, z: number];

const length2 = (x: number, y: number) => Math.sqrt(x * x + y * y);
const length3 = (x: number, y: number, z: number) => Math.sqrt(x * x + y * y + z * z);

export function sphere([cx, cy, cz]: Point, radiusM: number): Solid {
	return { at: (x, y, z) => length3(x - cx, y - cy, z - cz) - radiusM };
}

/** Distance estimate after Quilez ("ellipsoid - distance"): exact on the axes, good near the surface. */
export function ellipsoid([cx, cy, cz]: Point, [rx, ry, rz]: Point): Solid {
	return {
		at: (x, y, z) => {
			const u = (x - cx) / rx;
			const v = (y - cy) / ry;
			const w = (z - cz) / rz;
			const k = length3(u, v, w);
			const slope = length3(u / rx, v / ry, w / rz);
			return slope < 1e-9 ? -Math.min(rx, ry, rz) : (k * (k - 1)) / slope;
		},
	};
}

/** A block by its half sizes, its edges rounded by `roundM` (the outside stays where it is). */
export function block([cx, cy, cz]: Point, [hx, hy, hz]: Point, roundM = 0): Solid {
	return {
		at: (x, y, z) => {
			const u = Math.abs(x - cx) - hx + roundM;
			const v = Math.abs(y - cy) - hy + roundM;
			const w = Math.abs(z - cz) - hz + roundM;
			const outside = length3(Math.max(u, 0), Math.max(v, 0), Math.max(w, 0));
			return outside + Math.min(Math.max(u, v, w), 0) - roundM;
		},
	};
}

/** A rod with round ends whose radius runs evenly from `radiusAM` to `radiusBM`. */
export function rod(a: Point, b: Point, radiusAM: number, radiusBM = radiusAM): Solid {
	const [ax, ay, az] = a;
	const [dx, dy, dz] = [b[0] - ax, b[1] - ay, b[2] - az];
	const dd = Math.max(1e-12, dx * dx + dy * dy + dz * dz);
	return {
		at: (x, y, z) => {
			const px = x - ax;
			const py = y - ay;
			const pz = z - az;
			const t = Math.min(1, Math.max(0, (px * dx + py * dy + pz * dz) / dd));
			return length3(px - t * dx, py - t * dy, pz - t * dz) - radiusAM - t * (radiusBM - radiusAM);
		},
	};
}

/** A ring around the axis through `center` along x (0), y (1) or z (2). */
export function ring([cx, cy, cz]: Point, axis: 0 | 1 | 2, radiusM: number, tubeM: number): Solid {
	return {
		at: (x, y, z) => {
			const u = x - cx;
			const v = y - cy;
			const w = z - cz;
			const along = axis === 0 ? u : axis === 1 ? v : w;
			const across = axis === 0 ? length2(v, w) : axis === 1 ? length2(u, w) : length2(u, v);
			return length2(across - radiusM, along) - tubeM;
		},
	};
}

/** A drum along x (0), y (1) or z (2) with rounded rims. */
export function drum(
	[cx, cy, cz]: Point,
	axis: 0 | 1 | 2,
	radiusM: number,
	halfLengthM: number,
	roundM = 0,
): Solid {
	return {
		at: (x, y, z) => {
			const u = x - cx;
			const v = y - cy;
			const w = z - cz;
			const along = axis === 0 ? u : axis === 1 ? v : w;
			const across = axis === 0 ? length2(v, w) : axis === 1 ? length2(u, w) : length2(u, v);
			const a = across - radiusM + roundM;
			const b = Math.abs(along) - halfLengthM + roundM;
			return length2(Math.max(a, 0), Math.max(b, 0)) + Math.min(Math.max(a, b), 0) - roundM;
		},
	};
}

/** Everything on the side of a plane that `normal` (unit) points away from. */
export function halfSpace([nx, ny, nz]: Point, offsetM: number): Solid {
	return { at: (x, y, z) => x * nx + y * ny + z * nz - offsetM };
}

/**
 * Turned on a lathe around +Y: the closed outline in (radius, height), metres, counter-clockwise or
 * not. Exact. The axis may be part of the outline.
 */
export function turned(outline: readonly (readonly [radiusM: number, yM: number])[]): Solid {
	const flat = outline.flat();
	const count = outline.length;
	return { at: (x, y, z) => polygonDistance(flat, count, length2(x, z), y) };
}

/** Signed distance to a closed polygon, after Quilez ("polygon - distance 2D"). */
export function polygonDistance(flat: readonly number[], count: number, px: number, py: number) {
	let best = Infinity;
	let sign = 1;
	for (let i = 0, j = count - 1; i < count; j = i, i++) {
		const ix = flat[2 * i] ?? 0;
		const iy = flat[2 * i + 1] ?? 0;
		const ex = (flat[2 * j] ?? 0) - ix;
		const ey = (flat[2 * j + 1] ?? 0) - iy;
		const wx = px - ix;
		const wy = py - iy;
		const t = Math.min(1, Math.max(0, (wx * ex + wy * ey) / (ex * ex + ey * ey + 1e-18)));
		const bx = wx - ex * t;
		const by = wy - ey * t;
		best = Math.min(best, bx * bx + by * by);
		const above = py >= iy;
		const below = py < iy + ey;
		const left = ex * wy > ey * wx;
		if (above === below && above === left) sign = -sign;
	}
	return sign * Math.sqrt(best);
}

/** A flat body between z = `fromM` and `toM` whose outline is a 2D distance in x and y. */
export function slab(
	outline: (x: number, y: number) => number,
	fromM: number,
	toM: number,
	roundM = 0,
): Solid {
	const mid = (fromM + toM) / 2;
	const half = (toM - fromM) / 2;
	return {
		at: (x, y, z) => {
			const a = outline(x, y) + roundM;
			const b = Math.abs(z - mid) - half + roundM;
			return length2(Math.max(a, 0), Math.max(b, 0)) + Math.min(Math.max(a, b), 0) - roundM;
		},
	};
}
