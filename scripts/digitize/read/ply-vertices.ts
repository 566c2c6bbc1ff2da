import { COLOUR_MAX, LINEAR_OF_BYTE, toLinear, toUnorm16 } from '../colour.ts';
import { positionNotFinite } from '../limits.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { chooseOrigin } from './origin.ts';
import type { PlyCursor } from './ply-cursor.ts';
import { type PlyColumn, plyFiller } from './ply-filler.ts';
import { PLY_BYTES, type PlyElement, type PlyProperty, type PlyScalar } from './ply-header.ts';

/** What a vertex property means to us: the attribute and the place in it. */
const MEANINGS: Readonly<Record<string, readonly [attribute: Attribute, place: number]>> = {
	x: ['position', 0],
	y: ['position', 1],
	z: ['position', 2],
	nx: ['normal', 0],
	ny: ['normal', 1],
	nz: ['normal', 2],
	red: ['colour', 0],
	green: ['colour', 1],
	blue: ['colour', 2],
	alpha: ['alpha', 3],
	r: ['colour', 0],
	g: ['colour', 1],
	b: ['colour', 2],
	a: ['alpha', 3],
	diffuse_red: ['colour', 0],
	diffuse_green: ['colour', 1],
	diffuse_blue: ['colour', 2],
	u: ['uv', 0],
	s: ['uv', 0],
	texture_u: ['uv', 0],
	texture_s: ['uv', 0],
	v: ['uv', 1],
	t: ['uv', 1],
	texture_v: ['uv', 1],
	texture_t: ['uv', 1],
};

type Attribute = 'position' | 'normal' | 'colour' | 'alpha' | 'uv';

/** So many rows are read at once; what they need stays in the processor's cache. */
const BATCH_ROWS = 4096;

/** Vertices as a PLY lists them, before anything is known of its faces. */
export interface PlyVertices {
	positions: Float32Array;
	normals: Float32Array | undefined;
	uvs: Float32Array | undefined;
	colours: Uint16Array | undefined;
	count: number;
	origin: [number, number, number];
}

/** A column with what it means. */
interface Column extends PlyColumn {
	attribute: Attribute;
	place: number;
}

/**
 * Reads the vertices. Numbers pass through double precision, so that `origin` can be taken off before
 * they become floats. Colours become linear; of bytes and shorts the type tells the range, of floats
 * it is 0 to 1. Refuses with `position-not-finite` and `file-truncated`.
 */
export function readPlyVertices(cursor: PlyCursor, element: PlyElement, name: string): PlyVertices {
	const { count, properties } = element;
	const columns = columnsOf(properties);
	const has = (attribute: Attribute, width: number) =>
		new Set(columns.filter((c) => c.attribute === attribute).map((c) => c.place)).size === width;
	const hasAlpha = columns.some((c) => c.attribute === 'alpha');
	const vertices: PlyVertices = {
		positions: new Float32Array(count * 3),
		normals: has('normal', 3) ? new Float32Array(count * 3) : undefined,
		uvs: has('uv', 2) ? new Float32Array(count * 2) : undefined,
		colours: has('colour', 3) ? new Uint16Array(count * 4) : undefined,
		count,
		origin: [0, 0, 0],
	};
	if (!hasAlpha) vertices.colours?.fill(COLOUR_MAX);
	const fill = plyFiller(cursor, properties, columns, name);
	for (let first = 0; first < count; ) {
		const rows = fill(Math.min(BATCH_ROWS, count - first));
		if (first === 0) vertices.origin = originOf(columns);
		for (const column of columns) store(vertices, column, first, rows, name);
		first += rows;
	}
	return vertices;
}

function columnsOf(properties: PlyProperty[]): Column[] {
	const columns: Column[] = [];
	let offset = 0;
	for (const property of properties) {
		const meaning = MEANINGS[property.name];
		if (meaning !== undefined && property.countType === undefined) {
			const [attribute, place] = meaning;
			columns.push({ property, attribute, place, offset, values: new Float64Array(BATCH_ROWS) });
		}
		offset += PLY_BYTES[property.type];
	}
	return columns;
}

