import { gunzipSync, constants as zlib, zstdDecompressSync } from 'node:zlib';
import { guardBytes, impossibleCount, truncated } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import { MAX_SPLATS, SH_COEFFICIENTS, type ShDegree } from '../splat-cloud.ts';
import { SPZ_ANTIALIASED, SPZ_HEADER_BYTES, SPZ_MAGIC, spzArrays } from '../spz.ts';

/** The arrays of an SPZ, unpacked. */
export interface SpzParts {
	version: number;
	count: number;
	shDegree: ShDegree;
	/** Numbers of a channel that the file has beside the constant: of degree 4 more than are read. */
	coefficients: number;
	fractionalBits: number;
	isAntialiased: boolean;
	arrays: Record<'positions' | 'alphas' | 'colours' | 'scales' | 'rotations' | 'sh', Buffer>;
}

type Header = Omit<SpzParts, 'arrays'>;

/** Degree 4 came in 2026; its finest shades are left aside. */
const COEFFICIENTS = [...SH_COEFFICIENTS, 24] as const;

const PREFIX_BYTES = 1 << 16;
/** Deflate cannot shrink further than this. */
const MOST_RATIO = 1_032;
const ZSTD_HEADER_BYTES = 32;
const ZSTD_ENTRY_BYTES = 16;
/** No real splats shrink further; a bomb would. */
const ZSTD_RATIO = 1_000;

/**
 * Unpacks an SPZ: version 1 to 3 is one gzip stream, version 4 a table of zstd streams. Never unpacks
 * more than the splats that the header announces take. Refuses what is cut, damaged or out of proportion.
 */
export function unpackSpz(bytes: Buffer, name: string): SpzParts {
	const isPlain = bytes.length >= 4 && bytes.readUInt32LE(0) === SPZ_MAGIC;
	return isPlain ? unpackStreams(bytes, name) : unpackGzip(bytes, name);
}

function readHeader(head: Buffer, name: string): Header {
	if (head.length < SPZ_HEADER_BYTES) truncated(name);
	const [version, count] = [head.readUInt32LE(4), head.readUInt32LE(8)];
	const degree = head.readUInt8(12);
	if (head.readUInt32LE(0) !== SPZ_MAGIC || version < 1 || version > 4) broken(name);
	const coefficients = COEFFICIENTS[degree] ?? broken(name);
	if (count > MAX_SPLATS) {
		refuse(
			'scan-too-large',
			`${name} has more than ${MAX_SPLATS / 1e6} million splats — reduce it or split it first`,
		);
	}
	return {
		version,
		count,
		shDegree: Math.min(degree, 3) as ShDegree,
		coefficients,
		fractionalBits: head.readUInt8(13),
		isAntialiased: (head.readUInt8(14) & SPZ_ANTIALIASED) !== 0,
	};
}

function unpackGzip(bytes: Buffer, name: string): SpzParts {
	const prefix = attempt(name, () =>
		gunzipSync(bytes.subarray(0, PREFIX_BYTES), { finishFlush: zlib.Z_SYNC_FLUSH }),
	);
	const header = readHeader(prefix, name);
	const layout = spzArrays(header.version, header.coefficients);
	const needed = layout.reduce(
		(sum, { bytes: each }) => sum + each * header.count,
		SPZ_HEADER_BYTES,
	);
	if (needed > bytes.length * MOST_RATIO) impossibleCount(name);
	const all = attempt(name, () =>
		gunzipSync(bytes, { maxOutputLength: needed + SPZ_HEADER_BYTES }),
	);
	guardBytes(needed, all.length, name);
	let at = SPZ_HEADER_BYTES;
	const arrays = emptyArrays();
	for (const { name: array, bytes: each } of layout) {
		arrays[array] = all.subarray(at, at + each * header.count);
		at += each * header.count;
	}
	return { ...header, arrays };
}

function unpackStreams(bytes: Buffer, name: string): SpzParts {
	const header = readHeader(bytes, name);
	if (header.version < 4 || bytes.length < ZSTD_HEADER_BYTES) broken(name);
	const layout = spzArrays(header.version, header.coefficients).filter((a) => a.bytes > 0);
	const tableAt = bytes.readUInt32LE(16);
	let at = tableAt + layout.length * ZSTD_ENTRY_BYTES;
	if (bytes.readUInt8(15) !== layout.length || tableAt < ZSTD_HEADER_BYTES) broken(name);
	if (at > bytes.length) truncated(name);
	const arrays = emptyArrays();
	for (const [i, { name: array, bytes: each }] of layout.entries()) {
		const entry = tableAt + i * ZSTD_ENTRY_BYTES;
		const packed = Number(bytes.readBigUInt64LE(entry));
		const plain = Number(bytes.readBigUInt64LE(entry + 8));
		if (plain !== each * header.count) broken(name);
		if (packed > bytes.length - at) truncated(name);
		if (plain > packed * ZSTD_RATIO + PREFIX_BYTES) impossibleCount(name);
		const stream = bytes.subarray(at, at + packed);
		const maxOutputLength = Math.max(plain, 1);
		arrays[array] = attempt(name, () => zstdDecompressSync(stream, { maxOutputLength }));
		guardBytes(plain, arrays[array].length, name);
		at += packed;
	}
	return { ...header, arrays };
}

function emptyArrays(): SpzParts['arrays'] {
	const none = Buffer.alloc(0);
	return { positions: none, alphas: none, colours: none, scales: none, rotations: none, sh: none };
}

/** Turns what the unpackers throw into a refusal. */
function attempt(name: string, unpack: () => Buffer): Buffer {
	try {
		return unpack();
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : '';
		if (code === 'Z_BUF_ERROR') return truncated(name);
		if (code === 'ERR_BUFFER_TOO_LARGE') return impossibleCount(name);
		return refuse('structure-invalid', `${name} does not unpack, it is damaged — copy it again`);
	}
}

function broken(name: string): never {
	return refuse(
		'structure-invalid',
		`${name} is no SPZ that we can follow — export it again as SPZ or PLY`,
	);
}
