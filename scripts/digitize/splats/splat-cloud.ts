import type { Finding } from '#schema/asset/digitize-report';
import { impossibleCount } from '../limits.ts';
import { refuse } from '../refusal-error.ts';

/** The most splats that are taken: about 2.5 GB of memory on the way, with all harmonics. */
export const MAX_SPLATS = 8_000_000;

/** Numbers of a colour channel that spherical harmonics up to a degree have beside the constant. */
export const SH_COEFFICIENTS = [0, 3, 8, 15] as const;
export type ShDegree = 0 | 1 | 2 | 3;

/** The constant harmonic: colour = 0.5 + C0 × coefficient, sRGB, 0 to 1. */
export const SH_C0 = 0.28209479177387814;

/**
 * Gaussian splats as a reader hands them over, in the file's own unit and frame. positions N×3; scales
 * N×3, natural logarithms of standard deviations; rotations N×4 (x, y, z, w), unit; opacities N, 0 to 1;
 * colours N×3, coefficients of the constant harmonic; sh N×(coefficients × 3), colour varies fastest.
 */
export interface SplatCloud {
	count: number;
	positions: Float32Array;
	scales: Float32Array;
	rotations: Float32Array;
	opacities: Float32Array;
	colours: Float32Array;
	sh: Float32Array;
	shDegree: ShDegree;
	/** Whether the file's +Y is up; else its -Y is, as training programs have it. */
	isYUp: boolean;
	findings: Finding[];
}

/** Room for `count` splats, which must have been proven against the file's size. Refuses too many. */
export function emptySplats(count: number, shDegree: ShDegree, name: string): SplatCloud {
	if (!Number.isSafeInteger(count) || count < 0) impossibleCount(name);
	if (count > MAX_SPLATS) {
		refuse(
			'scan-too-large',
			`${name} has more than ${MAX_SPLATS / 1e6} million splats — reduce it or split it first`,
		);
	}
	return {
		count,
		positions: new Float32Array(count * 3),
		scales: new Float32Array(count * 3),
		rotations: new Float32Array(count * 4),
		opacities: new Float32Array(count),
		colours: new Float32Array(count * 3),
		sh: new Float32Array(count * SH_COEFFICIENTS[shDegree] * 3),
		shDegree,
		isYUp: false,
		findings: [],
	};
}

/** The splats with these numbers, in this order, in new arrays. */
export function selectSplats(cloud: SplatCloud, numbers: Uint32Array): SplatCloud {
	const pick = (from: Float32Array, width: number): Float32Array => {
		const to = new Float32Array(numbers.length * width);
		for (let i = 0; i < numbers.length; i += 1) {
			const at = (numbers[i] ?? 0) * width;
			for (let k = 0; k < width; k += 1) to[i * width + k] = from[at + k] ?? 0;
		}
		return to;
	};
	return {
		...cloud,
		count: numbers.length,
		positions: pick(cloud.positions, 3),
		scales: pick(cloud.scales, 3),
		rotations: pick(cloud.rotations, 4),
		opacities: pick(cloud.opacities, 1),
		colours: pick(cloud.colours, 3),
		sh: pick(cloud.sh, SH_COEFFICIENTS[cloud.shDegree] * 3),
	};
}

/**
 * Leaves out splats with a number that is none, makes rotations unit and brings sizes and opacities
 * into reach. Refuses with `splats-empty` when nothing is left.
 */
export function cleanSplats(cloud: SplatCloud, name: string): SplatCloud {
	const kept: number[] = [];
	for (let i = 0; i < cloud.count; i += 1) if (cleanSplat(cloud, i)) kept.push(i);
	for (let i = 0; i < cloud.sh.length; i += 1) {
		if (!Number.isFinite(cloud.sh[i])) cloud.sh[i] = 0;
	}
	if (kept.length === 0) {
		refuse('splats-empty', `${name} has no splats with a position — export it again`);
	}
	if (kept.length === cloud.count) return cloud;
	const clean = selectSplats(cloud, Uint32Array.from(kept));
	const values = { splats: cloud.count - kept.length };
	clean.findings = [...cloud.findings, { code: 'invalid-splats-dropped', level: 'fixed', values }];
	return clean;
}

/** Brings one splat into reach; false when a number of it is none. */
function cleanSplat(
	{ positions, scales, rotations, opacities, colours }: SplatCloud,
	i: number,
): boolean {
	let sum = opacities[i] ?? 0;
	for (let k = i * 3; k < i * 3 + 3; k += 1) {
		scales[k] = Math.min(Math.max(scales[k] ?? 0, -20), 20);
		sum += (positions[k] ?? 0) + (scales[k] ?? 0) + (colours[k] ?? 0);
	}
	const [x = 0, y = 0, z = 0, w = 0] = rotations.subarray(i * 4, i * 4 + 4);
	const length = Math.hypot(x, y, z, w);
	if (length > 0) {
		for (let k = i * 4; k < i * 4 + 4; k += 1) rotations[k] = (rotations[k] ?? 0) / length;
	} else rotations[i * 4 + 3] = 1;
	opacities[i] = Math.min(Math.max(opacities[i] ?? 0, 0), 1);
	return Number.isFinite(sum + length);
}
