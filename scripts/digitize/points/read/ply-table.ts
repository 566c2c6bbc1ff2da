import { guardBytes, truncated } from '../../limits.ts';
import {
	PLY_BYTES,
	type PlyElement,
	type PlyHeader,
	type PlyScalar,
	readPlyHeader,
} from '../../read/ply-header.ts';
import { TextScanner } from '../../read/text-scanner.ts';
import { refuse } from '../../refusal-error.ts';
import type { RangeReader } from '../range-reader.ts';

const HEADER_BYTES = 1_000_000;
const CHUNK_BYTES = 8_000_000;
/** No number in a text is longer. */
const LONGEST_NUMBER = 4096;

/** The rows of a PLY element without lists, read piece by piece. */
export interface PlyTable {
	header: PlyHeader;
	element: PlyElement;
	/** Calls `take` for every row with the values of `names`; 0 for those that the file lacks. */
	rows(names: readonly string[], take: (row: Float64Array, index: number) => void): void;
}

/**
 * Opens an element of a PLY of any size, ASCII or binary of either byte order. It and the elements
 * before it must be without lists. Refuses when the file cannot hold as many rows as it announces.
 */
export function openPlyTable(file: RangeReader, wanted = 'vertex'): PlyTable {
	const start = file.read(0, Math.min(file.sizeBytes, HEADER_BYTES));
	const header = readPlyHeader(start, file.name);
	guardBytes(leastBytes(header), file.sizeBytes - header.dataAt, file.name);
	const at = header.elements.findIndex(({ name }) => name === wanted);
	const element = header.elements[at];
	const before = header.elements.slice(0, at);
	const hasLists = [...before, element].some((e) =>
		e?.properties.some(({ countType }) => countType !== undefined),
	);
	if (element === undefined || hasLists) return broken(file.name);
	const isText = header.encoding === 'ascii';
	const rowBytes = (e: PlyElement) =>
		e.properties.reduce((sum, { type }) => sum + PLY_BYTES[type], 0);
	const skipped = before.reduce((sum, e) => sum + e.count * rowBytes(e), 0);
	const rows: PlyTable['rows'] = (names, take) => {
		const columns = element.properties.map(({ name }) => names.indexOf(name));
		const row = new Float64Array(names.length);
		if (isText) {
			const numbers = before.reduce((sum, e) => sum + e.count * e.properties.length, 0);
			new TextRows(file, header.dataAt, columns, numbers).read(element.count, row, take);
		} else binaryRows(file, header, element, header.dataAt + skipped, columns, row, take);
	};
	return { header, element, rows };
}

/** The fewest bytes that the announced elements take, lists as if they were empty. */
function leastBytes({ elements, encoding }: PlyHeader): number {
	const isText = encoding === 'ascii';
	let bytes = 0;
	for (const { count, properties } of elements) {
		let each = 0;
		for (const { type, countType } of properties) each += isText ? 2 : PLY_BYTES[countType ?? type];
		bytes += count * Math.max(each, 1);
	}
	// The last number of a text needs no blank behind it.
	return isText ? bytes - 1 : bytes;
}

interface Column {
	at: number;
	type: PlyScalar;
	to: number;
}

function binaryRows(
	file: RangeReader,
	header: PlyHeader,
	element: PlyElement,
	from: number,
	wanted: number[],
	row: Float64Array,
	take: (row: Float64Array, index: number) => void,
): void {
	const columns: Column[] = [];
	let stride = 0;
	for (const [i, { type }] of element.properties.entries()) {
		const to = wanted[i] ?? -1;
		if (to >= 0) columns.push({ at: stride, type, to });
		stride += PLY_BYTES[type];
	}
	const isLittle = header.encoding === 'little';
	const perChunk = Math.max(Math.floor(CHUNK_BYTES / Math.max(stride, 1)), 1);
	for (let first = 0; first < element.count; first += perChunk) {
		const some = Math.min(perChunk, element.count - first);
		const bytes = file.read(from + first * stride, some * stride);
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		for (let i = 0; i < some; i += 1) {
			for (const { at, type, to } of columns) {
				row[to] = scalar(view, i * stride + at, type, isLittle);
			}
			take(row, first + i);
		}
	}
}

function scalar(view: DataView, at: number, type: PlyScalar, isLittle: boolean): number {
	switch (type) {
		case 'float':
			return view.getFloat32(at, isLittle);
		case 'uchar':
			return view.getUint8(at);
		case 'double':
			return view.getFloat64(at, isLittle);
		case 'ushort':
			return view.getUint16(at, isLittle);
		case 'int':
			return view.getInt32(at, isLittle);
		case 'uint':
			return view.getUint32(at, isLittle);
		case 'short':
			return view.getInt16(at, isLittle);
		case 'char':
			return view.getInt8(at);
	}
}

/** The numbers of a text, read in pieces that end at a blank. */
class TextRows {
	readonly #file: RangeReader;
	readonly #wanted: number[];
	readonly #skip: number;
	#next: number;
	#scanner = new TextScanner(Buffer.alloc(0), 0);

	constructor(file: RangeReader, from: number, wanted: number[], skip: number) {
		this.#file = file;
		this.#next = from;
		this.#wanted = wanted;
		this.#skip = skip;
	}

	read(count: number, row: Float64Array, take: (row: Float64Array, index: number) => void): void {
		for (let i = 0; i < this.#skip; i += 1) this.#number();
		for (let i = 0; i < count; i += 1) {
			for (const to of this.#wanted) {
				const value = this.#number();
				if (to >= 0) row[to] = value;
			}
			take(row, i);
		}
	}

	#number(): number {
		this.#scanner.skipSpace();
		while (this.#scanner.isDone) {
			this.#load();
			this.#scanner.skipSpace();
		}
		return this.#scanner.number();
	}

	#load(): void {
		const left = this.#file.sizeBytes - this.#next;
		if (left <= 0) truncated(this.#file.name);
		const bytes = this.#file.read(this.#next, Math.min(left, CHUNK_BYTES));
		const isLast = bytes.length === left;
		let end = bytes.length;
		const least = Math.max(end - LONGEST_NUMBER, 0);
		while (!isLast && end > least && (bytes[end - 1] ?? 0) > 32) end -= 1;
		if (end === least && !isLast) broken(this.#file.name);
		this.#scanner = new TextScanner(bytes.subarray(0, end), 0);
		this.#next += end;
	}
}

function broken(name: string): never {
	return refuse(
		'structure-invalid',
		`${name} keeps its points in a way we cannot follow — export it again as a plain PLY`,
	);
}
