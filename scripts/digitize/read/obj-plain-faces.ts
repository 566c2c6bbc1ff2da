import { guardTriangles } from '../limits.ts';
import { addQuad } from './add-quad.ts';
import { isPlain, type ObjState } from './obj-state.ts';
import { readNumbers } from './plain-lines.ts';
import type { TextScanner } from './text-scanner.ts';

const SPACE = 0x20;
const LETTER_F = 0x66;

/** The corners of the quad at hand. */
const quad = new Uint32Array(4);

/**
 * Reads lines like `f 1 2 3` as long as they come and vertices are positions still: most lines of a scan
 * without texture. The cursor stays at the beginning of the first line that says anything else, or says it
 * otherwise, or is wrong; false when that is the first.
 */
export function readPlainFaces(scanner: TextScanner, state: ObjState): boolean {
	const { bytes, at } = scanner;
	if (bytes[at] !== LETTER_F || !isPlain(state)) return false;
	const count = state.positions.length / 3;
	const { length } = state.indices;
	let room = state.indices.room(3);
	let line = at;
	let to = length;
	while (line < bytes.length && bytes[line] === LETTER_F && bytes[line + 1] === SPACE) {
		if (to + 3 > room.length) room = state.indices.room(to + 3 - length);
		const end = readNumbers(bytes, line + 2, 3, room, to);
		if (end === 0 || !toIndices(room, to, 3, count)) break;
		line = end;
		to += 3;
	}
	if (to === length) return false;
	scanner.at = line;
	state.indices.advance(to - length);
	state.plainMaterial = state.material;
	guardTriangles(to / 3, state.name);
	return true;
}

/** The same for lines like `f 1 2 3 4`. */
export function readPlainQuads(scanner: TextScanner, state: ObjState): boolean {
	const { bytes, at } = scanner;
	if (bytes[at] !== LETTER_F || !isPlain(state)) return false;
	const { positions, indices } = state;
	const count = positions.length / 3;
	let line = at;
	while (line < bytes.length && bytes[line] === LETTER_F && bytes[line + 1] === SPACE) {
		const end = readNumbers(bytes, line + 2, 4, quad, 0);
		if (end === 0 || !toIndices(quad, 0, 4, count)) break;
		addQuad(indices, positions.array, quad, quad);
		line = end;
	}
	if (line === at) return false;
	scanner.at = line;
	state.plainMaterial = state.material;
	guardTriangles(indices.length / 3, state.name);
	return true;
}

/** Makes indices of `sides` numbers of vertices, which count from 1; false where there is no such vertex. */
function toIndices(room: Uint32Array, at: number, sides: number, count: number): boolean {
	for (let k = at; k < at + sides; k += 1) {
		const number = room[k] ?? 0;
		if (number === 0 || number > count) return false;
		room[k] = number - 1;
	}
	return true;
}
