import { crc32c } from '../../scripts/digitize/points/read/crc32c.ts';
import type { TestPoint } from './point-files.ts';

/** How the places of a scan are written. */
export type E57Coding = 'float' | 'double' | 'scaled' | 'spherical';

export interface E57Station {
	points: TestPoint[];
	coding?: E57Coding;
	/** w, x, y, z, and metres. */
	pose?: {
		rotation: readonly [number, number, number, number];
		translation: readonly [number, number, number];
	};
	/** Numbers of points that were not measured. */
	invalid?: number[];
	/** Numbers of points that have no colour. */
	unpainted?: number[];
}

export interface E57Options {
	/** Changes the XML before it is written. */
	change?: (xml: string) => string;
	pictures?: number;
	/** Pages that a file has between its header and the rest, but the buffer has not: for huge files. */
	missingPages?: number;
}

const PAGE = 1024;
const CONTENT = PAGE - 4;
const SCALE = 0.0005;
const SCALED_BITS = 14;
const PACKET_POINTS = 700;

/** An E57 as ASTM E2807 lays it out: pages with checksums, packed fields, XML at the end. */
export function anE57(stations: E57Station[], options: E57Options = {}): Buffer {
	const missing = options.missingPages ?? 0;
	const parts: Buffer[] = [Buffer.alloc(missing > 0 ? CONTENT : 48)];
	const physical = (logical: number) =>
		missing * PAGE + Math.floor(logical / CONTENT) * PAGE + (logical % CONTENT);
	let at = parts[0]?.length ?? 0;
	const scans = stations.map((station) => {
		const xml = `<vectorChild type="Structure">${poseXml(station)}<points type="CompressedVector" fileOffset="${physical(at)}" recordCount="${station.points.length}"><prototype type="Structure">${prototype(station)}</prototype><codecs type="Vector"/></points></vectorChild>`;
		const section = vector(station, physical(at + 32));
		parts.push(section);
		at += section.length;
		return xml;
	});
	const images = '<vectorChild type="Structure"/>'.repeat(options.pictures ?? 0);
	const plain = `<?xml version="1.0" encoding="UTF-8"?><e57Root type="Structure" xmlns="http://www.astm.org/COMMIT/E57/2010-e57-v1.0"><formatName type="String"><![CDATA[ASTM E57 3D Imaging Data File]]></formatName><data3D type="Vector">${scans.join('')}</data3D><images2D type="Vector">${images}</images2D></e57Root>`;
	const xml = Buffer.from(options.change?.(plain) ?? plain);
	parts.push(xml);
	const logical = Buffer.concat(parts);
	const pages = Math.ceil(logical.length / CONTENT);
	logical.write('ASTM-E57', 0, 'latin1');
	logical.writeUInt32LE(1, 8);
	logical.writeBigUInt64LE(BigInt((missing + pages) * PAGE), 16);
	logical.writeBigUInt64LE(BigInt(physical(at)), 24);
	logical.writeBigUInt64LE(BigInt(xml.length), 32);
	logical.writeBigUInt64LE(BigInt(PAGE), 40);
	const out = Buffer.alloc(pages * PAGE);
	for (let p = 0; p < pages; p += 1) {
		logical.copy(out, p * PAGE, p * CONTENT, Math.min((p + 1) * CONTENT, logical.length));
		out.writeUInt32BE(crc32c(out, p * PAGE, p * PAGE + CONTENT), p * PAGE + CONTENT);
	}
	return out;
}

function poseXml({ pose }: E57Station): string {
	if (pose === undefined) return '';
	const tags = (names: string[], values: readonly number[]) =>
		names.map((name, i) => `<${name} type="Float">${values[i]}</${name}>`).join('');
	return `<pose type="Structure"><rotation type="Structure">${tags(['w', 'x', 'y', 'z'], pose.rotation)}</rotation><translation type="Structure">${tags(['x', 'y', 'z'], pose.translation)}</translation></pose>`;
}

function prototype({ coding = 'float', invalid, unpainted }: E57Station): string {
	const names =
		coding === 'spherical'
			? ['sphericalRange', 'sphericalAzimuth', 'sphericalElevation']
			: ['cartesianX', 'cartesianY', 'cartesianZ'];
	const half = 2 ** (SCALED_BITS - 1);
	const traits =
		coding === 'scaled'
			? `type="ScaledInteger" minimum="${-half}" maximum="${half - 1}" scale="${SCALE}" offset="0"`
			: `type="Float"${coding === 'float' ? ' precision="single"' : ''}`;
	const places = names.map((name) => `<${name} ${traits}/>`).join('');
	const state = '<cartesianInvalidState type="Integer" minimum="0" maximum="2"/>';
	const colours = ['Red', 'Green', 'Blue']
		.map((name) => `<color${name} type="Integer" minimum="0" maximum="255"/>`)
		.join('');
	const bright = '<intensity type="Integer" minimum="0" maximum="4095"/>';
	const bare = '<isColorInvalid type="Integer" minimum="0" maximum="1"/>';
	return `${places}${invalid === undefined ? '' : state}${colours}${bright}${unpainted === undefined ? '' : bare}`;
}

