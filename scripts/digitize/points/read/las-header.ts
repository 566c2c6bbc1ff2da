import { impossibleCount } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import type { RangeReader } from '../range-reader.ts';

/** What a LAS or LAZ file says about its points. */
export interface LasHeader {
	pointsAt: number;
	/** 0 to 10, without the bits that mark LAZ. */
	pointFormat: number;
	recordBytes: number;
	count: number;
	scale: [number, number, number];
	offset: [number, number, number];
	/** How the file names its coordinate system: WKT, or GeoTIFF codes; undefined when it does not. */
	crs: string | undefined;
	/** The description of LAZ's compression, where there is one. */
	laszip: Buffer | undefined;
}

/** Bytes of a record of each point format, without extra bytes. */
const RECORD_BYTES = [20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67] as const;
/** Where each point format keeps its colour; undefined where it has none. */
export const RGB_AT: readonly (number | undefined)[] = [
	undefined,
	undefined,
	20,
	28,
	undefined,
	28,
	undefined,
	30,
	30,
	undefined,
	30,
];

const HEADER_BYTES = 227;
const HEADER_BYTES_14 = 375;
const VLR_BYTES = 54;
const MAX_VLRS = 10_000;
const COMPRESSED_BITS = 0xc0;
const WKT_CHARACTERS = 200;

/**
 * Reads the header of LAS 1.0 to 1.4 and the records before the points.
 * Source: ASPRS LAS 1.4 R15. Refuses with `structure-invalid` or `file-truncated` what it cannot follow.
 */
export function readLasHeader(file: RangeReader): LasHeader {
	const head = file.read(0, Math.min(file.sizeBytes, HEADER_BYTES_14));
	if (head.length < HEADER_BYTES) file.read(0, HEADER_BYTES);
	const minor = head.readUInt8(25);
	const headerBytes = head.readUInt16LE(94);
	const pointFormat = head.readUInt8(104) & ~COMPRESSED_BITS;
	const recordBytes = head.readUInt16LE(105);
	const least = RECORD_BYTES[pointFormat];
	if (head.readUInt8(24) !== 1 || least === undefined || recordBytes < least) broken(file.name);
	if (headerBytes < HEADER_BYTES || headerBytes > file.sizeBytes) broken(file.name);
	const legacyCount = head.readUInt32LE(107);
	const isLong = minor >= 4 && headerBytes >= HEADER_BYTES_14 && head.length >= HEADER_BYTES_14;
	const count = isLong ? Number(head.readBigUInt64LE(247)) : legacyCount;
	if (!Number.isSafeInteger(count)) impossibleCount(file.name);
	const triple = (at: number): [number, number, number] => [
		head.readDoubleLE(at),
		head.readDoubleLE(at + 8),
		head.readDoubleLE(at + 16),
	];
	const scale = triple(131);
	const offset = triple(155);
	if (![...scale, ...offset].every(Number.isFinite) || scale.includes(0)) broken(file.name);
	const header = { pointsAt: head.readUInt32LE(96), pointFormat, recordBytes, count };
	return { ...header, scale, offset, ...readRecords(file, headerBytes, head.readUInt32LE(100)) };
}

/** Variable-length records: the coordinate system and LAZ's description. */
function readRecords(
	file: RangeReader,
	from: number,
	count: number,
): Pick<LasHeader, 'crs' | 'laszip'> {
	if (count > MAX_VLRS) impossibleCount(file.name);
	let crs: string | undefined;
	let laszip: Buffer | undefined;
	let at = from;
	for (let i = 0; i < count; i += 1) {
		const record = file.read(at, VLR_BYTES);
		const user = record.toString('latin1', 2, 18).replace(/\0.*$/s, '');
		const id = record.readUInt16LE(18);
		const bytes = record.readUInt16LE(20);
		if (user === 'laszip encoded' && id === 22_204) laszip = file.read(at + VLR_BYTES, bytes);
		if (user === 'LASF_Projection') {
			crs = crsOf(id, file.read(at + VLR_BYTES, bytes)) ?? crs;
		}
		at += VLR_BYTES + bytes;
	}
	return { crs, laszip };
}

/** WKT in short, or the EPSG codes of a GeoTIFF directory (keys 2048 and 3072). */
function crsOf(id: number, body: Buffer): string | undefined {
	if (id === 2112) {
		const name = /^\s*\w+\s*\[\s*"([^"]*)"/.exec(body.toString('utf8'))?.[1] ?? 'WKT';
		return name.replaceAll(/[^\P{C}]/gu, '').slice(0, WKT_CHARACTERS);
	}
	if (id !== 34_735) return undefined;
	const keys = new Map<number, number>();
	for (let at = 8; at + 8 <= body.length; at += 8) {
		if (body.readUInt16LE(at + 2) === 0) keys.set(body.readUInt16LE(at), body.readUInt16LE(at + 6));
	}
	const code = keys.get(3072) ?? keys.get(2048);
	return code === undefined ? 'GeoTIFF' : `EPSG:${code}`;
}

function broken(name: string): never {
	return refuse('structure-invalid', `${name} has a LAS header we cannot follow — export it again`);
}
