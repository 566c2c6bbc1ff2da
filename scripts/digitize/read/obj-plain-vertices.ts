import type { ObjState } from './obj-state.ts';
import { lineBehind, readDecimals } from './plain-lines.ts';
import type { TextScanner } from './text-scanner.ts';

const LF = 0x0a;
const SPACE = 0x20;
const LETTER = { n: 0x6e, t: 0x74, v: 0x76 };

/** The numbers of the line at hand. */
const row = new Float64Array(3);

/**
 * Reads lines like `v 1.5 2 3`, `vt 0.5 0.5` and `vn 0 0 1` as long as they come, from the second vertex on
 * and where vertices have no colours. It stops before the first line that says anything else, or says it
 * otherwise; false when that is the first. A loop for each kind, since code that has seen but one is
 * compiled anew when the next comes.
 */
export function readPlainVertices(scanner: TextScanner, state: ObjState): boolean {
	const { bytes, at } = scanner;
	if (bytes[at] !== LETTER.v || state.positions.length === 0) return false;
	const kind = bytes[at + 1];
	if (kind === LETTER.t) scanner.at = readPairs(bytes, at, state);
	else if (kind === LETTER.n) scanner.at = readNormals(bytes, at, state);
	else if (state.colours.length === 0) scanner.at = readPositions(bytes, at, state);
	return scanner.at > at;
}

function readPositions(bytes: Uint8Array, from: number, { positions, origin }: ObjState): number {
	const [x, y, z] = origin;
	let line = from;
	while (line < bytes.length && bytes[line] === LETTER.v && bytes[line + 1] === SPACE) {
		const behind = readDecimals(bytes, line + 2, 3, row);
		const end = behind === 0 ? 0 : lineBehind(bytes, behind);
		if (end === 0) break;
		positions.push((row[0] ?? 0) - x);
		positions.push((row[1] ?? 0) - y);
		positions.push((row[2] ?? 0) - z);
		line = end;
	}
	return line;
}

function readPairs(bytes: Uint8Array, from: number, { uvs }: ObjState): number {
	let line = from;
	while (
		line < bytes.length &&
		bytes[line] === LETTER.v &&
		bytes[line + 1] === LETTER.t &&
		bytes[line + 2] === SPACE
	) {
		const behind = readDecimals(bytes, line + 3, 2, row);
		if (behind === 0) break;
		uvs.push(row[0] ?? 0);
		uvs.push(1 - (row[1] ?? 0));
		line = nextLine(bytes, behind);
	}
	return line;
}

function readNormals(bytes: Uint8Array, from: number, { normals }: ObjState): number {
	let line = from;
	while (
		line < bytes.length &&
		bytes[line] === LETTER.v &&
		bytes[line + 1] === LETTER.n &&
		bytes[line + 2] === SPACE
	) {
		const behind = readDecimals(bytes, line + 3, 3, row);
		if (behind === 0) break;
		for (let k = 0; k < 3; k += 1) normals.push(row[k] ?? 0);
		line = nextLine(bytes, behind);
	}
	return line;
}

/** Passes over a third texture coordinate; a block ends with a line end. */
function nextLine(bytes: Uint8Array, from: number): number {
	let at = from;
	while (at < bytes.length && bytes[at] !== LF) at += 1;
	return at + 1;
}
