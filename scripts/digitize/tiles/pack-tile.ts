import { readFileSync } from 'node:fs';
import { MeshoptEncoder } from 'meshoptimizer/encoder';
import { type GlbContent, writeGlb } from '../glb/glb.ts';
import { packIndices, packUvs } from '../glb/pack-stream.ts';
import type { QuantizedPrimitive } from '../glb/quantize.ts';
import type { Stream } from '../glb/stream.ts';
import type { Material } from '../mesh/mesh.ts';
import type { Compactor, LocalTriangles } from './compactor.ts';
import { materialParts } from './material-parts.ts';
import type { SharedMesh } from './shared-mesh.ts';
import { layOutTile, type MapSizes } from './tile-layout.ts';
import type { TileMap } from './tile-maps.ts';
import { cellStream, colourStream, normalStream } from './tile-streams.ts';
import type { CellBox } from './tile-tree.ts';

export interface PackOptions {
	materials: Material[];
	sizes: MapSizes;
	/** The tile's maps as painted, and how sharp they are at most. */
	maps: TileMap[];
	scale: number;
	/** Also gives the uncompressed form, for validators: what a decoder makes of the packed one. */
	isOpen: boolean;
}

export interface PackedTile {
	glb: Uint8Array;
	open: Uint8Array | undefined;
	triangles: number;
	box: CellBox;
}

/** Writes the triangles of a tile as GLB, one primitive a material, ordered for size. */
export function packTile(
	mesh: SharedMesh,
	compactor: Compactor,
	indices: Uint32Array,
	{ materials, sizes, maps, scale, isOpen }: PackOptions,
): PackedTile {
	const layouts =
		maps.length > 0 ? layOutTile(mesh, compactor, indices, sizes, scale).materials : null;
	const box = { min: [Infinity, Infinity, Infinity], max: [0, 0, 0] };
	const primitives: QuantizedPrimitive[] = [];
	const used: number[] = [];
	for (const { material, part } of materialParts(mesh, compactor, indices, materials.length)) {
		const uvs = layouts?.get(material)?.uvs;
		const streams = streamsOf(mesh, part, uvs);
		for (const k of [0, 1, 2]) {
			box.min[k] = Math.min(box.min[k] ?? 0, streams[0]?.min?.[k] ?? 0);
			box.max[k] = Math.max(box.max[k] ?? 0, streams[0]?.max?.[k] ?? 0);
		}
		primitives.push({
			material: used.push(material) - 1,
			triangles: part.indices.length / 3,
			vertices: part.vertices.length,
			streams,
			colourScale: mesh.colourScale,
		});
	}
	const content: GlbContent = {
		lattice: mesh.lattice,
		primitives,
		materials: used.flatMap((number) => materialOf(materials[number], number, maps)),
		...imagesOf(used, maps),
	};
	return {
		glb: writeGlb(content, true),
		open: isOpen ? writeGlb(content, false) : undefined,
		triangles: indices.length / 3,
		box,
	};
}

/** In the order that stores smallest; changes `part.indices`. */
function streamsOf(
	mesh: SharedMesh,
	part: LocalTriangles,
	uvs: Float32Array | undefined,
): Stream[] {
	const [remap, unique] = MeshoptEncoder.reorderMesh(part.indices, true, true);
	const vertices = new Uint32Array(unique);
	const moved = new Float32Array(unique * 2);
	for (let i = 0; i < part.vertices.length; i += 1) {
		const to = remap[i] ?? 0;
		vertices[to] = part.vertices[i] ?? 0;
		moved[to * 2] = uvs?.[i * 2] ?? 0;
		moved[to * 2 + 1] = uvs?.[i * 2 + 1] ?? 0;
	}
	return [
		cellStream(mesh.positions, vertices),
		...(mesh.normals === undefined ? [] : [normalStream(mesh.normals, vertices)]),
		...(uvs === undefined ? [] : [packUvs(moved)]),
		...(mesh.colours === undefined ? [] : [colourStream(mesh.colours, vertices)]),
		packIndices(part.indices, vertices.length),
	];
}

/** A material without the maps that its tile does not carry. */
function materialOf(
	material: Material | undefined,
	number: number,
	maps: readonly TileMap[],
): Material[] {
	if (material === undefined) return [];
	const isCarried = maps.some(({ use }) => use.material === number);
	return [isCarried ? material : { ...material, maps: {} }];
}

function imagesOf(
	used: readonly number[],
	maps: readonly TileMap[],
): Pick<GlbContent, 'images' | 'maps'> {
	const roles: GlbContent['maps'] = used.map(() => ({}));
	const images = maps.map(({ use, path, widthPx, heightPx }, image) => {
		const own = roles[used.indexOf(use.material)];
		if (own !== undefined) for (const role of use.roles) own[role] = image;
		const [name = ''] = use.roles;
		return { webp: readFileSync(path), widthPx, heightPx, name };
	});
	return { images, maps: roles };
}
