import { guardTriangles, indexOutOfRange, positionNotFinite, truncated } from '../limits.ts';
import { refuse } from '../refusal-error.ts';
import { CornerTable } from './corner-table.ts';
import type { FloatList } from './index-list.ts';
import { isPlain, type ObjState } from './obj-state.ts';
import { chooseOrigin } from './origin.ts';
import type { TextScanner } from './text-scanner.ts';
import { triangulate } from './triangulate.ts';
import { unquote } from './unquote.ts';

const SPACE = 0x20;
const TAB = 0x09;
const HASH = 0x23;
const SLASH = 0x2f;
const LETTER = { f: 0x66, n: 0x6e, t: 0x74, v: 0x76 };

/** No polygon of a scan has more corners; the rest of a longer one would be an attack on memory. */
const MAX_CORNERS = 1_000_000;
const MAX_MATERIALS = 4096;
const MAX_COMMENTS = 64;

/** Reads the line under the cursor, as far as it says anything about a surface. */
export function readObjLine(scanner: TextScanner, state: ObjState): void {
	scanner.skipBlanks();
	const { bytes, at } = scanner;
	const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
	if (first === LETTER.v && isBlank(second)) {
		scanner.at = at + 1;
		readVertex(scanner, state);
	} else if (first === LETTER.f && isBlank(second)) {
		scanner.at = at + 1;
		readFace(scanner, state);
	} else if (first === LETTER.v && second === LETTER.n) {
		scanner.at = at + 2;
		for (let k = 0; k < 3; k += 1) state.normals.push(finiteOr(scanner.number(), 0));
	} else if (first === LETTER.v && second === LETTER.t) {
		scanner.at = at + 2;
		state.uvs.push(finiteOr(scanner.number(), 0));
		state.uvs.push(1 - finiteOr(scanner.number(), 0));
	} else readStatement(scanner, state);
}

function isBlank(c: number): boolean {
	return c === SPACE || c === TAB;
}

function readStatement(scanner: TextScanner, state: ObjState): void {
	if (scanner.peek() === HASH) {
		scanner.at += 1;
		if (state.comments.length >= MAX_COMMENTS) return;
		state.comments.push(scanner.restOfLine().slice(0, 200));
		return;
	}
	switch (scanner.word()) {
		case 'usemtl':
			selectMaterial(scanner.restOfLine(), state);
			break;
		case 'mtllib':
			state.libraries.push(unquote(scanner.restOfLine()));
			break;
		default:
	}
}

function readVertex(scanner: TextScanner, state: ObjState): void {
	const { positions, origin, name } = state;
	const x = scanner.number();
	const y = scanner.number();
	const z = scanner.number();
	if (Number.isNaN(z) && scanner.leftBytes <= 1) truncated(name);
	if (positions.length === 0) for (const [k, v] of chooseOrigin(x, y, z).entries()) origin[k] = v;
	pushPosition(positions, x - origin[0], name);
	pushPosition(positions, y - origin[1], name);
	pushPosition(positions, z - origin[2], name);
	if (!scanner.atLineEnd()) readColour(scanner, state);
}

function pushPosition(positions: FloatList, value: number, name: string): void {
	const moved = Math.fround(value);
	if (!Number.isFinite(moved)) positionNotFinite(name);
	positions.push(moved);
}

function readColour(scanner: TextScanner, { colours, positions }: ObjState): void {
	const r = scanner.number();
	if (scanner.atLineEnd()) return; // A single fourth number is the weight of a rational curve.
	const g = scanner.number();
	const b = scanner.number();
	while (colours.length < positions.length - 3) colours.push(1);
	colours.push(finiteOr(r, 1));
	colours.push(finiteOr(g, 1));
	colours.push(finiteOr(b, 1));
}

function readFace(scanner: TextScanner, state: ObjState): void {
	const { polygon, places, indices } = state;
	const positionCount = state.positions.length / 3;
	let count = 0;
	while (!scanner.atLineEnd() && count < MAX_CORNERS) {
		const position = resolve(scanner.integer(), positionCount, state);
		places[count] = position;
		polygon[count] =
			scanner.peek() === SLASH
				? readCorner(scanner, position, state, count)
				: vertexOf(state, position, -1, -1, count);
		count += 1;
	}
	if (count === 3) indices.triangle(polygon[0] ?? 0, polygon[1] ?? 0, polygon[2] ?? 0);
	else if (count > 3) cutPolygon(state, count);
	if ((indices.length & 0xffff) < 3) guardTriangles(indices.length / 3, state.name);
}

/** What follows a position: `/uv`, `/uv/normal` or `//normal`. */
function readCorner(
	scanner: TextScanner,
	position: number,
	state: ObjState,
	before: number,
): number {
	let uv = -1;
	let normal = -1;
	scanner.at += 1;
	if (scanner.peek() !== SLASH) uv = resolve(scanner.integer(), state.uvs.length / 2, state);
	if (scanner.peek() === SLASH) {
		scanner.at += 1;
		normal = resolve(scanner.integer(), state.normals.length / 3, state);
	}
	return vertexOf(state, position, uv, normal, before);
}

/** The vertex of a corner; `before` of its polygon have one already. */
function vertexOf(
	state: ObjState,
	position: number,
	uv: number,
	normal: number,
	before: number,
): number {
	if (uv === -1 && normal === -1 && isPlain(state)) {
		state.plainMaterial = state.material;
		return position;
	}
	state.corners ??= tableOf(state, before);
	return state.corners.vertex(position, uv, normal, state.material);
}

/** A table that begins with the corners so far, which are vertices of it from now on. */
function tableOf({ positions, indices, polygon, plainMaterial }: ObjState, before: number) {
	const corners = new CornerTable(positions.length / 3);
	const enter = (list: Uint32Array | number[], length: number) => {
		for (let i = 0; i < length; i += 1) {
			list[i] = corners.vertex(list[i] ?? 0, -1, -1, plainMaterial);
		}
	};
	enter(indices.view(), indices.length);
	enter(polygon, before);
	return corners;
}

function cutPolygon(state: ObjState, count: number): void {
	const { polygon, places, triangles, positions, indices } = state;
	guardTriangles(indices.length / 3 + count - 2, state.name);
	triangles.length = 0;
	places.length = count;
	triangulate(places, positions.array, triangles);
	for (let t = 0; t < triangles.length; t += 3) {
		const [a = 0, b = 0, c = 0] = [triangles[t], triangles[t + 1], triangles[t + 2]];
		indices.triangle(polygon[a] ?? 0, polygon[b] ?? 0, polygon[c] ?? 0);
	}
}

/** OBJ counts from 1, or backwards from the latest with negative numbers. */
function resolve(index: number, count: number, state: ObjState): number {
	const resolved = index < 0 ? count + index : index - 1;
	if (!(resolved >= 0 && resolved < count && Number.isInteger(resolved))) {
		indexOutOfRange(state.name);
	}
	return resolved;
}

function selectMaterial(name: string, state: ObjState): void {
	const known = state.materialNames.indexOf(name);
	state.material = known === -1 ? state.materialNames.push(name) - 1 : known;
	if (state.materialNames.length > MAX_MATERIALS) {
		refuse('structure-invalid', `${state.name} has over 4,096 materials — merge them first`);
	}
}

function finiteOr(value: number, otherwise: number): number {
	return Number.isFinite(value) ? value : otherwise;
}