function originOf(columns: Column[]): [number, number, number] {
	const first = (place: number) =>
		columns.find((c) => c.attribute === 'position' && c.place === place)?.values[0] ?? 0;
	return chooseOrigin(first(0), first(1), first(2));
}

function store(
	vertices: PlyVertices,
	{ attribute, place, values, property }: Column,
	first: number,
	rows: number,
	name: string,
): void {
	switch (attribute) {
		case 'position':
			storePositions(vertices, place, values, first, rows, name);
			break;
		case 'normal':
			spread(values, vertices.normals, 3, place, first, rows);
			break;
		case 'uv':
			storeUvs(vertices.uvs, place, values, first, rows);
			break;
		case 'colour':
			storeColours(vertices.colours, place, values, first, rows, property.type);
			break;
		case 'alpha':
			storeAlphas(vertices.colours, values, first, rows, topOf(property.type));
			break;
	}
}

function storePositions(
	{ positions, origin }: PlyVertices,
	place: number,
	values: Float64Array,
	first: number,
	rows: number,
	name: string,
): void {
	const zero = origin[place] ?? 0;
	for (let i = 0, at = first * 3 + place; i < rows; i += 1, at += 3) {
		const value = Math.fround((values[i] ?? 0) - zero);
		if (!Number.isFinite(value)) positionNotFinite(name);
		positions[at] = value;
	}
}

function spread(
	values: Float64Array,
	to: Float32Array | undefined,
	width: number,
	place: number,
	first: number,
	rows: number,
): void {
	if (to === undefined) return;
	for (let i = 0, at = first * width + place; i < rows; i += 1, at += width) {
		to[at] = values[i] ?? 0;
	}
}

/** PLY counts texture rows from below, glTF from above. */
function storeUvs(
	uvs: Float32Array | undefined,
	place: number,
	values: Float64Array,
	first: number,
	rows: number,
): void {
	for (let i = 0; i < rows; i += 1) {
		const value = values[i] ?? 0;
		const safe = Number.isFinite(value) ? value : 0;
		values[i] = place === 1 ? 1 - safe : safe;
	}
	spread(values, uvs, 2, place, first, rows);
}

function storeColours(
	colours: Uint16Array | undefined,
	place: number,
	values: Float64Array,
	first: number,
	rows: number,
	type: PlyScalar,
): void {
	if (colours === undefined) return;
	const isByte = type === 'uchar' || type === 'char';
	const top = topOf(type);
	for (let i = 0, at = first * 4 + place; i < rows; i += 1, at += 4) {
		const value = values[i] ?? 0;
		colours[at] = isByte ? (LINEAR_OF_BYTE[value & 255] ?? 0) : toColour(value / top);
	}
}

function storeAlphas(
	colours: Uint16Array | undefined,
	values: Float64Array,
	first: number,
	rows: number,
	top: number,
): void {
	if (colours === undefined) return;
	for (let i = 0, at = first * 4 + 3; i < rows; i += 1, at += 4) {
		colours[at] = toUnorm16((values[i] ?? top) / top);
	}
}

function toColour(share: number): number {
	return toUnorm16(toLinear(Math.min(Math.max(share || 0, 0), 1)));
}

function topOf(type: PlyScalar): number {
	if (type === 'float' || type === 'double') return 1;
	return type === 'ushort' || type === 'short' ? 65535 : 255;
}

/** The mesh of these vertices, all of one material, without a triangle yet. */
export function meshOfPly(vertices: PlyVertices): Mesh {
	const { positions, normals, uvs, colours, count } = vertices;
	const materialOf = new Uint16Array(count);
	return { positions, normals, uvs, colours, materialOf, indices: new Uint32Array(0) };
}
