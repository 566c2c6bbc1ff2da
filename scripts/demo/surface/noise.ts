import type { Vec3 } from './mesh.ts';

/** A seeded stream of numbers 0..1 (mulberry32): the same on every machine. */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

function hash(x: number, y: number, z: number, seed: number): number {
	let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(z, 0x9e3779b1) ^ seed;
	h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Smooth value noise −1..1 with one lump a unit. */
export function noise(x: number, y: number, z: number, seed = 0): number {
	const [ix, iy, iz] = [Math.floor(x), Math.floor(y), Math.floor(z)];
	const [u, v, w] = [ease(x - ix), ease(y - iy), ease(z - iz)];
	const edge = (dy: number, dz: number) => {
		const a = hash(ix, iy + dy, iz + dz, seed);
		return a + (hash(ix + 1, iy + dy, iz + dz, seed) - a) * u;
	};
	const near = edge(0, 0) + (edge(1, 0) - edge(0, 0)) * v;
	const far = edge(0, 1) + (edge(1, 1) - edge(0, 1)) * v;
	return (near + (far - near) * w) * 2 - 1;
}

function ease(t: number): number {
	return t * t * t * (t * (t * 6 - 15) + 10);
}

/** Layered noise, about −1..1: lumps of `sizeM`, halved `octaves` times. */
export function fractal(p: Vec3, sizeM: number, octaves: number, seed = 0): number {
	let sum = 0;
	let weight = 0.5;
	let f = 1 / sizeM;
	for (let i = 0; i < octaves; i++) {
		sum += weight * noise(p[0] * f, p[1] * f, p[2] * f, seed + i * 101);
		weight *= 0.5;
		f *= 2.03;
	}
	return sum;
}

/** Distance 0..1 to the nearest of scattered points, about one per `sizeM` cube: pits and pebbles. */
export function pits(p: Vec3, sizeM: number, seed = 0): number {
	const q = p.map((x) => x / sizeM) as unknown as Vec3;
	const base = q.map(Math.floor) as unknown as Vec3;
	let best = 1;
	for (let k = 0; k < 27; k++) {
		const [x, y, z] = [
			base[0] + (k % 3) - 1,
			base[1] + (Math.floor(k / 3) % 3) - 1,
			base[2] + Math.floor(k / 9) - 1,
		];
		const d = Math.hypot(
			x + hash(x, y, z, seed) - q[0],
			y + hash(x, y, z, seed + 7) - q[1],
			z + hash(x, y, z, seed + 13) - q[2],
		);
		best = Math.min(best, d);
	}
	return best;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function step(from: number, to: number, x: number): number {
	const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
	return t * t * (3 - 2 * t);
}

/** `a` to `b` by `t` 0..1, per channel. */
export function blend(a: Vec3, b: Vec3, t: number): Vec3 {
	const k = Math.min(1, Math.max(0, t));
	return [a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k];
}
