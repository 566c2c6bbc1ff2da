import { parse } from 'node:path';
import { COLOUR_MAX, toLinear, toUnorm16 } from '../colour.ts';
import { type Companion, findCompanion } from '../intake/find-companion.ts';
import type { SourceFile } from '../intake/source-file.ts';
import { guardTriangles } from '../limits.ts';
import { type Material, type Mesh, plainMaterial, type Scan } from '../mesh/mesh.ts';
import { normalize } from '../mesh/normals.ts';
import { refuse } from '../refusal-error.ts';
import type { CornerTable } from './corner-table.ts';
import { LineBlocks } from './line-blocks.ts';
import { readCornerFaces } from './obj-corner-faces.ts';
import { readObjLine } from './obj-lines.ts';
import { readPlainFaces, readPlainQuads } from './obj-plain-faces.ts';
import { readPlainVertices } from './obj-plain-vertices.ts';
import { newObjState, type ObjState } from './obj-state.ts';
import { type MtlLibrary, readMtl } from './read-mtl.ts';
import { TextScanner } from './text-scanner.ts';

/** Windows programs begin a text so; it would hide the first statement, often a vertex. */
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Reads a Wavefront OBJ: polygons of any size, also concave ones, negative indices, normals, texture
 * coordinates, vertex colours (sRGB behind the position), MTL materials and their textures, names
 * with blanks, continued lines. Scans bytes in blocks, so the file may be of any size, and memory is
 * that of the mesh.
 */
export async function readObj(file: SourceFile): Promise<Scan> {
	const state = newObjState(file.name, file.sizeBytes);
	scanLines(file, state);
	guardTriangles(state.indices.length / 3, file.name);
	if (state.indices.length === 0) {
		refuse('mesh-empty', `${file.name} has no faces — export the surface, not points or curves`);
	}
	const library = await readLibraries(file, state);
	const mesh = toMesh(state);
	const materials = state.materialNames.map((name) => materialNamed(name, library, mesh));
	return {
		format: 'obj',
		mesh,
		materials,
		textures: library.textures,
		origin: state.origin,
		unitHint: state.comments.join('\n'),
		findings: library.findings,
	};
}

function scanLines(file: SourceFile, state: ObjState): void {
	using bytes = file.openBytes();
	const markBytes = file.head.indexOf(BYTE_ORDER_MARK) === 0 ? BYTE_ORDER_MARK.length : 0;
	const blocks = new LineBlocks(bytes, file.sizeBytes, file.name, markBytes);
	const scanner = new TextScanner(blocks);
	while (!scanner.isDone) {
		if (readPlainLines(scanner, state)) continue;
		readObjLine(scanner, state);
		scanner.nextLine();
	}
}

/** Lines as nearly all of a scan are, many at once; false when the one under the cursor is none. */
function readPlainLines(scanner: TextScanner, state: ObjState): boolean {
	return (
		readPlainVertices(scanner, state) ||
		readPlainFaces(scanner, state) ||
		readPlainQuads(scanner, state) ||
		readCornerFaces(scanner, state, 3) ||
		readCornerFaces(scanner, state, 4)
	);
}

/**
 * The materials of the libraries that it names. Where one is missing, or materials are used and none is
 * named, a library that is called like the OBJ is taken: curators rename the pair together.
 */
async function readLibraries(file: SourceFile, state: ObjState): Promise<MtlLibrary> {
	const library: MtlLibrary = { materials: new Map(), textures: [], findings: [] };
	const isUnnamed = state.libraries.length === 0 && state.materialNames.length > 1;
	if (isUnnamed) await takeTwin(file, library);
	for (const named of state.libraries) {
		const whole = await findCompanion(file, named);
		// Several libraries may stand on one line, and one name may hold blanks.
		const parts = whole === undefined ? named.split(/[ \t]+/) : [named];
		for (const part of parts) {
			const found = part === named ? whole : await findCompanion(file, part);
			await takeNamed(file, part, found, library);
		}
	}
	return library;
}

async function takeNamed(
	file: SourceFile,
	name: string,
	found: Companion | undefined,
	library: MtlLibrary,
): Promise<void> {
	if (found !== undefined) await takeLibrary(file, name, found, library);
	else if (!(await takeTwin(file, library))) {
		const values = { file: name.slice(0, 200) };
		library.findings.push({ code: 'material-file-missing', level: 'warning', values });
	}
}

