import { guardTriangles } from '../limits.ts';
import { isPlain, type ObjState } from './obj-state.ts';
import type { TextScanner } from './text-scanner.ts';
import { readThreeNumbers } from './three-numbers.ts';

const SPACE = 0x20;
const LETTER_F = 0x66;

/**
 * Reads lines like `f 1 2 3` as long as they come and vertices are positions still: three of four lines
 * of a scan without texture. The cursor stays at the beginning of the first line that says anything
 * else, or says it otherwise, or is wrong; false when that is the first. Five times as fast as corner by
 * corner.
 */
export function readPlainFaces(scanner: TextScanner, state: ObjState): boolean {
	const { bytes, at } = scanner;
	if (bytes[at] !== LETTER_F || !isPlain(state)) return false;
	const count = state.positions.length / 3;
	const { length } = state.indices;
	let room = state.indices.room(3);
	let line = at;
	let to = length;
	while (bytes[line] === LETTER_F && bytes[line + 1] === SPACE) {
		if (to + 3 > room.length) room = state.indices.room(to + 3 - length);
		const end = readThreeNumbers(bytes, line + 2, room, to);
		if (end === 0 || !toIndices(room, to, count)) break;
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

/** Makes indices of three numbers of vertices, which count from 1; false where there is no such vertex. */
function toIndices(room: Uint32Array, at: number, count: number): boolean {
	for (let k = at; k < at + 3; k += 1) {
		const number = room[k] ?? 0;
		if (number === 0 || number > count) return false;
		room[k] = number - 1;
	}
	return true;
}
