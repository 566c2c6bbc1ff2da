import { guardTriangles } from '../limits.ts';
import { FloatList, IndexList } from './index-list.ts';
import { readNumbers } from './plain-lines.ts';
import { type AsciiCursor, BinaryCursor, type PlyCursor } from './ply-cursor.ts';
import { skipPlyList } from './ply-filler.ts';
import type { PlyElement, PlyProperty } from './ply-header.ts';
import { triangulate } from './triangulate.ts';

const TRIANGLE_BYTES = 13;
/** Triangles read in one go. */
const BATCH = 65_536;
/** The digit. */
const THREE = 0x33;
const NO_VERTEX = 0xffffffff;

/** Triangles of a PLY; those of photogrammetry carry texture coordinates of their own. */
export interface PlyFaces {
	indices: IndexList;
	/** u and v of every corner, where faces have them; v from below. */
	uvs: FloatList;
	/** The number of each triangle's texture, where faces have one. */
	textures: FloatList;
}

export function noPlyFaces(capacity: number): PlyFaces {
	return { indices: new IndexList(capacity), uvs: new FloatList(), textures: new FloatList() };
}

/** How the properties of a face are to be read. */
type Reading = 'corners' | 'texcoord' | 'texnumber' | 'list' | 'scalar';

/** The face at hand. */
interface Face {
	corners: number[];
	uvs: number[];
	texture: number;
	/** Numbers of corners, three a triangle. */
	triangles: number[];
}

/**
 * Reads faces of any number of corners. `positions` (N×3) are those of the vertices read so far;
 * polygons that point past them are cut as fans. Texture coordinates of corners are kept as MeshLab
 * writes them: a list `texcoord` of u, v for every corner and a number `texnumber`.
 */
export function readPlyFaces(
	cursor: PlyCursor,
	element: PlyElement,
	positions: Float32Array,
	out: PlyFaces,
	name: string,
): void {
	const readings = element.properties.map(readingOf);
	const hasUvs = readings.includes('texcoord');
	const isPlain = isPlainFace(element.properties);
	const face: Face = { corners: [], uvs: [], texture: 0, triangles: [] };
	for (let i = 0; i < element.count; i += 1) {
		if (isPlain) {
			i += readTriangles(cursor, element.count - i, out.indices);
			if (i >= element.count) break;
		}
		readFace(cursor, element.properties, readings, face);
		emit(face, positions, hasUvs, out, name);
	}
	guardTriangles(out.indices.length / 3, name);
}

function readingOf({ name, countType }: PlyProperty): Reading {
	if (countType === undefined) return name === 'texnumber' ? 'texnumber' : 'scalar';
	if (/^vert(?:ex|ices)_ind(?:ex|ices)$/.test(name)) return 'corners';
	return name === 'texcoord' ? 'texcoord' : 'list';
}

function isPlainFace(properties: PlyProperty[]): boolean {
	const [list, ...others] = properties;
	if (list === undefined || others.length > 0 || readingOf(list) !== 'corners') return false;
	const isFourBytes = list.type === 'int' || list.type === 'uint';
	return isFourBytes && (list.countType === 'uchar' || list.countType === 'char');
}

/** Takes triangles as they lie until something else comes; gives how many there were. */
function readTriangles(cursor: PlyCursor, most: number, out: IndexList): number {
	const take = cursor instanceof BinaryCursor ? takeBinary : takeText;
	let taken = 0;
	for (;;) {
		const some = take(cursor as BinaryCursor & AsciiCursor, Math.min(most - taken, BATCH), out);
		taken += some;
		if (some === 0 || taken === most) return taken;
	}
}

/** Triangles from the window at hand, at most `most`. */
function takeBinary({ window, isLittle }: BinaryCursor, most: number, out: IndexList): number {
	if (!window.has(TRIANGLE_BYTES)) return 0;
	const { view, end } = window;
	const array = out.room(most * 3);
	const last = end - TRIANGLE_BYTES;
	let to = out.length;
	let { at } = window;
	for (let left = most; left > 0 && at <= last && view.getUint8(at) === 3; left -= 1) {
		array[to] = view.getUint32(at + 1, isLittle);
		array[to + 1] = view.getUint32(at + 5, isLittle);
		array[to + 2] = view.getUint32(at + 9, isLittle);
		to += 3;
		at += TRIANGLE_BYTES;
	}
	window.at = at;
	const corners = to - out.length;
	out.advance(corners);
	return corners / 3;
}

