import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { MeshoptEncoder } from 'meshoptimizer/encoder';
import { type GlbContent, writeGlb } from '../glb/glb.ts';
import type { QuantizedPrimitive, Stream } from '../glb/quantize.ts';
import type { Material } from '../mesh/mesh.ts';
import type { Compactor, LocalTriangles } from './compactor.ts';
import type { SharedMesh } from './shared-mesh.ts';
import { cellStream, colourStream, indexStream, normalStream, uvStream } from './tile-streams.ts';

/** A box in cells of the lattice. */
export interface CellBox {
	min: number[];
	max: number[];
}

/** What dresses a tile: its maps and where on them its vertices lie. */
export interface TileMaps {
	images: GlbContent['images'];
	/** Of each material, its maps as numbers of `images`. */
	maps: GlbContent['maps'];
	/** Moves texture coordinates of a material's vertices from the scan's map to the tile's. */
	move: (material: number, part: LocalTriangles, uvs: Float32Array) => void;
}

export interface PackedTile {
	glb: Uint8Array;
	/** The same without compression, where it was asked for. */
	open: Uint8Array | undefined;
	triangles: number;
	box: CellBox;
}

/**
 * Writes the triangles of a tile as GLB, one primitive a material, ordered for size. `isOpen` also
 * gives the uncompressed form for validators: what a decoder makes of the packed one.
 */
export function packTile(
	mesh: SharedMesh,
	compactor: Compactor,
	indices: Uint32Array,
	materials: Material[],
	dress: TileMaps | undefined,
	isOpen: boolean,
): PackedTile {
	const box = { min: [Infinity, Infinity, Infinity], max: [0, 0, 0] };
	const primitives: QuantizedPrimitive[] = [];
	const used: number[] = [];
	for (const [material, list] of byMaterial(mesh, indices, materials.length)) {
		const part = ordered(compactor.compact([list]));
		const streams = streamsOf(mesh, part, material, materials[material], dress);
		if (isOpen) for (const stream of streams) unpack(stream);
		for (const k of [0, 1, 2]) {
			box.min[k] = Math.min(box.min[k] ?? 0, streams[0]?.min?.[k] ?? 0);
			box.max[k] = Math.max(box.max[k] ?? 0, streams[0]?.max?.[k] ?? 0);
		}
		primitives.push({
			material: used.push(material) - 1,
			triangles: list.length / 3,
			vertices: part.vertices.length,
			streams,
			colourScale: mesh.colourScale,
		});
	}
	const content: GlbContent = {
		lattice: mesh.lattice,
		primitives,
		materials: used.flatMap((number) => withMaps(materials[number], dress?.maps[number])),
		maps: used.map((number) => dress?.maps[number] ?? {}),
		images: dress?.images ?? [],
	};
	return {
		glb: writeGlb(content, true),
		open: isOpen ? writeGlb(content, false) : undefined,
		triangles: indices.length / 3,
		box,
	};
}

/** A triangle whose corners have different materials follows its first corner. */
function byMaterial(
	{ materialOf }: SharedMesh,
	indices: Uint32Array,
	materials: number,
): [material: number, list: Uint32Array][] {
	if (materialOf === undefined) return [[0, indices]];
	const lengths = new Uint32Array(materials);
	const materialAt = (t: number) => materialOf[indices[t] ?? 0] ?? 0;
	for (let t = 0; t < indices.length; t += 3) {
		const material = materialAt(t);
		lengths[material] = (lengths[material] ?? 0) + 3;
	}
	const lists = Array.from(lengths, (length) => new Uint32Array(length));
	lengths.fill(0);
	for (let t = 0; t < indices.length; t += 3) {
		const material = materialAt(t);
		const at = lengths[material] ?? 0;
		lists[material]?.set(indices.subarray(t, t + 3), at);
		lengths[material] = at + 3;
	}
	return [...lists.entries()].filter(([, list]) => list.length > 0);
}

function ordered({ indices, vertices }: LocalTriangles): LocalTriangles {
	const [remap, unique] = MeshoptEncoder.reorderMesh(indices, true, true);
	const moved = new Uint32Array(unique);
	for (let i = 0; i < vertices.length; i += 1) moved[remap[i] ?? 0] = vertices[i] ?? 0;
	return { indices, vertices: moved };
}

function streamsOf(
	mesh: SharedMesh,
	part: LocalTriangles,
	material: number,
	look: Material | undefined,
	dress: TileMaps | undefined,
): Stream[] {
	const { vertices, indices } = part;
	const streams = [cellStream(mesh.positions, vertices)];
	if (mesh.normals !== undefined) streams.push(normalStream(mesh.normals, vertices));
	const hasMaps = Object.keys(look?.maps ?? {}).length > 0;
	if (mesh.uvs !== undefined && hasMaps && dress !== undefined) {
		const uvs = new Float32Array(vertices.length * 2);
		for (let i = 0; i < vertices.length; i += 1) {
			uvs[i * 2] = mesh.uvs[(vertices[i] ?? 0) * 2] ?? 0;
			uvs[i * 2 + 1] = mesh.uvs[(vertices[i] ?? 0) * 2 + 1] ?? 0;
		}
		dress.move(material, part, uvs);
		streams.push(uvStream(uvs));
	}
	if (mesh.colours !== undefined) streams.push(colourStream(mesh.colours, vertices));
	streams.push(indexStream(indices, vertices.length));
	return streams;
}

/** The writer needs the strength of maps; without their images the roles must go. */
function withMaps(
	material: Material | undefined,
	images: GlbContent['maps'][number] | undefined,
): Material[] {
	if (material === undefined) return [];
	return [images === undefined ? { ...material, maps: {} } : material];
}

/** Puts what a decoder makes of a stream in the place of what went in. */
function unpack(stream: Stream): void {
	const { packed, count, stride, mode, filter } = stream;
	const plain = new Uint8Array(count * stride);
	MeshoptDecoder.decodeGltfBuffer(plain, count, stride, packed, mode, filter);
	stream.plain = plain;
}