/** False when there is no library of the same name as the OBJ. */
async function takeTwin(file: SourceFile, library: MtlLibrary): Promise<boolean> {
	const twin = `${parse(file.name).name}.mtl`;
	const found = await findCompanion(file, twin);
	if (found === undefined) return false;
	await takeLibrary(file, twin, { ...found, isByName: true }, library);
	return true;
}

async function takeLibrary(
	file: SourceFile,
	name: string,
	{ bytes, isByName }: Companion,
	library: MtlLibrary,
): Promise<void> {
	const values = { file: name.slice(0, 200) };
	if (isByName) library.findings.push({ code: 'found-by-name', level: 'info', values });
	await readMtl(file, bytes, library);
}

function toMesh(state: ObjState): Mesh {
	return state.corners === undefined ? plainMesh(state) : cornerMesh(state, state.corners);
}

/** Vertices are positions. */
function plainMesh(state: ObjState): Mesh {
	const positions = state.positions.take();
	const count = positions.length / 3;
	const colours = state.colours.length > 0 ? new Uint16Array(count * 4) : undefined;
	if (colours !== undefined) fillColours(state.colours.view(), (vertex) => vertex, colours);
	return {
		positions,
		normals: undefined,
		uvs: undefined,
		colours,
		materialOf: new Uint16Array(count).fill(state.plainMaterial),
		indices: state.indices.take(),
	};
}

function cornerMesh(state: ObjState, corners: CornerTable): Mesh {
	const rows = corners.rows();
	const count = corners.count;
	const [positions, uvs, normals] = [
		state.positions.view(),
		state.uvs.view(),
		state.normals.view(),
	];
	const mesh: Mesh = {
		positions: new Float32Array(count * 3),
		normals: normals.length > 0 ? new Float32Array(count * 3) : undefined,
		uvs: uvs.length > 0 ? new Float32Array(count * 2) : undefined,
		colours: state.colours.length > 0 ? new Uint16Array(count * 4) : undefined,
		materialOf: new Uint16Array(count),
		indices: state.indices.take(),
	};
	for (let i = 0; i < count; i += 1) {
		copy(positions, rows[i * 5] ?? 0, mesh.positions, i, 3);
		copy(uvs, rows[i * 5 + 1] ?? -1, mesh.uvs, i, 2);
		copy(normals, rows[i * 5 + 2] ?? -1, mesh.normals, i, 3);
		mesh.materialOf[i] = rows[i * 5 + 3] ?? 0;
	}
	// Corners without a normal: smooth normals for the whole mesh are better than a mixture.
	if (mesh.normals !== undefined && !normalize(mesh.normals)) mesh.normals = undefined;
	if (mesh.colours !== undefined) {
		fillColours(state.colours.view(), (vertex) => rows[vertex * 5] ?? 0, mesh.colours);
	}
	return mesh;
}

function copy(
	from: Float32Array,
	fromRow: number,
	to: Float32Array | undefined,
	toRow: number,
	width: number,
): void {
	if (to === undefined || fromRow < 0) return;
	for (let k = 0; k < width; k += 1) to[toRow * width + k] = from[fromRow * width + k] ?? 0;
}

function fillColours(
	from: Float32Array,
	positionOf: (vertex: number) => number,
	to: Uint16Array,
): void {
	let top = 0;
	for (const value of from) if (value > top) top = value;
	const scale = top > 1 ? 1 / 255 : 1;
	for (let i = 0; i < to.length / 4; i += 1) {
		const row = positionOf(i) * 3;
		for (let k = 0; k < 3; k += 1) {
			const value = Math.min(Math.max((from[row + k] ?? top) * scale, 0), 1);
			to[i * 4 + k] = toUnorm16(toLinear(value));
		}
		to[i * 4 + 3] = COLOUR_MAX;
	}
}

function materialNamed(name: string, library: MtlLibrary, mesh: Mesh): Material {
	const material = library.materials.get(name) ?? plainMaterial(name || 'surface');
	const isPainted = mesh.colours !== undefined && material.maps.baseColor === undefined;
	if (!isPainted) return material;
	return { ...material, baseColor: [1, 1, 1, material.baseColor[3]] };
}
