import type { RangeReader } from '../../points/range-reader.ts';
import { openPlyTable } from '../../points/read/ply-table.ts';
import { refuse } from '../../refusal-error.ts';
import {
	emptySplats,
	SH_C0,
	SH_COEFFICIENTS,
	type ShDegree,
	type SplatCloud,
} from '../splat-cloud.ts';

/** Splats that share a chunk's limits. */
const CHUNK_SPLATS = 256;
const PACKED = ['packed_position', 'packed_rotation', 'packed_scale', 'packed_color'];
/** Limits of a chunk: lowest, then highest, of each of these. */
const PLACE = ['min_x', 'min_y', 'min_z', 'max_x', 'max_y', 'max_z'];
const SCALE = PLACE.map((name) => name.replace('_', '_scale_'));
const COLOUR = ['min_r', 'min_g', 'min_b', 'max_r', 'max_g', 'max_b'];
const LIMITS = PLACE.length + SCALE.length + COLOUR.length;
/** Where x, y and z lie in a word of 11, 10 and 11 bits, and what each may reach. */
const WORD = [
	{ shift: 21, top: 2047 },
	{ shift: 11, top: 1023 },
	{ shift: 0, top: 2047 },
] as const;
/** Which of x, y, z, w (0 to 3) are kept when one of w, x, y, z is left out. */
const FROM_WXYZ = [3, 0, 1, 2] as const;
/** Harmonics are stored in steps of a byte over -4 to 4. */
const SH_SPAN = 8;

/**
 * Reads the compressed PLY of PlayCanvas (SuperSplat, splat-transform): four words a splat, within
 * limits of chunks of 256; harmonics as bytes. -Y is up, as in the PLY that it is made of.
 * Source: what PlayCanvas's engine and splat-transform read (November 2026). Refuses with
 * `structure-invalid` one whose elements do not fit together.
 */
export function readCompressedPly(file: RangeReader): SplatCloud {
	const vertices = openPlyTable(file);
	const { elements } = vertices.header;
	const { count } = vertices.element;
	const harmonics = elements.find(({ name }) => name === 'sh');
	const shDegree = degreeOf(harmonics?.properties.length ?? 0);
	const chunks = elements.find(({ name }) => name === 'chunk');
	const isWhole = (chunks?.count ?? 0) * CHUNK_SPLATS >= count;
	const isNamed = PACKED.every((name) => vertices.element.properties.some((p) => p.name === name));
	if (shDegree === undefined || !isWhole || !isNamed) return broken(file.name);
	if (harmonics !== undefined && harmonics.count !== count) return broken(file.name);
	const cloud = emptySplats(count, shDegree, file.name);
	const limits = readLimits(file);
	vertices.rows(PACKED, (row, i) => take(cloud, i, row, limits));
	if (harmonics !== undefined) readHarmonics(file, cloud);
	return cloud;
}

function degreeOf(properties: number): ShDegree | undefined {
	return ([0, 1, 2, 3] as const).find((degree) => SH_COEFFICIENTS[degree] * 3 === properties);
}

/** Lowest and highest place, scale and colour of every chunk, one after the other. */
function readLimits(file: RangeReader): Float64Array {
	const { element, rows } = openPlyTable(file, 'chunk');
	const limits = new Float64Array(element.count * LIMITS);
	const hasColours = element.properties.some(({ name }) => name === 'min_r');
	rows([...PLACE, ...SCALE, ...COLOUR], (row, i) => {
		// Before 2024 colours had no limits of their own.
		if (!hasColours) row.fill(1, LIMITS - 3);
		limits.set(row, i * LIMITS);
	});
	return limits;
}

function take(cloud: SplatCloud, i: number, row: Float64Array, limits: Float64Array): void {
	const from = Math.floor(i / CHUNK_SPLATS) * LIMITS;
	const [place = 0, rotation = 0, scale = 0, colour = 0] = row;
	const between = (at: number, share: number) => {
		const [low, high] = [limits[from + at] ?? 0, limits[from + at + 3] ?? 0];
		return low + (high - low) * share;
	};
	for (const [k, { shift, top }] of WORD.entries()) {
		cloud.positions[i * 3 + k] = between(k, ((place >>> shift) & top) / top);
		cloud.scales[i * 3 + k] = between(6 + k, ((scale >>> shift) & top) / top);
		const paint = between(12 + k, ((colour >>> (24 - k * 8)) & 255) / 255);
		cloud.colours[i * 3 + k] = (paint - 0.5) / SH_C0;
	}
	cloud.opacities[i] = (colour & 255) / 255;
	unpackRotation(rotation, cloud.rotations, i * 4);
}

/** Two bits say which of w, x, y, z is left out; the others follow in ten bits each. */
function unpackRotation(word: number, out: Float32Array, at: number): void {
	const left = word >>> 30;
	let square = 0;
	let shift = 20;
	for (let k = 0; k < 4; k += 1) {
		if (k === left) continue;
		const value = (((word >>> shift) & 1023) / 1023 - 0.5) * Math.SQRT2;
		out[at + (FROM_WXYZ[k] ?? 0)] = value;
		square += value * value;
		shift -= 10;
	}
	out[at + (FROM_WXYZ[left] ?? 3)] = Math.sqrt(Math.max(1 - square, 0));
}

/** Bytes, channel by channel; the first and last stand for the ends themselves. */
function readHarmonics(file: RangeReader, cloud: SplatCloud): void {
	const coefficients = SH_COEFFICIENTS[cloud.shDegree];
	const { element, rows } = openPlyTable(file, 'sh');
	const names = element.properties.map(({ name }) => name);
	rows(names, (row, i) => {
		for (let n = 0; n < names.length; n += 1) {
			const byte = row[n] ?? 0;
			const share = byte === 0 ? 0 : byte === 255 ? 1 : (byte + 0.5) / 256;
			const [channel, j] = [Math.floor(n / coefficients), n % coefficients];
			cloud.sh[(i * coefficients + j) * 3 + channel] = (share - 0.5) * SH_SPAN;
		}
	});
}

function broken(name: string): never {
	return refuse(
		'structure-invalid',
		`${name} is a compressed PLY that we cannot follow — export it again as PLY or SPZ`,
	);
}
