import { COLOUR_MAX, toLinear, toUnorm16 } from '../colour.ts';
import { findCompanion } from '../intake/find-companion.ts';
import type { SourceFile } from '../intake/source-file.ts';
import { guardTriangles, indexOutOfRange, positionNotFinite, truncated } from '../limits.ts';
import { type Material, type Mesh, plainMaterial, type Scan } from '../mesh/mesh.ts';
import { normalize } from '../mesh/normals.ts';
import { refuse } from '../refusal-error.ts';
import { CornerTable } from './corner-table.ts';
import { FloatList, IndexList } from './index-list.ts';
import { chooseOrigin } from './origin.ts';
import { type MtlLibrary, readMtl } from './read-mtl.ts';
import { TextScanner } from './text-scanner.ts';

const SLASH = 0x2f;

/** No polygon of a scan has more corners; the rest of a longer one would be an attack on memory. */
const MAX_CORNERS = 1_000_000;

/** What the lines of an OBJ have said so far. */
interface ObjState {
	name: string;
	positions: FloatList;
	/** sRGB, three a position; only as long as colours have been given. */
	colours: FloatList;
	uvs: FloatList;
	normals: FloatList;
	corners: CornerTable;
	indices: IndexList;
	materialNames: string[];
	material: number;
	libraries: string[];
	comments: string[];
	origin: [number, number, number];
	/** Corners of the polygon being read. */
	polygon: number[];
}

/**
 * Reads a Wavefront OBJ: polygons of any size (as fans), negative indices, normals, texture
 * coordinates, vertex colours (sRGB behind the position), MTL materials and their textures, names
 * with blanks. Scans bytes, so the file may be larger than the longest string.
 */
export async function readObj(file: SourceFile): Promise<Scan> {
	const state: ObjState = {
		name: file.name,
		positions: new FloatList(),
		colours: new FloatList(),
		uvs: new FloatList(),
		normals: new FloatList(),
		corners: new CornerTable(),
		indices: new IndexList(),
		materialNames: [''],
		material: 0,
		libraries: [],
		comments: [],
		origin: [0, 0, 0],
		polygon: [],
	};
	const scanner = new TextScanner(file.read());
	while (!scanner.isDone) {
		readLine(scanner, state);
		scanner.nextLine();
	}
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

function readLine(scanner: TextScanner, state: ObjState): void {
	switch (scanner.word()) {
		case 'v':
			readVertex(scanner, state);
			break;
		case 'vt':
			state.uvs.push(finiteOr(scanner.number(), 0));
			state.uvs.push(1 - finiteOr(scanner.number(), 0));
			break;
		case 'vn':
			for (let k = 0; k < 3; k += 1) state.normals.push(finiteOr(scanner.number(), 0));
			break;
		case 'f':
			readFace(scanner, state);
			break;
		case 'usemtl':
			selectMaterial(scanner.restOfLine(), state);
			break;
		case 'mtllib':
			state.libraries.push(scanner.restOfLine());
			break;
		case '#':
			if (state.comments.length < 64) state.comments.push(scanner.restOfLine().slice(0, 200));
			break;
		default:
	}
}

function readVertex(scanner: TextScanner, state: ObjState): void {
	const { positions, colours, name } = state;
	const [x, y, z] = [scanner.number(), scanner.number(), scanner.number()];
	if (Number.isNaN(z) && scanner.isDone) truncated(name);
	if (positions.length === 0) state.origin = chooseOrigin(x, y, z);
	for (const [k, value] of [x, y, z].entries()) {
		const moved = Math.fround(value - (state.origin[k] ?? 0));
		if (!Number.isFinite(moved)) positionNotFinite(name);
		positions.push(moved);
	}
	if (scanner.atLineEnd()) return;
	const r = scanner.number();
	if (scanner.atLineEnd()) return; // A single fourth number is the weight of a rational curve.
	const [g, b] = [scanner.number(), scanner.number()];
	while (colours.length < positions.length - 3) colours.push(1);
	for (const value of [r, g, b]) colours.push(finiteOr(value, 1));
}

function readFace(scanner: TextScanner, state: ObjState): void {
	const { polygon, corners, indices, positions } = state;
	polygon.length = 0;
	while (!scanner.atLineEnd() && polygon.length < MAX_CORNERS) {
		const position = resolve(scanner.number(), positions.length / 3, state);
		let uv = -1;
		let normal = -1;
		if (scanner.peek() === SLASH) {
			scanner.at += 1;
			if (scanner.peek() !== SLASH) uv = resolve(scanner.number(), state.uvs.length / 2, state);
			if (scanner.peek() === SLASH) {
				scanner.at += 1;
				normal = resolve(scanner.number(), state.normals.length / 3, state);
			}
		}
		polygon.push(corners.vertex(position, uv, normal, state.material));
	}
	for (let k = 2; k < polygon.length; k += 1) {
		indices.triangle(polygon[0] ?? 0, polygon[k - 1] ?? 0, polygon[k] ?? 0);
	}
	if ((indices.length & 0xffff) < 3) guardTriangles(indices.length / 3, state.name);
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
	if (state.materialNames.length > 4096) {
		refuse('structure-invalid', `${state.name} has over 4,096 materials — merge them first`);
	}
}

async function readLibraries(file: SourceFile, state: ObjState): Promise<MtlLibrary> {
	const library: MtlLibrary = { materials: new Map(), textures: [], findings: [] };
	for (const named of state.libraries) {
		const whole = await findCompanion(file, named);
		// Several libraries may stand on one line, and one name may hold blanks.
		const parts = whole === undefined ? named.split(/[ \t]+/) : [named];
		for (const part of parts) {
			const values = { file: part.slice(0, 200) };
			const found = part === named ? whole : await findCompanion(file, part);
			if (found === undefined) {
				library.findings.push({ code: 'material-file-missing', level: 'warning', values });
				continue;
			}
			if (found.isByName) library.findings.push({ code: 'found-by-name', level: 'info', values });
			await readMtl(file, found.bytes, library);
		}
	}
	return library;
}

function toMesh(state: ObjState): Mesh {
	const rows = state.corners.rows();
	const count = state.corners.count;
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
		indices: state.indices.view().slice(),
	};
	for (let i = 0; i < count; i += 1) {
		copy(positions, rows[i * 4] ?? 0, mesh.positions, i, 3);
		copy(uvs, rows[i * 4 + 1] ?? -1, mesh.uvs, i, 2);
		copy(normals, rows[i * 4 + 2] ?? -1, mesh.normals, i, 3);
		mesh.materialOf[i] = rows[i * 4 + 3] ?? 0;
	}
	// Corners without a normal: smooth normals for the whole mesh are better than a mixture.
	if (mesh.normals !== undefined && !normalize(mesh.normals)) mesh.normals = undefined;
	if (mesh.colours !== undefined) fillColours(state.colours.view(), rows, mesh.colours);
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

function fillColours(from: Float32Array, rows: Int32Array, to: Uint16Array): void {
	let top = 0;
	for (const value of from) if (value > top) top = value;
	const scale = top > 1 ? 1 / 255 : 1;
	for (let i = 0; i < to.length / 4; i += 1) {
		const row = (rows[i * 4] ?? 0) * 3;
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

function finiteOr(value: number, otherwise: number): number {
	return Number.isFinite(value) ? value : otherwise;
}
