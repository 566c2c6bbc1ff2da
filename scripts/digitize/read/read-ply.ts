import type { Finding } from '#schema/asset/digitize-report';
import { findCompanion } from '../intake/find-companion.ts';
import type { SourceBytes, SourceFile } from '../intake/source-file.ts';
import { guardBytes, indexOutOfRange } from '../limits.ts';
import { type Material, type Mesh, plainMaterial, type Scan } from '../mesh/mesh.ts';
import { refuse } from '../refusal-error.ts';
import { readTexture } from '../texture/texture-source.ts';
import { ByteWindow } from './byte-window.ts';
import { LineBlocks } from './line-blocks.ts';
import { AsciiCursor, BinaryCursor, type PlyCursor } from './ply-cursor.ts';
import { noPlyFaces, type PlyFaces, readPlyFaces, readPlyStrips } from './ply-faces.ts';
import { skipPlyList } from './ply-filler.ts';
import { PLY_BYTES, type PlyElement, type PlyHeader, readPlyHeader } from './ply-header.ts';
import { meshOfPly, type PlyVertices, readPlyVertices } from './ply-vertices.ts';
import { splitAtSeams } from './split-at-seams.ts';
import { TextScanner } from './text-scanner.ts';

const MAX_HEADER_BYTES = 1_000_000;

/**
 * Reads a PLY: ASCII or binary of either byte order, every scalar type, polygons, triangle strips,
 * vertex normals, colours (bytes are sRGB), texture coordinates of vertices or of faces and the
 * textures that comments name. Unknown elements and properties are skipped. The file is read piece by
 * piece, the numbers go straight into typed arrays: memory is that of the mesh.
 */
export async function readPly(file: SourceFile): Promise<Scan> {
	const header = readPlyHeader(headerBytes(file), file.name);
	guardBytes(leastBytes(header), file.sizeBytes - header.dataAt, file.name);
	const { vertices, faces } = readElements(file, header);
	if (vertices === undefined || faces.indices.length === 0) return noTriangles(file.name);
	checkIndices(faces.indices.view(), vertices.count, file.name);
	const { origin } = vertices;
	const names = header.comments.flatMap((c) => /^TextureFile\s+(.+)$/i.exec(c)?.[1]?.trim() ?? []);
	const hasWedges = faces.uvs.length > 0;
	const mesh = hasWedges
		? splitAtSeams(meshOfPly(vertices), faces, names.length)
		: { ...meshOfPly(vertices), indices: faces.indices.take() };
	const surfaces = await readSurfaces(file, mesh, hasWedges ? names : names.slice(0, 1));
	const unitHint = header.comments.join('\n');
	return { format: 'ply', mesh, ...surfaces, origin, unitHint };
}

function headerBytes(file: SourceFile): Buffer {
	if (file.head.includes('end_header')) return file.head;
	using bytes = file.openBytes();
	const start = Buffer.alloc(Math.min(file.sizeBytes, MAX_HEADER_BYTES));
	return start.subarray(0, bytes.read(start));
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

function readElements(
	file: SourceFile,
	header: PlyHeader,
): { vertices: PlyVertices | undefined; faces: PlyFaces } {
	using bytes = file.openBytes();
	const cursor = cursorOf(file, header, bytes);
	let vertices: PlyVertices | undefined;
	const faces = noPlyFaces(likelyCorners(file, header));
	for (const element of header.elements) {
		const positions = vertices?.positions ?? new Float32Array(0);
		if (element.name === 'vertex') vertices = readPlyVertices(cursor, element, file.name);
		else if (element.name === 'face') readPlyFaces(cursor, element, positions, faces, file.name);
		else if (element.name === 'tristrips') readPlyStrips(cursor, element, faces, file.name);
		else skipElement(cursor, element);
	}
	return { vertices, faces };
}

function cursorOf(file: SourceFile, header: PlyHeader, bytes: SourceBytes): PlyCursor {
	const { name, sizeBytes } = file;
	if (header.encoding === 'ascii') {
		const blocks = new LineBlocks(bytes, sizeBytes, name, header.dataAt);
		return new AsciiCursor(new TextScanner(blocks), name);
	}
	const window = new ByteWindow(bytes, sizeBytes, header.dataAt);
	return new BinaryCursor(window, header.encoding === 'little', name);
}

/** Room for a triangle a face, as far as the file can hold the corners. */
function likelyCorners(file: SourceFile, header: PlyHeader): number {
	const faces = header.elements.find(({ name }) => name === 'face')?.count ?? 0;
	return Math.min(faces * 3, file.sizeBytes);
}

function skipElement(cursor: PlyCursor, element: PlyElement): void {
	for (let i = 0; i < element.count; i += 1) {
		for (const property of element.properties) {
			if (property.countType === undefined) cursor.next(property.type);
			else skipPlyList(cursor, property);
		}
	}
}

function checkIndices(indices: Uint32Array, vertices: number, name: string): void {
	let last = 0;
	for (let i = 0; i < indices.length; i += 1) last = Math.max(last, indices[i] ?? 0);
	if (last >= vertices) indexOutOfRange(name);
}

/** One material a texture, and a plain one behind them for faces without. */
async function readSurfaces(
	file: SourceFile,
	mesh: Mesh,
	names: string[],
): Promise<Pick<Scan, 'materials' | 'textures' | 'findings'>> {
	const materials: Material[] = [];
	const textures: Scan['textures'] = [];
	const findings: Finding[] = [];
	for (const name of mesh.uvs === undefined ? [] : names) {
		const material = plainMaterial(name.slice(0, 200));
		materials.push(material);
		const values = { file: name.slice(0, 200) };
		const found = await findCompanion(file, name);
		if (found === undefined) {
			findings.push({ code: 'texture-missing', level: 'warning', values });
			continue;
		}
		if (found.isByName) findings.push({ code: 'found-by-name', level: 'info', values });
		const texture = textures.push(await readTexture(found.bytes, name, file.name)) - 1;
		material.maps.baseColor = { texture, strength: 1 };
	}
	materials.push(plainMaterial('surface'));
	return { materials, textures, findings };
}

function noTriangles(name: string): never {
	return refuse(
		'mesh-empty',
		`${name} has no triangles — if it is a point cloud, hand it in as points`,
	);
}
