import { impossibleCount, truncated } from '../limits.ts';
import { PLY_BYTES, type PlyHeader, type PlyProperty, type PlyScalar } from './ply-header.ts';
import { TextScanner } from './text-scanner.ts';

/** No face of a scan has more corners. */
const LIKELY_CORNERS = 256;

/** Reads the numbers of a PLY one after the other, whatever their encoding. */
export interface PlyCursor {
	/** The next number. Refuses with `file-truncated` when there is none. */
	next(type: PlyScalar): number;
	/** The length of the list that starts here; refused when the file cannot hold it. */
	listLength(property: PlyProperty): number;
}

/** A cursor at the first number after the header. */
export function plyCursor(bytes: Buffer, header: PlyHeader, name: string): PlyCursor {
	if (header.encoding === 'ascii') return new AsciiCursor(bytes, header.dataAt, name);
	return new BinaryCursor(bytes, header.dataAt, header.encoding === 'little', name);
}

class BinaryCursor implements PlyCursor {
	readonly #view: DataView;
	readonly #isLittle: boolean;
	readonly #name: string;
	#at: number;

	constructor(bytes: Buffer, at: number, isLittle: boolean, name: string) {
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.#at = at;
		this.#isLittle = isLittle;
		this.#name = name;
	}

	next(type: PlyScalar): number {
		const at = this.#at;
		this.#at = at + PLY_BYTES[type];
		if (this.#at > this.#view.byteLength) truncated(this.#name);
		switch (type) {
			case 'float':
				return this.#view.getFloat32(at, this.#isLittle);
			case 'uchar':
				return this.#view.getUint8(at);
			case 'int':
				return this.#view.getInt32(at, this.#isLittle);
			case 'uint':
				return this.#view.getUint32(at, this.#isLittle);
			case 'double':
				return this.#view.getFloat64(at, this.#isLittle);
			case 'char':
				return this.#view.getInt8(at);
			case 'short':
				return this.#view.getInt16(at, this.#isLittle);
			case 'ushort':
				return this.#view.getUint16(at, this.#isLittle);
		}
	}

	listLength(property: PlyProperty): number {
		const length = this.next(property.countType ?? 'uchar');
		const isWhole = Number.isInteger(length) && length >= 0;
		const left = this.#view.byteLength - this.#at;
		if (!isWhole) impossibleCount(this.#name);
		if (length * PLY_BYTES[property.type] > left) tooLong(length, this.#name);
		return length;
	}
}

class AsciiCursor implements PlyCursor {
	readonly #scanner: TextScanner;
	readonly #name: string;

	constructor(bytes: Buffer, at: number, name: string) {
		this.#scanner = new TextScanner(bytes, at);
		this.#name = name;
	}

	next(): number {
		this.#scanner.skipSpace();
		if (this.#scanner.isDone) truncated(this.#name);
		return this.#scanner.number();
	}

	listLength(): number {
		const length = this.next();
		const left = this.#scanner.bytes.length - this.#scanner.at;
		if (!Number.isInteger(length) || length < 0) impossibleCount(this.#name);
		if (length * 2 > left + 2) tooLong(length, this.#name);
		return length;
	}
}

/** A list runs past the end: of a file that was cut when it is short, of an attack when it is not. */
function tooLong(length: number, name: string): never {
	return length <= LIKELY_CORNERS ? truncated(name) : impossibleCount(name);
}
