import { BYTE_STEP, COLOUR_MAX, toUnorm16 } from '../../colour.ts';
import { indexOutOfRange, positionNotFinite } from '../../limits.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import { smoothNormals } from '../../mesh/normals.ts';
import { refuse } from '../../refusal-error.ts';
import type { Column, DecodedPrimitive } from './decoded-primitive.ts';
import { determinant, IDENTITY, type Matrix, normalMatrix } from './transform.ts';

/** Modes of a primitive, as glTF numbers them. */
const TRIANGLES = 4;
const FAN = 6;

/** A primitive, where it stands, and the number of its material. */
export interface PlacedPrimitive {
	primitive: DecodedPrimitive;
	world: Matrix;
	material: number;
}

/** Which texture coordinates a material uses, and how they are moved (2×3, row by row). */
export interface UvUse {
	set: number;
	matrix: readonly [number, number, number, number, number, number] | undefined;
}

/**
 * Copies placed primitives into one mesh in the scene's frame. Attributes that only some primitives
 * have are filled with what glTF means by their absence: white, smooth normals, (0, 0).
 */
export function joinPrimitives(
	placed: PlacedPrimitive[],
	uvOf: (material: number) => UvUse | undefined,
	name: string,
): Mesh {
	const vertexCount = placed.reduce((sum, p) => sum + vertices(p.primitive), 0);
	const hasNormals = placed.some((p) => p.primitive.attributes.has('NORMAL'));
	const hasColours = placed.some((p) => p.primitive.attributes.has('COLOR_0'));
	const hasUvs = placed.some((p) => uvColumn(p, uvOf) !== undefined);
	const whole = placed.length === 1 ? placed[0] : undefined;
	const mesh: Mesh = {
		positions: ownFloats(whole, 'POSITION') ?? new Float32Array(vertexCount * 3),
		normals: hasNormals
			? (ownFloats(whole, 'NORMAL') ?? new Float32Array(vertexCount * 3))
			: undefined,
		uvs: hasUvs ? new Float32Array(vertexCount * 2) : undefined,
		colours: hasColours ? new Uint16Array(vertexCount * 4).fill(COLOUR_MAX) : undefined,
		materialOf: new Uint16Array(vertexCount),
		indices: new Uint32Array(whole ? 0 : placed.reduce((sum, p) => sum + corners(p.primitive), 0)),
	};
	let vertexAt = 0;
	let indexAt = 0;
	for (const part of placed) {
		const count = vertices(part.primitive);
		const indices = triangles(part, name);
		copyPositions(part, mesh, vertexAt, name);
		mesh.materialOf.fill(part.material, vertexAt, vertexAt + count);
		if (whole) mesh.indices = indices;
		else
			for (let i = 0; i < indices.length; i += 1) {
				mesh.indices[indexAt + i] = (indices[i] ?? 0) + vertexAt;
			}
		copyNormals(part, indices, mesh, vertexAt);
		copyUvs(uvColumn(part, uvOf), uvOf(part.material), mesh, vertexAt);
		copyColours(part.primitive.attributes.get('COLOR_0'), mesh, vertexAt);
		vertexAt += count;
		indexAt += indices.length;
	}
	return mesh;
}

/** An attribute that is the mesh's as it stands: the only primitive's, as floats, where nothing moves it. */
function ownFloats(
	whole: PlacedPrimitive | undefined,
	semantic: 'POSITION' | 'NORMAL',
): Float32Array | undefined {
	if (whole?.world.some((value, i) => value !== IDENTITY[i]) !== false) return undefined;
	const column = whole.primitive.attributes.get(semantic);
	return column?.array instanceof Float32Array && column.width === 3 ? column.array : undefined;
}

function vertices(primitive: DecodedPrimitive): number {
	return primitive.attributes.get('POSITION')?.count ?? 0;
}

function corners(primitive: DecodedPrimitive): number {
	const count = primitive.indices?.count ?? vertices(primitive);
	return primitive.mode === TRIANGLES ? count - (count % 3) : Math.max(count - 2, 0) * 3;
}

/** The corners of a primitive as separate triangles, mirrored ones turned round. */
function triangles({ primitive, world }: PlacedPrimitive, name: string): Uint32Array {
	const given = primitive.indices?.array;
	const count = vertices(primitive);
	const out = listed(primitive, given, count);
	let highest = -1;
	for (let i = 0; i < out.length; i += 1) highest = Math.max(highest, out[i] ?? 0);
	if (highest >= count) indexOutOfRange(name);
	if (determinant(world) >= 0) return out;
	// Another node may show the same indices unmirrored.
	const turned = out.slice();
	turnRound(turned);
	return turned;
}

/** The corners in the order of the file; its own array where that says it already. */
function listed(
	primitive: DecodedPrimitive,
	given: Column['array'] | undefined,
	count: number,
): Uint32Array {
	const length = corners(primitive);
	const isList = primitive.mode === TRIANGLES;
	if (isList && given instanceof Uint32Array && given.length === length) return given;
	const out = new Uint32Array(length);
	if (!isList) fillStrip(out, primitive.mode, given, count);
	else if (given === undefined) for (let i = 0; i < length; i += 1) out[i] = i;
	else for (let i = 0; i < length; i += 1) out[i] = given[i] ?? count;
	return out;
}

function fillStrip(
	out: Uint32Array,
	mode: number,
	given: Column['array'] | undefined,
	count: number,
): void {
	for (let t = 0; t < out.length / 3; t += 1) {
		for (const [k, corner] of cornersOf(t, mode).entries()) {
			out[t * 3 + k] = given === undefined ? corner : (given[corner] ?? count);
		}
	}
}

