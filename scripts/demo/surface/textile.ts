import { ball, strand } from './dragon.ts';
import { displace, type Mesh, merge, place, tint, type Vec3 } from './mesh.ts';
import { blend, noise, seeded } from './noise.ts';
import { pose } from './pose.ts';
import { revolve } from './revolve.ts';
import { sweep } from './sweep.ts';

/** A tuft of clipped wool about the origin. */
export function pompon(radiusM: number, color: Vec3, seed: number): Mesh {
	const fuzz = displace(ball([0, 0, 0], radiusM * 0.8, [1, 1, 1], 72), ({ n }) => {
		const fine = noise(n[0] * 19, n[1] * 19, n[2] * 19, seed);
		const coarse = noise(n[0] * 4, n[1] * 4, n[2] * 4, seed + 1);
		return radiusM * (0.2 * Math.abs(fine) + 0.1 * coarse);
	});
	return tint(fuzz, ({ p }) => {
		const out = Math.hypot(...p) / radiusM;
		return blend([color[0] * 0.3, color[1] * 0.3, color[2] * 0.3], color, (out - 0.72) / 0.3);
	});
}

interface TasselOptions {
	readonly lengthM: number;
	readonly radiusM: number;
	readonly strands: number;
	readonly color: Vec3;
	/** Of the knot and its binding. */
	readonly knot: Vec3;
	readonly seed: number;
}

/** A tassel that hangs down from the origin: knot, binding, and loose twisted threads. */
export function tassel(options: TasselOptions): Mesh {
	const { lengthM, radiusM, color } = options;
	const random = seeded(options.seed);
	const headM = radiusM * 1.5;
	const knot = revolve(
		[
			[0, -headM],
			[radiusM * 0.62, -headM * 0.95],
			[radiusM * 0.5, -headM * 0.8],
			[radiusM * 0.75, -headM * 0.55],
			[radiusM * 0.6, -headM * 0.2],
			[0, 0],
		],
		{ segments: 24, swell: (a) => 1 + 0.06 * Math.sin(a * 12) },
	);
	const threads = Array.from({ length: options.strands }, (_, i) => {
		const angle = i * 2.399963;
		const r = Math.sqrt((i + 0.5) / options.strands);
		const drift = (random() - 0.5) * radiusM * 0.5;
		const end = lengthM * (0.92 + 0.08 * random());
		const at = (spread: number, down: number, shift = 0): Vec3 => [
			Math.cos(angle) * r * radiusM * spread + shift,
			-headM * 0.8 - down * (end - headM * 0.8),
			Math.sin(angle) * r * radiusM * spread + shift * 0.6,
		];
		const path = [
			at(0.5, 0),
			at(0.85, 0.15),
			at(1, 0.45, drift * 0.4),
			at(1.05, 0.75, drift),
			at(1.12, 1, drift * 1.3),
		];
		const shade = 0.72 + 0.35 * random();
		const tone: Vec3 = [color[0] * shade, color[1] * shade, color[2] * shade];
		return tint(sweep(path, { sides: 5, radiusM: (t) => radiusM * 0.13 * (1 - 0.4 * t) }), tone);
	});
	return merge([tint(knot, options.knot), ...threads]);
}

/** A small pear-shaped bell that hangs from the origin, with its slit and a loop. */
export function jingle(heightM: number): Mesh {
	const h = heightM;
	const body = revolve(
		[
			[0, -h],
			[h * 0.22, -h * 0.97],
			[h * 0.36, -h * 0.84],
			[h * 0.38, -h * 0.68],
			[h * 0.385, -h * 0.6],
			[h * 0.36, -h * 0.56],
			[h * 0.3, -h * 0.36],
			[h * 0.14, -h * 0.22],
			[h * 0.06, -h * 0.18],
			[0, -h * 0.17],
		],
		{ segments: 32, swell: (a, along) => (along < 0.4 && Math.abs(Math.cos(a)) < 0.09 ? 0.86 : 1) },
	);
	const loop = strand(
		[
			[0, -h * 0.2, 0],
			[h * 0.1, -h * 0.08, 0],
			[0, h * 0.02, 0],
			[-h * 0.1, -h * 0.08, 0],
			[0, -h * 0.19, 0],
		],
		h * 0.04,
	);
	return merge([body, place(loop, pose({}))]);
}
