/** 0 to 1 from three whole numbers and a seed. */
function hash(x: number, y: number, z: number, seed: number): number {
	let h = Math.imul(x, 0x8da6_b343) ^ Math.imul(y, 0xd816_3841) ^ Math.imul(z, 0xcb1a_b31f) ^ seed;
	h = Math.imul(h ^ (h >>> 16), 0x7feb_352d);
	h = Math.imul(h ^ (h >>> 15), 0x846c_a68b);
	return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}

const ease = (t: number) => t * t * (3 - 2 * t);

/** Smooth random hills, −1 to 1, one lump a unit. */
function lumps(x: number, y: number, z: number, seed: number): number {
	const ix = Math.floor(x);
	const iy = Math.floor(y);
	const iz = Math.floor(z);
	const u = ease(x - ix);
	const v = ease(y - iy);
	const w = ease(z - iz);
	const a = hash(ix, iy, iz, seed);
	const b = hash(ix + 1, iy, iz, seed);
	const c = hash(ix, iy + 1, iz, seed);
	const d = hash(ix + 1, iy + 1, iz, seed);
	const e = hash(ix, iy, iz + 1, seed);
	const f = hash(ix + 1, iy, iz + 1, seed);
	const g = hash(ix, iy + 1, iz + 1, seed);
	const h = hash(ix + 1, iy + 1, iz + 1, seed);
	const low = a + (b - a) * u + (c - a + (a - b - c + d) * u) * v;
	const high = e + (f - e) * u + (g - e + (e - f - g + h) * u) * v;
	return (low + (high - low) * w) * 2 - 1;
}

/** Hills on hills, about −1 to 1; the largest is one a unit. */
export function fbm(x: number, y: number, z: number, octaves: number, seed: number): number {
	let sum = 0;
	let weight = 0.55;
	let [u, v, w] = [x, y, z];
	for (let i = 0; i < octaves; i++) {
		sum += weight * lumps(u, v, w, seed + i * 1013);
		weight *= 0.5;
		u = u * 2.03 + 17.1;
		v = v * 2.03 - 9.2;
		w = w * 2.03 + 4.7;
	}
	return sum;
}

/**
 * Distances, in units, to the nearest and second nearest of scattered points, one a cubic unit:
 * `second - first` is 0 on the walls of a foam (crackle), `first` is 0 at its seeds (pits, specks).
 */
export function cells(
	x: number,
	y: number,
	z: number,
	seed: number,
): { first: number; second: number } {
	const ix = Math.floor(x);
	const iy = Math.floor(y);
	const iz = Math.floor(z);
	let first = 9;
	let second = 9;
	for (let k = -1; k <= 1; k++) {
		for (let j = -1; j <= 1; j++) {
			for (let i = -1; i <= 1; i++) {
				const dx = ix + i + hash(ix + i, iy + j, iz + k, seed) - x;
				const dy = iy + j + hash(ix + i, iy + j, iz + k, seed + 71) - y;
				const dz = iz + k + hash(ix + i, iy + j, iz + k, seed + 142) - z;
				const d = dx * dx + dy * dy + dz * dz;
				if (d < first) {
					second = first;
					first = d;
				} else if (d < second) second = d;
			}
		}
	}
	return { first: Math.sqrt(first), second: Math.sqrt(second) };
}

/** 0 below `from`, 1 above `to`, eased between. `from` may be the larger one. */
export function ramp(from: number, to: number, value: number): number {
	return ease(Math.min(1, Math.max(0, (value - from) / (to - from))));
}

export const mix = (a: number, b: number, t: number) => a + (b - a) * t;
