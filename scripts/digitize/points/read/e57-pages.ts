import { truncated } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import type { RangeReader } from '../range-reader.ts';
import { crc32c } from './crc32c.ts';

const HEADER_BYTES = 48;
const CRC_BYTES = 4;
/** The standard fixes 1024; a little room for the odd writer, none for an attack. */
const PAGE_BYTES = { min: 64, max: 1 << 20 };
const MAX_XML_BYTES = 64_000_000;

/**
 * The bytes of an E57 without the checksum at the end of every page, each page checked as it is read.
 * "Physical" places count the checksums, "logical" ones do not. Source: ASTM E2807-11 §7.
 */
export class E57Pages {
	readonly file: RangeReader;
	readonly #pageBytes: number;
	readonly #xml: { at: number; bytes: number };

	/** Reads the header. Refuses with `file-truncated` or `structure-invalid`. */
	constructor(file: RangeReader) {
		this.file = file;
		const head = file.read(0, HEADER_BYTES);
		const whole = (at: number) => {
			const value = Number(head.readBigUInt64LE(at));
			return Number.isSafeInteger(value) ? value : broken(file.name);
		};
		this.#pageBytes = whole(40);
		this.#xml = { at: whole(24), bytes: whole(32) };
		if (head.toString('latin1', 0, 8) !== 'ASTM-E57') broken(file.name);
		const { min, max } = PAGE_BYTES;
		if (this.#pageBytes < min || this.#pageBytes > max) broken(file.name);
		if (whole(16) > file.sizeBytes) truncated(file.name);
		if (this.#xml.bytes > MAX_XML_BYTES) broken(file.name);
	}

	/** How many bytes there are without checksums. */
	get sizeBytes(): number {
		const pages = Math.floor(this.file.sizeBytes / this.#pageBytes);
		return pages * (this.#pageBytes - CRC_BYTES);
	}

	/** The description of what the file holds. */
	xml(): string {
		return this.read(this.toLogical(this.#xml.at), this.#xml.bytes).toString('utf8');
	}

	/** The logical place of a physical one; refused when it lies in a checksum or outside. */
	toLogical(physical: number): number {
		const within = physical % this.#pageBytes;
		const isInside = physical >= 0 && physical < this.file.sizeBytes;
		if (!isInside || within >= this.#pageBytes - CRC_BYTES) broken(this.file.name);
		return Math.floor(physical / this.#pageBytes) * (this.#pageBytes - CRC_BYTES) + within;
	}

	/** `length` bytes from a logical place on. Refuses with `structure-invalid` a wrong checksum. */
	read(at: number, length: number): Buffer {
		if (at < 0 || at + length > this.sizeBytes) truncated(this.file.name);
		const content = this.#pageBytes - CRC_BYTES;
		const first = Math.floor(at / content);
		const last = Math.floor((at + Math.max(length, 1) - 1) / content);
		const pages = this.file.read(first * this.#pageBytes, (last - first + 1) * this.#pageBytes);
		const out = Buffer.allocUnsafe((last - first + 1) * content);
		for (let p = 0; p <= last - first; p += 1) {
			const from = p * this.#pageBytes;
			// Of all numbers in the file only the checksum stands high byte first.
			if (crc32c(pages, from, from + content) !== pages.readUInt32BE(from + content)) {
				damaged(this.file.name);
			}
			pages.copy(out, p * content, from, from + content);
		}
		return out.subarray(at - first * content, at - first * content + length);
	}
}

function damaged(name: string): never {
	return refuse(
		'structure-invalid',
		`${name} is damaged, a checksum in it is wrong — copy or export it again`,
	);
}

function broken(name: string): never {
	return refuse(
		'structure-invalid',
		`${name} has an E57 header we cannot follow — export it again`,
	);
}
