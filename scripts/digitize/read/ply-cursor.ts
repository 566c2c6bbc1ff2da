import { impossibleCount, truncated } from '../limits.ts';
import type { ByteWindow } from './byte-window.ts';
import { PLY_BYTES, type PlyProperty, type PlyScalar } from './ply-header.ts';
import type { TextScanner } from './text-scanner.ts';

/** No face of a scan has more corners. */
const LIKELY_CORNERS = 256;

/** Reads the numbers of a PLY one after the other, whatever their encoding. */
export interface PlyCursor {
	/** The next number. Refuses with `file-truncated` when there is none. */
	next(type: PlyScalar): number;
	/** The length of the list that starts here; refused when the file cannot hold it. */
	listLength(property: PlyProperty): number;
}

/** How each scalar is read from bytes. */
export const PLY_GETTERS: Readonly<
	Record<PlyScalar, (view: DataView, at: number, isLittle: boolean) => number>
> = {
	char: (view, at) => view.getInt8(at),
	uchar: (view, at) => view.getUint8(at),
	short: (view, at, isLittle) => view.getInt16(at, isLittle),
	ushort: (view, at, isLittle) => view.getUint16(at, isLittle),
	int: (view, at, isLittle) => view.getInt32(at, isLittle),
	uint: (view, at, isLittle) => view.getUint32(at, isLittle),
	float: (view, at, isLittle) => view.getFloat32(at, isLittle),
	double: (view, at, isLittle) => view.getFloat64(at, isLittle),
};

/** Reads a binary PLY from where its window stands. */
export class BinaryCursor implements PlyCursor {
	readonly window: ByteWindow;
	readonly isLittle: boolean;
	readonly #name: string;

	constructor(window: ByteWindow, isLittle: boolean, name: string) {
		this.window = window;
		this.isLittle = isLittle;
		this.#name = name;
	}

	next(type: PlyScalar): number {
		const bytes = PLY_BYTES[type];
		if (!this.window.has(bytes)) truncated(this.#name);
		const { at, view } = this.window;
		this.window.at = at + bytes;
		return PLY_GETTERS[type](view, at, this.isLittle);
	}

	listLength(property: PlyProperty): number {
		const length = this.next(property.countType ?? 'uchar');
		const isWhole = Number.isInteger(length) && length >= 0;
		if (!isWhole) impossibleCount(this.#name);
		const bytes = length * PLY_BYTES[property.type];
		if (bytes > this.window.leftBytes) tooLong(length, this.#name);
		return length;
	}
}

/** Reads an ASCII PLY from where its scanner stands. */
export class AsciiCursor implements PlyCursor {
	readonly scanner: TextScanner;
	readonly #name: string;

	constructor(scanner: TextScanner, name: string) {
		this.scanner = scanner;
		this.#name = name;
	}

	next(): number {
		this.scanner.skipSpace();
		if (this.scanner.isDone) truncated(this.#name);
		return this.scanner.number();
	}

	listLength(): number {
		const length = this.next();
		if (!Number.isInteger(length) || length < 0) impossibleCount(this.#name);
		if (length * 2 > this.scanner.leftBytes + 2) tooLong(length, this.#name);
		return length;
	}
}

/** A list runs past the end: of a file that was cut when it is short, of an attack when it is not. */
function tooLong(length: number, name: string): never {
	return length <= LIKELY_CORNERS ? truncated(name) : impossibleCount(name);
}
