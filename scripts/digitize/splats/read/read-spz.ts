import { emptySplats, SH_COEFFICIENTS, type SplatCloud } from '../splat-cloud.ts';
import {
	SPZ_COLOUR_SCALE,
	SPZ_ROTATION_STEPS,
	SPZ_ROTATION_TOP,
	SPZ_SCALE_LOW,
	SPZ_SCALE_STEPS,
} from '../spz.ts';
import { type SpzParts, unpackSpz } from './unpack-spz.ts';

/** Reads Niantic's SPZ, versions 1 to 4, harmonics up to degree 3; +Y is up (its frame is RUB). */
export function readSpz(bytes: Buffer, name: string): SplatCloud {
	const parts = unpackSpz(bytes, name);
	const cloud = emptySplats(parts.count, parts.shDegree, name);
	cloud.isYUp = true;
	if (parts.isAntialiased)
		cloud.findings.push({ code: 'splats-antialiased', level: 'info', values: {} });
	const { alphas, colours, scales, sh } = parts.arrays;
	const coefficients = SH_COEFFICIENTS[parts.shDegree] * 3;
	for (let i = 0; i < parts.count; i += 1) {
		for (let k = 0; k < 3; k += 1) {
			const at = i * 3 + k;
			cloud.positions[at] = coordinate(parts, at);
			cloud.scales[at] = (scales[at] ?? 0) / SPZ_SCALE_STEPS + SPZ_SCALE_LOW;
			cloud.colours[at] = ((colours[at] ?? 0) / 255 - 0.5) / SPZ_COLOUR_SCALE;
		}
		cloud.opacities[i] = (alphas[i] ?? 0) / 255;
		if (parts.version >= 3) smallestThree(parts.arrays.rotations, i, cloud.rotations);
		else firstThree(parts.arrays.rotations, i, cloud.rotations);
	}
	const width = parts.coefficients * 3;
	for (let i = 0; i < parts.count; i += 1) {
		for (let j = 0; j < coefficients; j += 1) {
			cloud.sh[i * coefficients + j] = ((sh[i * width + j] ?? 0) - 128) / 128;
		}
	}
	return cloud;
}

/** 24-bit fixed point, or a half float in version 1. */
function coordinate({ version, fractionalBits, arrays }: SpzParts, at: number): number {
	if (version === 1) return halfFloat(arrays.positions.readUInt16LE(at * 2));
	return arrays.positions.readIntLE(at * 3, 3) / 2 ** fractionalBits;
}

function halfFloat(bits: number): number {
	const sign = (bits & 0x8000) === 0 ? 1 : -1;
	const exponent = (bits >> 10) & 31;
	const fraction = bits & 1023;
	if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
	if (exponent === 0) return sign * fraction * 2 ** -24;
	return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** x, y, z as bytes; w is what is missing to one. */
function firstThree(bytes: Buffer, i: number, out: Float32Array): void {
	let square = 0;
	for (let k = 0; k < 3; k += 1) {
		const value = (bytes[i * 3 + k] ?? 0) / 127.5 - 1;
		out[i * 4 + k] = value;
		square += value * value;
	}
	out[i * 4 + 3] = Math.sqrt(Math.max(1 - square, 0));
}

/** Two bits say which of x, y, z, w is largest; the others follow as sign and nine bits, the last lowest. */
function smallestThree(bytes: Buffer, i: number, out: Float32Array): void {
	let bits = bytes.readUInt32LE(i * 4);
	const largest = bits >>> 30;
	let square = 0;
	for (let k = 3; k >= 0; k -= 1) {
		if (k === largest) continue;
		const size = ((bits & 511) / SPZ_ROTATION_STEPS) * SPZ_ROTATION_TOP;
		out[i * 4 + k] = (bits & 512) === 0 ? size : -size;
		square += size * size;
		bits >>>= 10;
	}
	out[i * 4 + largest] = Math.sqrt(Math.max(1 - square, 0));
}
