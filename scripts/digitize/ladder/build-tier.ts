import { type GlbContent, writeGlb } from '../glb/glb.ts';
import { chooseLattice } from '../glb/lattice.ts';
import { type QuantizedPrimitive, quantize } from '../glb/quantize.ts';
import { split } from '../glb/split.ts';
import { areaOf, boundsOf } from '../mesh/inspect.ts';
import {
	type Material,
	type Mesh,
	type SourceTexture,
	TEXTURE_ROLES,
	type TextureRole,
} from '../mesh/mesh.ts';
import type { Cover } from '../texture/hide-background.ts';
import { rememberCover } from '../texture/remember-cover.ts';
import type { EncodedTexture } from '../texture/texture.ts';
import { textureGpuBytes } from '../texture/texture-gpu-bytes.ts';
import { textureSides } from '../texture/texture-sides.ts';
import { limitConcurrency } from './limit-concurrency.ts';

/** How the maps of a tier are made. */
export interface MapOptions {
	px: number;
	quality: number;
	/** Which maps are carried. */
	roles: readonly TextureRole[];
}

export interface BuildOptions extends MapOptions {
	normalBits: number;
}

/** A tier as it will be written, and what the manifest says about it. */
export interface BuiltTier {
	glb: Uint8Array;
	content: GlbContent;
	triangles: number;
	texturePx: number;
	gpuBytes: number;
}

/** Decoded images take most of the memory; encoding uses the threads of its library anyway. */
const IMAGES_AT_ONCE = 2;

/** A triangle's area over the square of its edge, when all three edges are equal. */
const EQUILATERAL = Math.sqrt(3) / 4;

/** Turns a mesh in the exhibit's frame into one tier's file. Nothing given is changed. */
export async function buildTier(
	mesh: Mesh,
	materials: Material[],
	textures: SourceTexture[],
	options: BuildOptions,
): Promise<BuiltTier> {
	const { maps, images } = await encodeMaps(mesh, materials, textures, options);
	const carried = materials.map((material) => withRoles(material, options.roles));
	const lattice = chooseLattice(boundsOf(mesh.positions), meanEdgeM(mesh));
	const primitives: QuantizedPrimitive[] = [];
	for (const primitive of split(mesh, carried)) {
		primitives.push(await quantize(primitive, { lattice, normalBits: options.normalBits }));
	}
	const content = { lattice, primitives, materials: carried, maps, images };
	return {
		glb: writeGlb(content, true),
		content,
		triangles: primitives.reduce((sum, p) => sum + p.triangles, 0),
		texturePx: images.reduce((most, i) => Math.max(most, i.widthPx, i.heightPx), 0),
		gpuBytes: gpuBytes(primitives, images),
	};
}

async function encodeMaps(
	mesh: Mesh,
	materials: Material[],
	textures: SourceTexture[],
	options: MapOptions,
): Promise<Pick<GlbContent, 'maps' | 'images'>> {
	const images: Promise<EncodedTexture>[] = [];
	const known = new Map<string, number>();
	const maps: GlbContent['maps'] = [];
	const encodeOne = encoder(mesh, materials, options);
	for (const material of materials) {
		const own: GlbContent['maps'][number] = {};
		for (const role of mesh.uvs === undefined ? [] : options.roles) {
			const number = material.maps[role]?.texture ?? Number.NaN;
			const source = textures[number];
			if (source === undefined) continue;
			const coding = imageCoding(material, role);
			const key = `${number} ${coding} ${material.alphaMode}`;
			const image = known.get(key) ?? images.push(encodeOne(number, source, coding, material)) - 1;
			known.set(key, image);
			own[role] = image;
		}
		maps.push(own);
	}
	return { maps, images: await Promise.all(images) };
}

/** Encodes one map after another as a tier needs them: as large as its surface asks, without background. */
function encoder(
	mesh: Mesh,
	materials: Material[],
	{ px, quality }: MapOptions,
): (number: number, ...words: EncodeWords) => Promise<EncodedTexture> {
	const sides = textureSides(mesh, materials, px);
	const limit = limitConcurrency(IMAGES_AT_ONCE);
	const coverOf = rememberCover(mesh);
	return (number, source, role, material) => {
		const users = usersOf(number, materials);
		const cover: Cover = (size) => coverOf(users, size);
		const how = { px: sides.get(number) ?? px, quality, cover };
		return limit(async () => {
			// Loaded only when there is something to encode: the codecs need 0.1 s.
			const { encodeTexture } = await import('../texture/texture.ts');
			return await encodeTexture(source, role, material, how);
		});
	};
}

type EncodeWords = [source: SourceTexture, role: TextureRole, material: Material];

/** The materials that use a texture. */
function usersOf(texture: number, materials: Material[]): number[] {
	return [...materials.keys()].filter((i) =>
		Object.values(materials[i]?.maps ?? {}).some((map) => map.texture === texture),
	);
}

/** One image for occlusion and metal keeps all its channels. */
function imageCoding(material: Material, role: TextureRole): TextureRole {
	const { occlusion, metallicRoughness } = material.maps;
	const isShared = role === 'occlusion' && occlusion?.texture === metallicRoughness?.texture;
	return isShared ? 'metallicRoughness' : role;
}

function withRoles(material: Material, roles: readonly TextureRole[]): Material {
	const maps: Material['maps'] = {};
	for (const role of TEXTURE_ROLES) {
		const map = material.maps[role];
		if (map !== undefined && roles.includes(role)) maps[role] = map;
	}
	return { ...material, maps };
}

function meanEdgeM(mesh: Mesh): number {
	return Math.sqrt(areaOf(mesh) / (mesh.indices.length / 3) / EQUILATERAL);
}

function gpuBytes(primitives: QuantizedPrimitive[], images: EncodedTexture[]): number {
	const geometry = primitives
		.flatMap((p) => p.streams)
		.reduce((sum, stream) => sum + stream.count * stream.stride, 0);
	return geometry + images.reduce((sum, image) => sum + textureGpuBytes(image), 0);
}
