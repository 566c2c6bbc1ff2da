import { guardTriangles } from '../limits.ts';
import { addQuad } from './add-quad.ts';
import type { CornerTable } from './corner-table.ts';
import type { ObjState } from './obj-state.ts';
import { readCorners } from './plain-lines.ts';
import type { TextScanner } from './text-scanner.ts';

const SPACE = 0x20;
const LETTER_F = 0x66;

/** Position, texture coordinate and normal of up to four corners, counted from 1; 0 is none. */
const parts = new Int32Array(12);
/** Its positions and vertices, counted from 0. */
const numbers = new Uint32Array(4);
const vertices = new Uint32Array(4);

/**
 * Reads lines like `f 1/1/1 2/2/2 3/3/3`, of three or four `sides`, as long as they come, once vertices
 * have a table: most lines of a textured scan. As `readPlainFaces`, it stops before the first line that
 * says anything else, or says it otherwise, or is wrong; false when that is the first.
 */
export function readCornerFaces(scanner: TextScanner, state: ObjState, sides: 3 | 4): boolean {
	const { bytes, at } = scanner;
	const { corners, indices } = state;
	if (bytes[at] !== LETTER_F || corners === undefined) return false;
	const before = indices.length;
	let line = at;
	while (line < bytes.length && bytes[line] === LETTER_F && bytes[line + 1] === SPACE) {
		const end = readCorners(bytes, line + 2, sides, parts);
		if (end === 0 || !areThere(state, sides)) break;
		addFace(state, corners, sides);
		line = end;
	}
	scanner.at = line;
	guardTriangles(indices.length / 3, state.name);
	return indices.length > before;
}

/** Adds the face whose parts are at hand. */
function addFace(
	{ indices, material, positions }: ObjState,
	corners: CornerTable,
	sides: 3 | 4,
): void {
	for (let k = 0; k < sides; k += 1) {
		numbers[k] = (parts[k * 3] ?? 0) - 1;
		vertices[k] = vertexAt(corners, k * 3, material);
	}
	if (sides === 4) addQuad(indices, positions.array, numbers, vertices);
	else indices.triangle(vertices[0] ?? 0, vertices[1] ?? 0, vertices[2] ?? 0);
}

function vertexAt(corners: CornerTable, from: number, material: number): number {
	const position = parts[from] ?? 0;
	const uv = parts[from + 1] ?? 0;
	const normal = parts[from + 2] ?? 0;
	return corners.vertex(position - 1, uv - 1, normal - 1, material);
}

/** Whether all that the corners name has been given. */
function areThere({ positions, uvs, normals }: ObjState, sides: number): boolean {
	const most = positions.length / 3;
	const mostUvs = uvs.length / 2;
	const mostNormals = normals.length / 3;
	for (let k = 0; k < sides * 3; k += 3) {
		const position = parts[k] ?? 0;
		if (position < 1 || position > most) return false;
		if ((parts[k + 1] ?? 0) > mostUvs || (parts[k + 2] ?? 0) > mostNormals) return false;
	}
	return true;
}
