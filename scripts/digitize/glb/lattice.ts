import type { Bounds } from '#schema/value/geometry';

/**
 * The grid that positions of one tier are rounded to: point = origin + step × (0 … 65535), in metres.
 * All materials of a tier share it, so that their borders stay shut.
 */
export interface Lattice {
	origin: [number, number, number];
	stepM: number;
}

const TOP = 65535;

/** Round steps, each times a power of ten; about a quarter apart. */
const DIGITS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/** A step this much finer than the mean edge moves no vertex visibly. */
const STEPS_PER_EDGE = 64;

/**
 * Chooses a metric lattice for a surface: its step is a round number of metres, just under 1/64 of the
 * mean edge, which compresses far better than always using 16 bits. The middle of the floor stays
 * exactly at the origin of the frame.
 */
export function chooseLattice(bounds: Bounds, meanEdgeM: number): Lattice {
	const extents = bounds.max.map((v, k) => v - (bounds.min[k] ?? 0));
	const least = Math.max(...extents) / (TOP - 2);
	const stepM = Math.max(roundDown(meanEdgeM / STEPS_PER_EDGE), roundUp(least));
	const origin = bounds.min.map((v) => Math.floor(v / stepM + 1e-6) * stepM);
	return { origin: [origin[0] ?? 0, origin[1] ?? 0, origin[2] ?? 0], stepM };
}

/** Rounds N×3 positions to the lattice; four 16-bit numbers a vertex, the last unused. */
export function toLattice(positions: Float32Array, { origin, stepM }: Lattice): Uint16Array {
	const out = new Uint16Array((positions.length / 3) * 4);
	const [x, y, z] = origin;
	for (let from = 0, to = 0; from < positions.length; from += 3, to += 4) {
		out[to] = cellOf(positions[from] ?? 0, x, stepM);
		out[to + 1] = cellOf(positions[from + 1] ?? 0, y, stepM);
		out[to + 2] = cellOf(positions[from + 2] ?? 0, z, stepM);
	}
	return out;
}

function cellOf(value: number, origin: number, stepM: number): number {
	return Math.min(Math.max(Math.round((value - origin) / stepM), 0), TOP);
}

function roundDown(value: number): number {
	const power = 10 ** Math.floor(Math.log10(value));
	const digit = DIGITS.findLast((d) => d * power <= value * (1 + 1e-9)) ?? 1;
	return digit * power;
}

function roundUp(value: number): number {
	const power = 10 ** Math.floor(Math.log10(value));
	const digit = DIGITS.find((d) => d * power >= value * (1 - 1e-9)) ?? 10;
	return digit * power;
}
