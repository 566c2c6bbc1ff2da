import { impossibleCount } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import type { CoordinateSystem } from '../coordinate-system.ts';
import type { RangeReader } from '../range-reader.ts';
import { geoKeysSystem } from './geo-keys.ts';
import { wktSystem } from './wkt.ts';

/** What a LAS or LAZ file says about its points. */
export interface LasHeader {
	pointsAt: number;
	/** 0 to 10, without the bits that mark LAZ. */
	pointFormat: number;
	recordBytes: number;
	count: number;
	scale: [number, number, number];
	offset: [number, number, number];
	/** What the file says of its coordinate system, in WKT or GeoTIFF keys; undefined when it does not. */
	crs: CoordinateSystem | undefined;
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
/** Heads of the records before the points, and of those behind them, which LAS 1.4 has. */
const VLR_BYTES = 54;
const EVLR_BYTES = 60;
const MAX_VLRS = 10_000;
/** No description of a coordinate system is longer. */
const MAX_CRS_BYTES = 1 << 20;
const COMPRESSED_BITS = 0xc0;
const WKT = 2112;
const GEO_KEYS = 34_735;
const GEO_DOUBLES = 34_736;

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
	const records = new Map<string, Buffer>();
	readRecords(file, records, headerBytes, head.readUInt32LE(100), VLR_BYTES);
	if (isLong) {
		const at = Number(head.readBigUInt64LE(235));
		readRecords(file, records, at, head.readUInt32LE(243), EVLR_BYTES);
	}
	return {
		pointsAt: head.readUInt32LE(96),
		pointFormat,
		recordBytes,
		count,
		scale,
		offset,
		crs: crsOf(records),
		laszip: records.get(LASZIP),
	};
}

const LASZIP = 'laszip encoded/22204';

/** Collects what is read of the variable-length records by user and number; the first counts. */
function readRecords(
	file: RangeReader,
	records: Map<string, Buffer>,
	from: number,
	count: number,
	headBytes: typeof VLR_BYTES | typeof EVLR_BYTES,
): void {
	if (count > MAX_VLRS) impossibleCount(file.name);
	let at = from;
	for (let i = 0; i < count; i += 1) {
		const record = file.read(at, headBytes);
		const user = record.toString('latin1', 2, 18).replace(/\0.*$/s, '');
		const key = `${user}/${record.readUInt16LE(18)}`;
		const isShort = headBytes === VLR_BYTES;
		const bytes = isShort ? record.readUInt16LE(20) : Number(record.readBigUInt64LE(20));
		const isWanted = key === LASZIP || (user === CRS_USER && bytes <= MAX_CRS_BYTES);
		if (isWanted && !records.has(key)) records.set(key, file.read(at + headBytes, bytes));
		at += headBytes + bytes;
	}
}

const CRS_USER = 'LASF_Projection';

function crsOf(records: Map<string, Buffer>): CoordinateSystem | undefined {
	const wkt = records.get(`${CRS_USER}/${WKT}`)?.toString('utf8').replace(/\0.*$/s, '');
	const keys = records.get(`${CRS_USER}/${GEO_KEYS}`);
	const stated = wkt === undefined ? undefined : wktSystem(wkt);
	if (stated !== undefined || keys === undefined) return stated;
	return geoKeysSystem(keys, records.get(`${CRS_USER}/${GEO_DOUBLES}`));
}

function broken(name: string): never {
	return refuse('structure-invalid', `${name} has a LAS header we cannot follow — export it again`);
}
