import type { SourceFile } from '../intake/source-file.ts';
import { guardBytes, guardTriangles, positionNotFinite, truncated } from '../limits.ts';
import { type Mesh, plainMaterial, type Scan } from '../mesh/mesh.ts';
import { refuse } from '../refusal-error.ts';
import { ByteWindow } from './byte-window.ts';
import { colourFacets } from './colour-facets.ts';
import { IndexList } from './index-list.ts';
import { LineBlocks } from './line-blocks.ts';
import { chooseOrigin } from './origin.ts';
import { PositionTable } from './position-table.ts';
import { TextScanner } from './text-scanner.ts';

const HEADER_BYTES = 84;
const RECORD_BYTES = 50;
const NORMAL_BYTES = 12;
const ATTRIBUTE_AT = 48;
/** The shortest facet in a text. */
const FACET_BYTES = 60;

/** The triangles of an STL, corners at exactly the same place being one vertex. */
interface Welded {
	places: PositionTable;
	/** The two bytes behind each facet, of a binary file: its colour, if anything. */
	attributes: Uint16Array;
	indices: IndexList;
	origin: [number, number, number];
	name: string;
}

/**
 * Reads an STL, binary or ASCII, piece by piece. Corners at exactly the same place become one vertex;
 * the normals of facets are not kept, since smooth ones are computed from the welded mesh. Colours of
 * facets, as VisCAM and Magics write them, become colours of vertices. Text may begin with anything, and binary files with "solid": size and zero bytes tell them apart.
 */
export function readStl(file: SourceFile): Scan {
	const isText = !isBinary(file);
	if (!isText) guardBytes(HEADER_BYTES, file.sizeBytes, file.name);
	const triangles = isText
		? Math.ceil(file.sizeBytes / FACET_BYTES / 4)
		: file.head.readUInt32LE(80);
	if (!isText) {
		guardBytes(triangles * RECORD_BYTES, file.sizeBytes - HEADER_BYTES, file.name);
		guardTriangles(triangles, file.name);
	}
	const welded: Welded = {
		places: new PositionTable(Math.ceil(triangles / 2)),
		attributes: new Uint16Array(isText ? 0 : triangles),
		indices: new IndexList(triangles * 3),
		origin: [0, 0, 0],
		name: file.name,
	};
	if (isText) readText(file, welded);
	else readBinary(file, triangles, welded);
	if (welded.indices.length === 0) {
		refuse('mesh-empty', `${file.name} has no triangles — export the surface again`);
	}
	const positions = welded.places.positions();
	const mesh: Mesh = {
		positions,
		normals: undefined,
		uvs: undefined,
		colours: undefined,
		materialOf: new Uint16Array(positions.length / 3),
		indices: welded.indices.take(),
	};
	return {
		format: 'stl',
		mesh: colourFacets(mesh, welded.attributes, file.head.subarray(0, HEADER_BYTES)),
		materials: [plainMaterial('surface')],
		textures: [],
		origin: welded.origin,
		unitHint: file.head.toString('latin1', 0, 80),
		findings: [],
	};
}

function isBinary({ head, sizeBytes }: SourceFile): boolean {
	if (head.includes(0) || !/\b(?:facet|endsolid)\b/i.test(head.toString('latin1'))) return true;
	if (head.length < HEADER_BYTES) return false;
	return head.readUInt32LE(80) * RECORD_BYTES + HEADER_BYTES === sizeBytes;
}

function readBinary(file: SourceFile, triangles: number, welded: Welded): void {
	using bytes = file.openBytes();
	const window = new ByteWindow(bytes, file.sizeBytes, HEADER_BYTES);
	const corner = { x: 0, y: 0, z: 0 };
	const numbers: number[] = [0, 0, 0];
	for (let t = 0; t < triangles; t += 1) {
		if (!window.has(RECORD_BYTES)) truncated(file.name);
		const { view, at } = window;
		for (let k = 0; k < 3; k += 1) {
			const from = at + NORMAL_BYTES + k * 12;
			corner.x = view.getFloat32(from, true);
			corner.y = view.getFloat32(from + 4, true);
			corner.z = view.getFloat32(from + 8, true);
			if (t === 0 && k === 0) welded.origin = chooseOrigin(corner.x, corner.y, corner.z);
			numbers[k] = placeOf(corner, welded);
		}
		welded.indices.triangle(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0);
		welded.attributes[t] = view.getUint16(at + ATTRIBUTE_AT, true);
		window.at = at + RECORD_BYTES;
	}
}

function readText(file: SourceFile, welded: Welded): void {
	using bytes = file.openBytes();
	const scanner = new TextScanner(new LineBlocks(bytes, file.sizeBytes, file.name));
	const numbers: number[] = [];
	let isClosed = false;
	let isFirst = true;
	while (!scanner.isDone) {
		const word = scanner.word().toLowerCase();
		if (word === 'vertex') {
			numbers.push(readCorner(scanner, welded, isFirst));
			isFirst = false;
		} else if (word === 'endsolid') isClosed = true;
		else if (word === 'endfacet') closeFacet(numbers, welded);
		scanner.nextLine();
	}
	if (!isClosed || numbers.length > 0) truncated(file.name);
}

function closeFacet(numbers: number[], { indices, name }: Welded): void {
	if (numbers.length !== 3) truncated(name);
	indices.triangle(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0);
	numbers.length = 0;
	guardTriangles(indices.length / 3, name);
}

/** The first corner sets the origin. */
function readCorner(scanner: TextScanner, welded: Welded, isFirst: boolean): number {
	const corner = { x: scanner.number(), y: scanner.number(), z: scanner.number() };
	if (scanner.leftBytes <= 1) truncated(welded.name);
	if (isFirst) welded.origin = chooseOrigin(corner.x, corner.y, corner.z);
	return placeOf(corner, welded);
}

function placeOf(
	{ x, y, z }: { x: number; y: number; z: number },
	{ places, origin, name }: Welded,
): number {
	const [ox, oy, oz] = origin;
	const place = places.place(x - ox, y - oy, z - oz);
	if (!Number.isFinite(Math.fround(x) + Math.fround(y) + Math.fround(z))) positionNotFinite(name);
	return place;
}
