import { truncated } from '../limits.ts';
import { lineBehind, readDecimals } from './plain-lines.ts';
import { AsciiCursor, BinaryCursor, PLY_GETTERS, type PlyCursor } from './ply-cursor.ts';
import { PLY_BYTES, type PlyProperty, type PlyScalar } from './ply-header.ts';
import type { TextScanner } from './text-scanner.ts';

/** A property that means something, and its numbers in the rows at hand. */
export interface PlyColumn {
	property: PlyProperty;
	/** From the start of a row, in bytes. */
	offset: number;
	values: Float64Array;
}

/** Reads up to so many rows into the columns; gives how many it read. */
type Filler = (rows: number) => number;

/**
 * The quickest way to read rows of these properties: by column where all rows are equally long, number
 * by number where lists lie between.
 */
export function plyFiller(
	cursor: PlyCursor,
	properties: PlyProperty[],
	columns: PlyColumn[],
	name: string,
): Filler {
	const isFixed = properties.every((p) => p.countType === undefined);
	const stride = properties.reduce((sum, p) => sum + PLY_BYTES[p.type], 0);
	if (isFixed && stride > 0 && cursor instanceof BinaryCursor) {
		return (rows) => fillFixed(cursor, stride, columns, rows);
	}
	const columnAt = properties.map((property) => columns.find((c) => c.property === property));
	if (isFixed && cursor instanceof AsciiCursor) {
		const valuesAt = columnAt.map((column) => column?.values);
		return (rows) => {
			fillText(cursor, valuesAt, rows, name);
			return rows;
		};
	}
	return (rows) => {
		for (let i = 0; i < rows; i += 1) fillRow(cursor, properties, columnAt, i);
		return rows;
	};
}

/** Rows of equal length: column by column, as many as are at hand. */
function fillFixed(
	cursor: BinaryCursor,
	stride: number,
	columns: PlyColumn[],
	rows: number,
): number {
	const { window, isLittle } = cursor;
	window.has(rows * stride);
	const atHand = Math.min(rows, Math.floor((window.end - window.at) / stride));
	if (atHand === 0) {
		// Not one whole row is left: the cursor says so in its own words.
		for (let left = stride; left > 0; left -= 1) cursor.next('uchar');
	}
	const { at, view } = window;
	for (const { property, offset, values } of columns) {
		const from = at + offset;
		if (property.type === 'float') fillFloats(view, from, stride, atHand, isLittle, values);
		else fillAny(view, from, stride, atHand, isLittle, property.type, values);
	}
	window.at = at + atHand * stride;
	return atHand;
}

function fillFloats(
	view: DataView,
	from: number,
	stride: number,
	rows: number,
	isLittle: boolean,
	values: Float64Array,
): void {
	for (let i = 0, at = from; i < rows; i += 1, at += stride) {
		values[i] = view.getFloat32(at, isLittle);
	}
}

function fillAny(
	view: DataView,
	from: number,
	stride: number,
	rows: number,
	isLittle: boolean,
	type: PlyScalar,
	values: Float64Array,
): void {
	const get = PLY_GETTERS[type];
	for (let i = 0, at = from; i < rows; i += 1, at += stride) values[i] = get(view, at, isLittle);
}

/** Rows of numbers in a text; a row may be of several lines, as the format allows. */
function fillText(
	cursor: AsciiCursor,
	valuesAt: (Float64Array | undefined)[],
	rows: number,
	name: string,
): void {
	const { scanner } = cursor;
	const row = new Float64Array(valuesAt.length);
	for (let i = 0; i < rows; i += 1) {
		scanner.skipSpace();
		if (fillPlain(scanner, valuesAt, i, row)) continue;
		for (let p = 0; p < valuesAt.length; p += 1) {
			scanner.skipSpace();
			if (scanner.at >= scanner.bytes.length) truncated(name);
			const value = scanner.number();
			const values = valuesAt[p];
			if (values !== undefined) values[i] = value;
		}
	}
}

/** A row that is one line of plain numbers, as nearly all are; false when it is not. */
function fillPlain(
	scanner: TextScanner,
	valuesAt: (Float64Array | undefined)[],
	at: number,
	row: Float64Array,
): boolean {
	const { bytes } = scanner;
	const behind = readDecimals(bytes, scanner.at, row.length, row);
	const end = behind === 0 ? 0 : lineBehind(bytes, behind);
	if (end === 0) return false;
	for (let p = 0; p < row.length; p += 1) {
		const values = valuesAt[p];
		if (values !== undefined) values[at] = row[p] ?? 0;
	}
	scanner.at = end;
	return true;
}

function fillRow(
	cursor: PlyCursor,
	properties: PlyProperty[],
	columnAt: (PlyColumn | undefined)[],
	row: number,
): void {
	for (let p = 0; p < properties.length; p += 1) {
		const property = properties[p];
		if (property === undefined) continue;
		if (property.countType !== undefined) skipPlyList(cursor, property);
		else {
			const value = cursor.next(property.type);
			const column = columnAt[p];
			if (column !== undefined) column.values[row] = value;
		}
	}
}

/** Steps over a list. */
export function skipPlyList(cursor: PlyCursor, property: PlyProperty): void {
	const length = cursor.listLength(property);
	for (let k = 0; k < length; k += 1) cursor.next(property.type);
}
