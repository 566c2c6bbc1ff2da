import type { Finding } from '#schema/asset/digitize-report';

/** The maps of glTF's metallic-roughness model that survive digitisation. */
export const TEXTURE_ROLES = [
	'baseColor',
	'metallicRoughness',
	'normal',
	'occlusion',
	'emissive',
] as const;
export type TextureRole = (typeof TEXTURE_ROLES)[number];

/**
 * One surface as glTF describes it. Colours are linear, 0 to 1. `maps` point into `Scan.textures`;
 * `strength` is the normal map's scale or the occlusion map's strength. `extensions` keeps only the
 * plain numbers of known material extensions (clearcoat of a glaze, index of refraction).
 */
export interface Material {
	name: string;
	baseColor: [number, number, number, number];
	metallic: number;
	roughness: number;
	emissive: [number, number, number];
	alphaMode: 'OPAQUE' | 'MASK' | 'BLEND';
	alphaCutoff: number;
	doubleSided: boolean;
	maps: { [role in TextureRole]?: { texture: number; strength: number } };
	extensions: Record<string, Record<string, number | number[]>>;
}

/** An image as it came: encoded bytes, already known to decode. */
export interface SourceTexture {
	name: string;
	bytes: Uint8Array;
	widthPx: number;
	heightPx: number;
	hasAlpha: boolean;
}

/**
 * Triangles in one indexed buffer, all materials together, so that simplification sees the borders
 * between materials and never tears them.
 *
 * positions N×3, normals N×3 (unit), uvs N×2 (glTF: origin top left), colours N×4 (linear RGBA,
 * 0 to 65535), materialOf N, indices 3 a triangle, counter-clockwise from outside.
 */
export interface Mesh {
	positions: Float32Array;
	normals: Float32Array | undefined;
	uvs: Float32Array | undefined;
	colours: Uint16Array | undefined;
	materialOf: Uint16Array;
	indices: Uint32Array;
}

/**
 * A scan as a reader hands it over: in the file's own unit and frame. `origin` was subtracted from
 * every position in double precision, so that georeferenced coordinates keep their detail.
 */
export interface Scan {
	format: 'glb' | 'gltf' | 'obj' | 'ply' | 'stl';
	mesh: Mesh;
	materials: Material[];
	textures: SourceTexture[];
	origin: [number, number, number];
	/** Words in the file's own comments that may name a unit. */
	unitHint: string | undefined;
	findings: Finding[];
}

/** A plain, slightly rough, non-metallic surface: what a scan without materials is shown as. */
export function plainMaterial(name: string): Material {
	return {
		name,
		baseColor: [1, 1, 1, 1],
		metallic: 0,
		roughness: 0.8,
		emissive: [0, 0, 0],
		alphaMode: 'OPAQUE',
		alphaCutoff: 0.5,
		doubleSided: false,
		maps: {},
		extensions: {},
	};
}