function turnRound(indices: Uint32Array): void {
	for (let t = 0; t < indices.length; t += 3) {
		const second = indices[t + 1] ?? 0;
		indices[t + 1] = indices[t + 2] ?? 0;
		indices[t + 2] = second;
	}
}

/** Which corners of a strip or fan make triangle `t`; every second one of a strip is turned. */
function cornersOf(t: number, mode: number): readonly [number, number, number] {
	if (mode === FAN) return [0, t + 1, t + 2];
	return t % 2 === 0 ? [t, t + 1, t + 2] : [t, t + 2, t + 1];
}

function copyPositions(part: PlacedPrimitive, mesh: Mesh, vertexAt: number, name: string): void {
	const source = floats(part.primitive.attributes.get('POSITION'), 3, name);
	const m = part.world;
	if (source === mesh.positions) {
		guardFinite(source, name);
		return;
	}
	for (let i = 0; i < source.length; i += 3) {
		const x = source[i] ?? 0;
		const y = source[i + 1] ?? 0;
		const z = source[i + 2] ?? 0;
		for (let k = 0; k < 3; k += 1) {
			const sum = (m[k] ?? 0) * x + (m[4 + k] ?? 0) * y + (m[8 + k] ?? 0) * z + (m[12 + k] ?? 0);
			const value = Math.fround(sum);
			if (!Number.isFinite(value)) positionNotFinite(name);
			mesh.positions[vertexAt * 3 + i + k] = value;
		}
	}
}

function guardFinite(positions: Float32Array, name: string): void {
	for (let i = 0; i < positions.length; i += 1) {
		if (!Number.isFinite(positions[i])) positionNotFinite(name);
	}
}

function copyNormals(
	part: PlacedPrimitive,
	indices: Uint32Array,
	mesh: Mesh,
	vertexAt: number,
): void {
	if (mesh.normals === undefined) return;
	const column = part.primitive.attributes.get('NORMAL');
	if (column === undefined) {
		const end = vertexAt + vertices(part.primitive);
		const own = mesh.positions.slice(vertexAt * 3, end * 3);
		mesh.normals.set(smoothNormals(own, indices), vertexAt * 3);
		return;
	}
	const source = floats(column, 3, '');
	if (source === mesh.normals) return;
	const n = normalMatrix(part.world);
	for (let i = 0; i < source.length; i += 3) {
		const x = source[i] ?? 0;
		const y = source[i + 1] ?? 0;
		const z = source[i + 2] ?? 0;
		for (let k = 0; k < 3; k += 1) {
			mesh.normals[vertexAt * 3 + i + k] =
				(n[k] ?? 0) * x + (n[3 + k] ?? 0) * y + (n[6 + k] ?? 0) * z;
		}
	}
}

function uvColumn(
	{ primitive, material }: PlacedPrimitive,
	uvOf: (material: number) => UvUse | undefined,
): Column | undefined {
	const use = uvOf(material);
	return use === undefined ? undefined : primitive.attributes.get(`TEXCOORD_${use.set}`);
}

function copyUvs(
	column: Column | undefined,
	use: UvUse | undefined,
	mesh: Mesh,
	vertexAt: number,
): void {
	if (mesh.uvs === undefined || column === undefined) return;
	const [a, b, c, d, e, f] = use?.matrix ?? [1, 0, 0, 0, 1, 0];
	const source = floats(column, 2, '');
	for (let i = 0; i < source.length; i += 2) {
		const [u = 0, v = 0] = [source[i], source[i + 1]];
		const [x, y] = [a * u + b * v + c, d * u + e * v + f];
		mesh.uvs[vertexAt * 2 + i] = Number.isFinite(x) ? x : 0;
		mesh.uvs[vertexAt * 2 + i + 1] = Number.isFinite(y) ? y : 0;
	}
}

function copyColours(column: Column | undefined, mesh: Mesh, vertexAt: number): void {
	const { colours } = mesh;
	if (colours === undefined || column === undefined) return;
	const { array, width, isNormalized } = column;
	const isBytes = array instanceof Uint8Array && isNormalized;
	const source = isBytes ? array : floats(column, width, '');
	const carried = Math.min(width, 4);
	for (let from = 0, to = vertexAt * 4; from < source.length; from += width, to += 4) {
		for (let k = 0; k < carried; k += 1) {
			const value = source[from + k] ?? 0;
			colours[to + k] = isBytes ? value * BYTE_STEP : toUnorm16(value);
		}
	}
}

/** The scale of normalised integers by the name of their array. */
const SCALES: Readonly<Record<string, number>> = {
	Int8Array: 127,
	Uint8Array: 255,
	Int16Array: 32767,
	Uint16Array: 65535,
};

/** A column's numbers as floats; normalised integers become shares of 1. */
function floats(column: Column | undefined, width: number, name: string): Float32Array {
	if (column === undefined || column.count === 0) return new Float32Array(0);
	const { array, isNormalized } = column;
	if (column.width !== width) {
		return refuse(
			'structure-invalid',
			`${name} has a mesh without usable positions — export it again`,
		);
	}
	if (array instanceof Float32Array) return array;
	const scale = isNormalized ? (SCALES[array.constructor.name] ?? 1) : 1;
	const least = scale === 1 ? Number.NEGATIVE_INFINITY : -1;
	const out = new Float32Array(array.length);
	for (let i = 0; i < out.length; i += 1) out[i] = Math.max((array[i] ?? 0) / scale, least);
	return out;
}
