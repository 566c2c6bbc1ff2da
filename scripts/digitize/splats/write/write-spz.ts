import { gzipSync } from 'node:zlib';
import { SH_COEFFICIENTS, type ShDegree, type SplatCloud } from '../splat-cloud.ts';
import {
	SPZ_COLOUR_SCALE,
	SPZ_HEADER_BYTES,
	SPZ_MAGIC,
	SPZ_ROTATION_STEPS,
	SPZ_ROTATION_TOP,
	SPZ_SCALE_LOW,
	SPZ_SCALE_STEPS,
	spzArrays,
} from '../spz.ts';

const VERSION = 3;
/** Positions move at most this share of the usual splat's size. */
const POSITION_SHARE = 1 / 16;
const MOST_FRACTIONAL_BITS = 20;
/** Steps of harmonics of the first degree, and of the others: as Niantic's own writer. */
const SH_BUCKETS = { first: 8, others: 16 };
/** Where gzip says on which system it ran; 255 says nothing. */
const GZIP_SYSTEM_AT = 9;

/**
 * Writes splats in the exhibit's frame (metres, +Y up) as SPZ version 3, which viewers read since 2025,
 * with harmonics up to `shDegree`. Same splats, same bytes. Rejected: version 4 (zstd), which most
 * viewers cannot read yet; version 2, whose rotations are off by up to a degree.
 */
export function writeSpz(cloud: SplatCloud, shDegree: ShDegree): Uint8Array {
	const kept = Math.min(shDegree, cloud.shDegree) as ShDegree;
	const coefficients = SH_COEFFICIENTS[kept];
	const layout = spzArrays(VERSION, coefficients);
	const bytes = layout.reduce((sum, each) => sum + each.bytes * cloud.count, SPZ_HEADER_BYTES);
	const out = Buffer.alloc(bytes);
	const fractionalBits = chooseFractionalBits(cloud);
	out.writeUInt32LE(SPZ_MAGIC, 0);
	out.writeUInt32LE(VERSION, 4);
	out.writeUInt32LE(cloud.count, 8);
	out.writeUInt8(kept, 12);
	out.writeUInt8(fractionalBits, 13);
	const at: Record<string, number> = {};
	let next = SPZ_HEADER_BYTES;
	for (const { name, bytes: each } of layout) {
		at[name] = next;
		next += each * cloud.count;
	}
	const from = (name: string) => at[name] ?? 0;
	const unit = 2 ** fractionalBits;
	for (let i = 0; i < cloud.count * 3; i += 1) {
		const cell = Math.round((cloud.positions[i] ?? 0) * unit);
		out.writeIntLE(clamp(cell, -0x800000, 0x7fffff), from('positions') + i * 3, 3);
		const colour = (cloud.colours[i] ?? 0) * SPZ_COLOUR_SCALE * 255 + 127.5;
		out[from('colours') + i] = toByte(colour);
		out[from('scales') + i] = toByte(((cloud.scales[i] ?? 0) - SPZ_SCALE_LOW) * SPZ_SCALE_STEPS);
	}
	for (let i = 0; i < cloud.count; i += 1) {
		out[from('alphas') + i] = toByte((cloud.opacities[i] ?? 0) * 255);
		out.writeUInt32LE(packRotation(cloud.rotations, i), from('rotations') + i * 4);
	}
	writeHarmonics(cloud, coefficients, out, from('sh'));
	const packed = gzipSync(out, { level: 9 });
	packed[GZIP_SYSTEM_AT] = 255;
	return packed;
}

/** Fine enough for the splats' size, coarse enough for the whole to fit 24 bits. */
function chooseFractionalBits({ positions, scales, count }: SplatCloud): number {
	let most = 1e-6;
	for (const value of positions) most = Math.max(most, Math.abs(value));
	const step = Math.max(Math.floor(count / 1000), 1);
	const sizes: number[] = [];
	for (let i = 0; i < count; i += step) {
		sizes.push(Math.max(...scales.subarray(i * 3, i * 3 + 3)));
	}
	sizes.sort((a, b) => a - b);
	const usual = Math.exp(sizes[sizes.length >> 1] ?? 0);
	const wanted = Math.ceil(Math.log2(1 / (usual * POSITION_SHARE)));
	const room = Math.floor(Math.log2(0x7fffff / most));
	return clamp(Math.min(wanted, room), 0, MOST_FRACTIONAL_BITS);
}

function packRotation(rotations: Float32Array, i: number): number {
	let largest = 0;
	for (let k = 1; k < 4; k += 1) {
		const isLarger =
			Math.abs(rotations[i * 4 + k] ?? 0) > Math.abs(rotations[i * 4 + largest] ?? 0);
		if (isLarger) largest = k;
	}
	const sign = (rotations[i * 4 + largest] ?? 0) < 0 ? -1 : 1;
	let bits = largest;
	for (let k = 0; k < 4; k += 1) {
		if (k === largest) continue;
		const value = (rotations[i * 4 + k] ?? 0) * sign;
		const size = Math.round((Math.abs(value) / SPZ_ROTATION_TOP) * SPZ_ROTATION_STEPS);
		bits = bits * 1024 + (value < 0 && size > 0 ? 512 : 0) + Math.min(size, SPZ_ROTATION_STEPS);
	}
	return bits;
}

function writeHarmonics(cloud: SplatCloud, coefficients: number, out: Buffer, at: number): void {
	const width = SH_COEFFICIENTS[cloud.shDegree] * 3;
	for (let i = 0; i < cloud.count; i += 1) {
		for (let j = 0; j < coefficients * 3; j += 1) {
			const bucket = j < 9 ? SH_BUCKETS.first : SH_BUCKETS.others;
			const step = Math.round((cloud.sh[i * width + j] ?? 0) * 128 + 128);
			out[at + i * coefficients * 3 + j] = toByte(
				Math.floor((step + bucket / 2) / bucket) * bucket,
			);
		}
	}
}

function toByte(value: number): number {
	return Math.round(clamp(value, 0, 255));
}

function clamp(value: number, low: number, high: number): number {
	return Math.min(Math.max(value, low), high);
}
