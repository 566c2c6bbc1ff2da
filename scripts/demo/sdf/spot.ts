import type { Solid } from './solid.ts';

/** What a painter may know about a place on a surface. Metres; the normal has unit length. */
export interface Spot {
	x: number;
	y: number;
	z: number;
	nx: number;
	ny: number;
	nz: number;
	/** What the body says it is made of there. */
	stuff: number;
	/** How much of the surroundings is free, 0 (deep in a crevice) to 1. */
	open: number;
	/** Sharpness of the surface over a few cells: 1 a crisp edge, 0 flat, −1 a crisp groove. */
	edge: number;
	/** The same over a wider neighbourhood. */
	swell: number;
}

/** Writes the colour, sRGB 0 to 1, and returns the number of the material. */
export type Painter = (spot: Spot, color: Float64Array) => number;

/** Offsets of a regular tetrahedron: four samples give a gradient (Quilez, "normals for an SDF"). */
const TETRA = [1, -1, -1, -1, -1, 1, -1, 1, -1, 1, 1, 1];

/** Writes the surface's normal at the spot's position into the spot. */
export function findNormal(solid: Solid, spot: Spot, stepM: number): void {
	let [nx, ny, nz] = [0, 0, 0];
	for (let i = 0; i < 12; i += 3) {
		const u = TETRA[i] ?? 0;
		const v = TETRA[i + 1] ?? 0;
		const w = TETRA[i + 2] ?? 0;
		const d = solid.at(spot.x + u * stepM, spot.y + v * stepM, spot.z + w * stepM);
		nx += u * d;
		ny += v * d;
		nz += w * d;
	}
	const length = Math.sqrt(nx * nx + ny * ny + nz * nz) || 1;
	spot.nx = nx / length;
	spot.ny = ny / length;
	spot.nz = nz / length;
}

/** Mean curvature times `stepM`, about −1 to 1, from four samples in the tangent plane. */
function bend(solid: Solid, spot: Spot, stepM: number): number {
	const { nx, ny, nz } = spot;
	// Any tangent will do, so long as it turns evenly (Duff et al. 2017).
	const sign = nz >= 0 ? 1 : -1;
	const a = -1 / (sign + nz);
	const b = nx * ny * a;
	const [tx, ty, tz] = [1 + sign * nx * nx * a, sign * b, -sign * nx];
	const [sx, sy, sz] = [b, sign + ny * ny * a, -ny];
	let sum = 0;
	for (const way of [stepM, -stepM]) {
		sum += solid.at(spot.x + tx * way, spot.y + ty * way, spot.z + tz * way);
		sum += solid.at(spot.x + sx * way, spot.y + sy * way, spot.z + sz * way);
	}
	return Math.max(-1, Math.min(1, sum / (2 * stepM)));
}

/** Free room above the surface, after Evans ("fast approximations for global illumination"). */
function openness(solid: Solid, spot: Spot, reachM: number): number {
	let blocked = 0;
	let weights = 0;
	for (let i = 1; i <= 4; i++) {
		const away = reachM * 2 ** (i - 4);
		const x = spot.x + spot.nx * away;
		const y = spot.y + spot.ny * away;
		const z = spot.z + spot.nz * away;
		blocked += Math.max(0, 1 - solid.at(x, y, z) / away);
		weights += 1;
	}
	return Math.max(0, 1 - (1.15 * blocked) / weights);
}

/**
 * Fills in everything the painter may ask. `close` must be right within two cells, `wide` within
 * `swellM` and `reachM`.
 */
export function inspectSpot(
	close: Solid,
	wide: Solid,
	spot: Spot,
	scales: { cellM: number; swellM: number; reachM: number },
): void {
	spot.stuff = close.stuff?.(spot.x, spot.y, spot.z) ?? 0;
	spot.edge = bend(close, spot, scales.cellM * 1.5);
	spot.swell = bend(wide, spot, scales.swellM);
	spot.open = openness(wide, spot, scales.reachM);
}