/** Lines that are three whole numbers behind a 3, at most `most`. */
function takeText({ scanner }: AsciiCursor, most: number, out: IndexList): number {
	const array = out.room(most * 3);
	let to = out.length;
	for (let left = most; left > 0; left -= 1) {
		scanner.skipSpace();
		if (!scanner.isAhead(THREE)) break;
		const end = readNumbers(scanner.bytes, scanner.at + 2, 3, array, to);
		if (end === 0) {
			scanner.at += 2;
			for (let k = 0; k < 3; k += 1) array[to + k] = toIndex(scanner.integer());
		} else scanner.at = end;
		to += 3;
	}
	const corners = to - out.length;
	out.advance(corners);
	return corners / 3;
}

function readFace(
	cursor: PlyCursor,
	properties: PlyProperty[],
	readings: Reading[],
	face: Face,
): void {
	for (let p = 0; p < properties.length; p += 1) {
		const property = properties[p];
		if (property === undefined) continue;
		const reading = readings[p];
		if (reading === 'corners') readList(cursor, property, face.corners);
		else if (reading === 'texcoord') readList(cursor, property, face.uvs);
		else if (reading === 'texnumber') face.texture = cursor.next(property.type);
		else if (reading === 'list') skipPlyList(cursor, property);
		else cursor.next(property.type);
	}
}

function readList(cursor: PlyCursor, property: PlyProperty, into: number[]): void {
	const length = cursor.listLength(property);
	into.length = 0;
	for (let k = 0; k < length; k += 1) into.push(cursor.next(property.type));
}

function emit(
	face: Face,
	positions: Float32Array,
	hasUvs: boolean,
	out: PlyFaces,
	name: string,
): void {
	const { corners, triangles } = face;
	if (corners.length < 3) return;
	guardTriangles(out.indices.length / 3 + corners.length - 2, name);
	if (corners.length === 3 && !hasUvs) {
		const [a = 0, b = 0, c = 0] = corners;
		out.indices.triangle(toIndex(a), toIndex(b), toIndex(c));
		return;
	}
	triangles.length = 0;
	triangulate(corners, positions, triangles);
	for (let t = 0; t < triangles.length; t += 3) {
		const [a = 0, b = 0, c = 0] = [triangles[t], triangles[t + 1], triangles[t + 2]];
		out.indices.triangle(toIndex(corners[a]), toIndex(corners[b]), toIndex(corners[c]));
		if (!hasUvs) continue;
		out.textures.push(face.texture);
		for (const corner of [a, b, c]) {
			out.uvs.push(face.uvs[corner * 2] ?? 0);
			out.uvs.push(face.uvs[corner * 2 + 1] ?? 0);
		}
	}
}

/** Older university scans: strips in one list, -1 starts a new one, the winding alternates. */
export function readPlyStrips(
	cursor: PlyCursor,
	element: PlyElement,
	out: PlyFaces,
	name: string,
): void {
	for (let i = 0; i < element.count; i += 1) {
		for (const property of element.properties) {
			if (property.countType === undefined) cursor.next(property.type);
			else readStrip(cursor, property, out.indices, name);
		}
	}
	guardTriangles(out.indices.length / 3, name);
}

function readStrip(cursor: PlyCursor, property: PlyProperty, out: IndexList, name: string): void {
	const length = cursor.listLength(property);
	let a = 0;
	let b = 0;
	let run = 0;
	for (let k = 0; k < length; k += 1) {
		const index = cursor.next(property.type);
		if (index === -1) {
			run = 0;
			continue;
		}
		run += 1;
		if (run > 2) {
			const isEven = run % 2 === 0;
			out.triangle(toIndex(isEven ? b : a), toIndex(isEven ? a : b), toIndex(index));
		}
		a = b;
		b = index;
		if ((k & 0xffff) === 0) guardTriangles(out.length / 3, name);
	}
}

/** Anything that is no vertex number becomes the largest one, which no mesh has. */
function toIndex(value: number | undefined): number {
	const isIndex = value !== undefined && value >= 0 && value < NO_VERTEX && Number.isInteger(value);
	return isIndex ? value : NO_VERTEX;
}
