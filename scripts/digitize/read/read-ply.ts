import { COLOUR_MAX, LINEAR_OF_BYTE, toLinear, toUnorm16 } from '../colour.ts';
import { findCompanion } from '../intake/find-companion.ts';
import type { SourceFile } from '../intake/source-file.ts';
import { guardBytes, guardTriangles, indexOutOfRange, positionNotFinite } from '../limits.ts';
import { type Mesh, plainMaterial, type Scan } from '../mesh/mesh.ts';
import { refuse } from '../refusal-error.ts';
import { readTexture } from '../texture/texture-source.ts';
import { IndexList } from './index-list.ts';
import { chooseOrigin } from './origin.ts';
import { type PlyCursor, plyCursor } from './ply-cursor.ts';
import {
	PLY_BYTES,
	type PlyElement,
	type PlyHeader,
	type PlyProperty,
	type PlyScalar,
	readPlyHeader,
} from './ply-header.ts';

/** What a vertex property means to us. */
const MEANINGS: Readonly<Record<string, number>> = {
	x: 0,
	y: 1,
	z: 2,
	nx: 3,
	ny: 4,
	nz: 5,
	red: 6,
	green: 7,
	blue: 8,
	alpha: 9,
	r: 6,
	g: 7,
	b: 8,
	a: 9,
	diffuse_red: 6,
	diffuse_green: 7,
	diffuse_blue: 8,
	u: 10,
	s: 10,
	texture_u: 10,
	v: 11,
	t: 11,
	texture_v: 11,
};
const MEANING_COUNT = 12;
const NORMAL = 3;
const COLOUR = 6;
const ALPHA = 9;
const UV = 10;

/**
 * Reads a PLY: ASCII or binary of either byte order, every scalar type, polygons (as fans), triangle
 * strips, vertex normals, colours (bytes are sRGB) and texture coordinates. Unknown elements and
 * properties are skipped. The numbers go straight into typed arrays.
 */
export async function readPly(file: SourceFile): Promise<Scan> {
	const bytes = file.read();
	const header = readPlyHeader(bytes, file.name);
	guardBytes(leastBytes(header), bytes.length - header.dataAt, file.name);
	const cursor = plyCursor(bytes, header, file.name);
	const indices = new IndexList();
	let vertices: Vertices | undefined;
	for (const element of header.elements) {
		if (element.name === 'vertex') vertices = readVertices(cursor, element, file.name);
		else if (element.name === 'face') readFaces(cursor, element, indices, file.name);
		else if (element.name === 'tristrips') readStrips(cursor, element, indices, file.name);
		else skipElement(cursor, element);
	}
	if (vertices === undefined || indices.length === 0) return noTriangles(file.name);
	checkIndices(indices.view(), vertices.count, file.name);
	const material = plainMaterial('surface');
	const scan: Scan = {
		format: 'ply',
		mesh: { ...vertices.mesh, indices: indices.view().slice() },
		materials: [material],
		textures: [],
		origin: vertices.origin,
		unitHint: header.comments.join('\n'),
		findings: [],
	};
	const texture = textureComment(header);
	if (texture !== undefined && scan.mesh.uvs !== undefined) {
		const found = await findCompanion(file, texture);
		if (found) scan.textures.push(await readTexture(found.bytes, texture, file.name));
		material.maps.baseColor = { texture: 0, strength: 1 };
	}
	return scan;
}

/** The fewest bytes the announced elements take: what bounds every allocation below. */
function leastBytes(header: PlyHeader): number {
	let bytes = 0;
	for (const element of header.elements) {
		let each = 0;
		for (const { type, countType } of element.properties) {
			each += header.encoding === 'ascii' ? 2 : PLY_BYTES[countType ?? type];
		}
		bytes += element.count * Math.max(each, 1);
	}
	// The last number of a text needs no blank behind it.
	return header.encoding === 'ascii' ? bytes - 1 : bytes;
}

interface Vertices {
	mesh: Mesh;
	count: number;
	origin: [number, number, number];
}

function readVertices(cursor: PlyCursor, element: PlyElement, name: string): Vertices {
	const { count, properties } = element;
	const meanings = properties.map((p) => MEANINGS[p.name] ?? -1);
	const has = (meaning: number) => meanings.includes(meaning);
	const mesh: Mesh = {
		positions: new Float32Array(count * 3),
		normals: has(NORMAL) && has(4) && has(5) ? new Float32Array(count * 3) : undefined,
		uvs: has(UV) && has(11) ? new Float32Array(count * 2) : undefined,
		colours: has(COLOUR) && has(7) && has(8) ? new Uint16Array(count * 4) : undefined,
		materialOf: new Uint16Array(count),
		indices: new Uint32Array(0),
	};
	const toColour = colourReader(properties.find((p) => MEANINGS[p.name] === COLOUR)?.type);
	const row = new Float64Array(MEANING_COUNT);
	row[ALPHA] = Number.NaN;
	const alphaScale = alphaDivisor(properties.find((p) => MEANINGS[p.name] === ALPHA)?.type);
	let origin: [number, number, number] = [0, 0, 0];
	for (let i = 0; i < count; i += 1) {
		readRow(cursor, properties, meanings, row);
		if (i === 0) origin = chooseOrigin(row[0] ?? 0, row[1] ?? 0, row[2] ?? 0);
		store(mesh, i, row, origin, name);
		if (mesh.colours !== undefined) paint(mesh.colours, i, row, toColour, alphaScale);
	}
	return { mesh, count, origin };
}

