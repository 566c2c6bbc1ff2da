/** Splats for tests, in plain numbers as files of trained splats hold them. */
export interface TestSplat {
	position: [number, number, number];
	/** Natural logarithms. */
	scale: [number, number, number];
	/** w, x, y, z. */
	rotation: [number, number, number, number];
	/** Before the sigmoid. */
	opacity: number;
	/** Coefficients of the constant harmonic. */
	colour: [number, number, number];
	/** Channel by channel. */
	rest: number[];
}

/** A fixed sequence of numbers from 0 to 1. */
function fixedNoise(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

const REST = [0, 9, 24, 45];

/** Flat splats over a ball of radius one whose top is at -Y, as training programs have it. */
export function someSplats(count: number, shDegree = 0): TestSplat[] {
	const noise = fixedNoise(7);
	return Array.from({ length: count }, (_, i) => {
		const y = 1 - (2 * (i + 0.5)) / count;
		const flat = Math.sqrt(1 - y * y);
		const turn = i * 2.399963;
		const normal = [flat * Math.cos(turn), y, flat * Math.sin(turn)] as const;
		const bump = 1 + 0.08 * Math.sin(6 * turn) * flat;
		const size = Math.log(1.6 / Math.sqrt(count));
		return {
			position: [normal[0] * bump, normal[1] * bump, normal[2] * bump],
			scale: [size, size + 0.3 * noise(), size - 3],
			rotation: fromZ(normal),
			opacity: 2 + 2 * noise(),
			colour: [1.2 - y, 0.4 * y + 0.3 * noise(), y - 0.6],
			rest: Array.from({ length: REST[shDegree] ?? 0 }, () => noise() * 0.4 - 0.2),
		};
	});
}

/** The rotation (w, x, y, z) that brings +Z to a unit direction. */
function fromZ([x, y, z]: readonly [number, number, number]): [number, number, number, number] {
	const parts = [1 + z, -y, x, 0] as const;
	const length = Math.hypot(...parts) || 1;
	return [parts[0] / length, parts[1] / length, parts[2] / length, 0];
}

/** The PLY that training programs write. */
export function aSplatPly(splats: TestSplat[]): Buffer {
	const rest = splats[0]?.rest.length ?? 0;
	const names = [
		...['x', 'y', 'z', 'f_dc_0', 'f_dc_1', 'f_dc_2'],
		...Array.from({ length: rest }, (_, i) => `f_rest_${i}`),
		...['opacity', 'scale_0', 'scale_1', 'scale_2', 'rot_0', 'rot_1', 'rot_2', 'rot_3'],
	];
	const head = [
		'ply',
		'format binary_little_endian 1.0',
		`element vertex ${splats.length}`,
		...names.map((name) => `property float ${name}`),
		'end_header\n',
	].join('\n');
	const body = splats.flatMap((s) => [
		...s.position,
		...s.colour,
		...s.rest,
		s.opacity,
		...s.scale,
		...s.rotation,
	]);
	return Buffer.concat([Buffer.from(head), Buffer.from(Float32Array.from(body).buffer)]);
}

/** The `.splat` of web viewers. */
export function aSplatFile(splats: TestSplat[]): Buffer {
	const out = Buffer.alloc(splats.length * 32);
	for (const [i, s] of splats.entries()) {
		const at = i * 32;
		for (let k = 0; k < 3; k += 1) {
			out.writeFloatLE(s.position[k] ?? 0, at + k * 4);
			out.writeFloatLE(Math.exp(s.scale[k] ?? 0), at + 12 + k * 4);
			const colour = 0.5 + 0.28209479177387814 * (s.colour[k] ?? 0);
			out[at + 24 + k] = Math.round(Math.min(Math.max(colour, 0), 1) * 255);
		}
		out[at + 27] = Math.round(255 / (1 + Math.exp(-s.opacity)));
		for (let k = 0; k < 4; k += 1) {
			out[at + 28 + k] = Math.min(Math.round((s.rotation[k] ?? 0) * 128 + 128), 255);
		}
	}
	return out;
}