/** The values of one field, packed lowest bits first, running on from packet to packet. */
class Bits {
	#whole: number[] = [];
	#byte = 0;
	#used = 0;

	push(value: number, bits: number): void {
		for (let k = 0; k < bits; k += 1) {
			if (Math.floor(value / 2 ** k) % 2 === 1) this.#byte |= 1 << this.#used;
			this.#used += 1;
			if (this.#used === 8) this.flush();
		}
	}

	flush(): void {
		if (this.#used > 0) this.#whole.push(this.#byte);
		this.#byte = 0;
		this.#used = 0;
	}

	take(): Buffer {
		const taken = Buffer.from(this.#whole);
		this.#whole = [];
		return taken;
	}
}

function vector(station: E57Station, dataAt: number): Buffer {
	const { points, coding = 'float', invalid, unpainted } = station;
	const extra = [invalid, unpainted].filter((numbers) => numbers !== undefined);
	const fields = Array.from({ length: 7 + extra.length }, () => new Bits());
	const packets: Buffer[] = [];
	for (let first = 0; first < points.length; first += PACKET_POINTS) {
		const last = Math.min(first + PACKET_POINTS, points.length);
		for (let i = first; i < last; i += 1) pushPoint(fields, station, i);
		if (last === points.length) for (const field of fields) field.flush();
		packets.push(packet(fields.map((field) => field.take())));
	}
	if (coding === 'double' && packets.length > 1) packets.splice(1, 0, emptyPacket());
	const body = Buffer.concat(packets);
	const head = Buffer.alloc(32);
	head[0] = 1;
	head.writeBigUInt64LE(BigInt(32 + body.length), 8);
	head.writeBigUInt64LE(BigInt(dataAt), 16);
	return Buffer.concat([head, body]);
}

function pushPoint(
	fields: Bits[],
	{ points, coding = 'float', invalid, unpainted }: E57Station,
	i: number,
): void {
	const point = points[i];
	if (point === undefined) return;
	const places = coding === 'spherical' ? toSpherical(point.place) : point.place;
	for (let k = 0; k < 3; k += 1) pushPlace(fields[k], places[k] ?? 0, coding);
	const rest = [...point.colour, point.intensity];
	if (invalid !== undefined) fields[3]?.push(invalid.includes(i) ? 2 : 0, 2);
	const from = invalid === undefined ? 3 : 4;
	for (const [k, value] of rest.entries()) fields[from + k]?.push(value, k === 3 ? 12 : 8);
	if (unpainted !== undefined) fields[from + 4]?.push(unpainted.includes(i) ? 1 : 0, 1);
}

function pushPlace(field: Bits | undefined, value: number, coding: E57Coding): void {
	if (coding === 'scaled') {
		field?.push(Math.round(value / SCALE) + 2 ** (SCALED_BITS - 1), SCALED_BITS);
		return;
	}
	const bytes = Buffer.alloc(coding === 'float' ? 4 : 8);
	if (coding === 'float') bytes.writeFloatLE(value);
	else bytes.writeDoubleLE(value);
	for (const byte of bytes) field?.push(byte, 8);
}

function toSpherical([x, y, z]: readonly [number, number, number]): number[] {
	const range = Math.hypot(x, y, z);
	return [range, Math.atan2(y, x), Math.asin(z / range)];
}

function packet(streams: Buffer[]): Buffer {
	const head = Buffer.alloc(6 + streams.length * 2);
	for (const [i, stream] of streams.entries()) head.writeUInt16LE(stream.length, 6 + i * 2);
	const body = Buffer.concat([head, ...streams]);
	const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
	padded[0] = 1;
	padded.writeUInt16LE(padded.length - 1, 2);
	padded.writeUInt16LE(streams.length, 4);
	return padded;
}

/** A packet to be skipped, as writers leave between others. */
function emptyPacket(): Buffer {
	const out = Buffer.alloc(16);
	out[0] = 2;
	out.writeUInt16LE(15, 2);
	return out;
}