function readRow(
	cursor: PlyCursor,
	properties: PlyProperty[],
	meanings: number[],
	row: Float64Array,
): void {
	for (let p = 0; p < properties.length; p += 1) {
		const property = properties[p];
		if (property === undefined) continue;
		if (property.countType !== undefined) skipList(cursor, property);
		else {
			const value = cursor.next(property.type);
			const meaning = meanings[p] ?? -1;
			if (meaning >= 0) row[meaning] = value;
		}
	}
}

function store(
	mesh: Mesh,
	i: number,
	row: Float64Array,
	origin: readonly number[],
	name: string,
): void {
	for (let k = 0; k < 3; k += 1) {
		const value = Math.fround((row[k] ?? 0) - (origin[k] ?? 0));
		if (!Number.isFinite(value)) positionNotFinite(name);
		mesh.positions[i * 3 + k] = value;
	}
	mesh.normals?.set(row.subarray(NORMAL, NORMAL + 3), i * 3);
	if (mesh.uvs !== undefined) {
		mesh.uvs[i * 2] = finiteOrZero(row[UV]);
		mesh.uvs[i * 2 + 1] = 1 - finiteOrZero(row[UV + 1]);
	}
}

function paint(
	colours: Uint16Array,
	i: number,
	row: Float64Array,
	toColour: (value: number) => number,
	alphaDivisor: number,
): void {
	for (let k = 0; k < 3; k += 1) colours[i * 4 + k] = toColour(row[COLOUR + k] ?? 0);
	const alpha = row[ALPHA] ?? Number.NaN;
	colours[i * 4 + 3] = Number.isNaN(alpha) ? COLOUR_MAX : toUnorm16(alpha / alphaDivisor);
}

function finiteOrZero(value: number | undefined): number {
	return value !== undefined && Number.isFinite(value) ? value : 0;
}

function colourReader(type: PlyScalar | undefined): (value: number) => number {
	if (type === 'uchar' || type === 'char') return (value) => LINEAR_OF_BYTE[value & 255] ?? 0;
	const divisor = alphaDivisor(type);
	return (value) => toUnorm16(toLinear(Math.min(Math.max(value / divisor || 0, 0), 1)));
}

function alphaDivisor(type: PlyScalar | undefined): number {
	if (type === 'float' || type === 'double') return 1;
	return type === 'ushort' || type === 'short' ? 65535 : 255;
}

function readFaces(cursor: PlyCursor, element: PlyElement, out: IndexList, name: string): void {
	const lists = element.properties.map((p) => /^vert(?:ex|ices)_ind(?:ex|ices)$/.test(p.name));
	for (let i = 0; i < element.count; i += 1) {
		for (let p = 0; p < element.properties.length; p += 1) {
			const property = element.properties[p];
			if (property === undefined) continue;
			if (property.countType === undefined) cursor.next(property.type);
			else if (lists[p] === true) readFan(cursor, property, out);
			else skipList(cursor, property);
		}
		if ((i & 0xffff) === 0) guardTriangles(out.length / 3, name);
	}
	guardTriangles(out.length / 3, name);
}

function readFan(cursor: PlyCursor, property: PlyProperty, out: IndexList): void {
	const length = cursor.listLength(property);
	let first = 0;
	let previous = 0;
	for (let k = 0; k < length; k += 1) {
		const index = cursor.next(property.type);
		if (k === 0) first = index;
		else if (k > 1) out.triangle(toIndex(first), toIndex(previous), toIndex(index));
		previous = index;
	}
}

/** Older university scans: strips in one list, -1 starts a new one, the winding alternates. */
function readStrips(cursor: PlyCursor, element: PlyElement, out: IndexList, name: string): void {
	for (let i = 0; i < element.count; i += 1) {
		for (const property of element.properties) {
			if (property.countType === undefined) cursor.next(property.type);
			else readStrip(cursor, property, out);
		}
		guardTriangles(out.length / 3, name);
	}
}

function readStrip(cursor: PlyCursor, property: PlyProperty, out: IndexList): void {
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
	}
}

/** Anything that is no vertex number becomes the largest one, which no mesh has. */
function toIndex(value: number): number {
	return value >= 0 && value < 0xffffffff && Number.isInteger(value) ? value : 0xffffffff;
}

function skipList(cursor: PlyCursor, property: PlyProperty): void {
	const length = cursor.listLength(property);
	for (let k = 0; k < length; k += 1) cursor.next(property.type);
}

function skipElement(cursor: PlyCursor, element: PlyElement): void {
	for (let i = 0; i < element.count; i += 1) {
		for (const property of element.properties) {
			if (property.countType === undefined) cursor.next(property.type);
			else skipList(cursor, property);
		}
	}
}

function checkIndices(indices: Uint32Array, vertices: number, name: string): void {
	for (const index of indices) if (index >= vertices) indexOutOfRange(name);
}

function textureComment(header: PlyHeader): string | undefined {
	for (const comment of header.comments) {
		const match = /^TextureFile\s+(.+)$/i.exec(comment);
		if (match?.[1] !== undefined) return match[1].trim();
	}
	return undefined;
}

function noTriangles(name: string): never {
	return refuse(
		'mesh-empty',
		`${name} has no triangles — if it is a point cloud, make a mesh of it first`,
	);
}
