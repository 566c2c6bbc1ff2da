import { open, readFile } from 'node:fs/promises';
import type { Painted } from '../mesh/blend-materials.ts';
import type { Material, Mesh } from '../mesh/mesh.ts';

/** Arrays of a mesh in the order they are written. */
const PARTS = ['positions', 'normals', 'uvs', 'colours', 'materialOf', 'indices'] as const;
type Part = (typeof PARTS)[number];
/** Each array starts at a multiple of this, so that it can be looked at without a copy. */
const ALIGNMENT = 8;

interface Head {
	materials: Material[];
	/** Bytes of each array that the mesh has. */
	bytes: { [part in Part]?: number };
}

/**
 * Keeps a simplified surface as it is in memory, for an interrupted run to go on from: a line of JSON,
 * then the arrays. Read by the same pipeline on the same machine only; never part of a result.
 */
export async function writeSurface(path: string, { mesh, materials }: Painted): Promise<void> {
	const head: Head = { materials, bytes: {} };
	for (const part of PARTS) {
		const array = mesh[part];
		if (array !== undefined) head.bytes[part] = array.byteLength;
	}
	const text = Buffer.from(JSON.stringify(head));
	const line = Buffer.concat([text, Buffer.alloc(aligned(text.length + 1) - text.length, '\n')]);
	await using file = await open(path, 'wx');
	await file.write(line);
	for (const part of PARTS) {
		const array = mesh[part];
		if (array === undefined) continue;
		const bytes = Buffer.alloc(aligned(array.byteLength));
		bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
		await file.write(bytes);
	}
}

/** Reads a surface back, in memory that threads share. */
export async function readSurface(path: string): Promise<Painted> {
	const file = await readFile(path);
	const end = file.indexOf(10);
	const head = JSON.parse(file.toString('utf8', 0, end)) as Head;
	const arrays = new Map<Part, SharedArrayBuffer>();
	let at = aligned(end + 1);
	for (const part of PARTS) {
		const length = head.bytes[part];
		if (length === undefined) continue;
		const buffer = new SharedArrayBuffer(length);
		new Uint8Array(buffer).set(file.subarray(at, at + length));
		arrays.set(part, buffer);
		at += aligned(length);
	}
	const floats = (part: Part) => {
		const buffer = arrays.get(part);
		return buffer && new Float32Array(buffer);
	};
	const colours = arrays.get('colours');
	const mesh: Mesh = {
		positions: floats('positions') ?? new Float32Array(0),
		normals: floats('normals'),
		uvs: floats('uvs'),
		colours: colours && new Uint16Array(colours),
		materialOf: new Uint16Array(arrays.get('materialOf') ?? new SharedArrayBuffer(0)),
		indices: new Uint32Array(arrays.get('indices') ?? new SharedArrayBuffer(0)),
	};
	return { mesh, materials: head.materials };
}

function aligned(length: number): number {
	return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}
