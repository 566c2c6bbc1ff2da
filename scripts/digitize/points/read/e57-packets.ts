import { impossibleCount, truncated } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import { E57Field } from './e57-field.ts';
import type { E57Pages } from './e57-pages.ts';
import type { E57Scan } from './e57-scan.ts';

const SECTION_BYTES = 32;
const DATA_PACKET = 1;
const WINDOW_BYTES = 1 << 20;
const MAX_PACKET_BYTES = 65_536;

/**
 * Unpacks the points of one scan, packet by packet, and calls `take` with how many values lie in each
 * field. Source: ASTM E2807-11 §8 (compressed vector sections). Memory: one window of the file.
 */
export function readE57Packets(
	pages: E57Pages,
	scan: E57Scan,
	take: (fields: E57Field[], count: number) => void,
): void {
	const fields = scan.fields.map((coding) => new E57Field(coding));
	const start = pages.toLogical(scan.fileOffset);
	const section = pages.read(start, SECTION_BYTES);
	const sectionBytes = Number(section.readBigUInt64LE(8));
	const end = start + sectionBytes;
	if (section.readUInt8(0) !== 1 || !(end <= pages.sizeBytes)) broken(pages.file.name);
	guardCount(scan, sectionBytes, pages.file.name);
	const window = new Window(pages, end);
	let at = pages.toLogical(Number(section.readBigUInt64LE(16)));
	let left = scan.count;
	while (left > 0) {
		if (at + 4 > end) truncated(pages.file.name);
		const head = window.read(at, 4);
		const packetBytes = head.readUInt16LE(2) + 1;
		if (head.readUInt8(0) === DATA_PACKET) {
			feed(window.read(at, packetBytes), fields, pages.file.name);
			const some = fields.reduce((least, { waiting }) => Math.min(least, waiting), left);
			for (const field of fields) field.decode(some);
			take(fields, some);
			left -= some;
		}
		at += packetBytes;
	}
}

/** The file must hold all bits of the points that it announces. */
function guardCount(scan: E57Scan, sectionBytes: number, name: string): void {
	const bits = scan.fields.reduce((sum, field) => sum + field.bits, 0);
	if ((scan.count * bits) / 8 > sectionBytes) impossibleCount(name);
}

/** Hands each field its part of a packet. */
function feed(packet: Buffer, fields: E57Field[], name: string): void {
	const heads = 6 + fields.length * 2;
	if (packet.length < heads || packet.readUInt16LE(4) !== fields.length) broken(name);
	let at = heads;
	for (const [i, field] of fields.entries()) {
		const length = packet.readUInt16LE(6 + i * 2);
		if (at + length > packet.length) broken(name);
		field.push(packet.subarray(at, at + length));
		at += length;
	}
}

/** A piece of the file that moves on, so that packets are not read one by one. */
class Window {
	readonly #pages: E57Pages;
	readonly #end: number;
	#from = 0;
	#bytes: Buffer = Buffer.alloc(0);

	constructor(pages: E57Pages, end: number) {
		this.#pages = pages;
		this.#end = end;
	}

	read(at: number, length: number): Buffer {
		const isInside = at >= this.#from && at + length <= this.#from + this.#bytes.length;
		if (!isInside) {
			if (at + length > this.#end) truncated(this.#pages.file.name);
			const most = Math.max(WINDOW_BYTES, MAX_PACKET_BYTES);
			this.#from = at;
			this.#bytes = this.#pages.read(at, Math.min(most, this.#end - at));
		}
		return this.#bytes.subarray(at - this.#from, at - this.#from + length);
	}
}

function broken(name: string): never {
	return refuse('structure-invalid', `${name} has points we cannot unpack — export it again`);
}
