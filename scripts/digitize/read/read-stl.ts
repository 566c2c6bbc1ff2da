import type { SourceFile } from '../intake/source-file.ts';
import { guardBytes, guardTriangles, positionNotFinite, truncated } from '../limits.ts';
import { type Mesh, plainMaterial, type Scan } from '../mesh/mesh.ts';
import { weld } from '../mesh/weld.ts';
import { refuse } from '../refusal-error.ts';
import { FloatList } from './index-list.ts';
import { chooseOrigin } from './origin.ts';
import { TextScanner } from './text-scanner.ts';

const HEADER_BYTES = 84;
const RECORD_BYTES = 50;

/**
 * Reads an STL, binary or ASCII. Corners at exactly the same place become one vertex; the normals of
 * facets are not kept, since smooth ones are computed from the welded mesh.
 */
export function readStl(file: SourceFile): Scan {
	const bytes = file.read();
	const isText = /^\s*solid\b/.test(bytes.toString('latin1', 0, 512)) && !isBinary(bytes);
	const { positions, origin } = isText ? readText(bytes, file.name) : readBinary(bytes, file.name);
	if (positions.length === 0) {
		refuse('mesh-empty', `${file.name} has no triangles — export the surface again`);
	}
	const count = positions.length / 3;
	const soup: Mesh = {
		positions,
		normals: undefined,
		uvs: undefined,
		colours: undefined,
		materialOf: new Uint16Array(count),
		indices: Uint32Array.from({ length: count }, (_, i) => i),
	};
	return {
		format: 'stl',
		mesh: weld(soup),
		materials: [plainMaterial('surface')],
		textures: [],
		origin,
		unitHint: file.head.toString('latin1', 0, 80),
		findings: [],
	};
}

/** Many binary files begin with "solid" too: their size gives them away. */
function isBinary(bytes: Buffer): boolean {
	if (bytes.length < HEADER_BYTES) return false;
	return bytes.readUInt32LE(80) * RECORD_BYTES + HEADER_BYTES === bytes.length;
}

interface Corners {
	positions: Float32Array;
	origin: [number, number, number];
}

function readBinary(bytes: Buffer, name: string): Corners {
	guardBytes(HEADER_BYTES, bytes.length, name);
	const triangles = bytes.readUInt32LE(80);
	guardBytes(triangles * RECORD_BYTES, bytes.length - HEADER_BYTES, name);
	guardTriangles(triangles, name);
	const positions = new Float32Array(triangles * 9);
	for (let t = 0; t < triangles; t += 1) {
		const record = HEADER_BYTES + t * RECORD_BYTES + 12;
		for (let k = 0; k < 9; k += 1) {
			const value = bytes.readFloatLE(record + k * 4);
			if (!Number.isFinite(value)) positionNotFinite(name);
			positions[t * 9 + k] = value;
		}
	}
	const origin = chooseOrigin(positions[0] ?? 0, positions[1] ?? 0, positions[2] ?? 0);
	for (let i = 0; i < positions.length; i += 1) {
		positions[i] = (positions[i] ?? 0) - (origin[i % 3] ?? 0);
	}
	return { positions, origin };
}

function readText(bytes: Buffer, name: string): Corners {
	const scanner = new TextScanner(bytes);
	const corners = new FloatList();
	const origin: [number, number, number] = [0, 0, 0];
	let isClosed = false;
	while (!scanner.isDone) {
		const word = scanner.word().toLowerCase();
		if (word === 'vertex') readCorner(scanner, corners, origin, name);
		else if (word === 'endsolid') isClosed = true;
		else if (word === 'endfacet') guardTriangles(corners.length / 9, name);
		scanner.nextLine();
	}
	if (!isClosed || corners.length % 9 !== 0) truncated(name);
	return { positions: corners.view().slice(), origin };
}

/** The first corner sets the origin. */
function readCorner(
	scanner: TextScanner,
	corners: FloatList,
	origin: [number, number, number],
	name: string,
): void {
	const [x, y, z] = [scanner.number(), scanner.number(), scanner.number()];
	if (scanner.isDone) truncated(name);
	if (corners.length === 0) {
		for (const [k, value] of chooseOrigin(x, y, z).entries()) origin[k] = value;
	}
	for (const [k, value] of [x, y, z].entries()) {
		const moved = Math.fround(value - (origin[k] ?? 0));
		if (!Number.isFinite(moved)) positionNotFinite(name);
		corners.push(moved);
	}
}
