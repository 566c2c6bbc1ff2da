import type { Finding } from '#schema/asset/digitize-report';
import {
	type Material,
	plainMaterial,
	type SourceTexture,
	TEXTURE_ROLES,
	type TextureRole,
} from '../../mesh/mesh.ts';
import { refuse } from '../../refusal-error.ts';
import type { GltfJson, GltfMaterial, GltfTextureInfo } from './gltf-json.ts';
import type { GltfResources } from './gltf-resources.ts';
import type { UvUse } from './join-primitives.ts';

/** Numbers of material extensions that are kept; the textures of extensions are not. */
const KEPT_NUMBERS: Readonly<Record<string, readonly string[]>> = {
	KHR_materials_clearcoat: ['clearcoatFactor', 'clearcoatRoughnessFactor'],
	KHR_materials_ior: ['ior'],
	KHR_materials_specular: ['specularFactor', 'specularColorFactor'],
	KHR_materials_sheen: ['sheenColorFactor', 'sheenRoughnessFactor'],
	KHR_materials_emissive_strength: ['emissiveStrength'],
	KHR_materials_unlit: [],
};

/** The most materials one mesh can number. */
const MAX_MATERIALS = 65_000;

export interface GltfSurfaces {
	/** In the order of the file, and a plain one at the end for primitives without any. */
	materials: Material[];
	textures: SourceTexture[];
	uvOf: (material: number) => UvUse | undefined;
	findings: Finding[];
}

/**
 * Reads materials and opens the images they use. A material keeps one set of texture coordinates,
 * that of its base colour; maps on another set are left out, which a finding says.
 */
export async function readGltfMaterials(
	json: GltfJson,
	resources: GltfResources,
	name: string,
): Promise<GltfSurfaces> {
	if (json.materials.length > MAX_MATERIALS) {
		refuse('structure-invalid', `${name} has over 65,000 materials — merge them and export again`);
	}
	const reading: Reading = { json, resources, name, images: new Map(), textures: [], findings: [] };
	const materials: Material[] = [];
	const uses: (UvUse | undefined)[] = [];
	for (const definition of json.materials) {
		const material = factors(definition);
		const infos = mapsOf(definition);
		const main = TEXTURE_ROLES.map((role) => infos[role]).find((info) => info !== undefined);
		if (main !== undefined) await readMaps(reading, material, infos, main);
		materials.push(material);
		uses.push(main && uvUse(main));
	}
	materials.push(plainMaterial('surface'));
	const { textures, findings } = reading;
	return { materials, textures, uvOf: (material) => uses[material], findings };
}

/** What has been read so far; `images` maps numbers of the file to numbers of `textures`. */
interface Reading {
	json: GltfJson;
	resources: GltfResources;
	name: string;
	images: Map<number, number>;
	textures: SourceTexture[];
	findings: Finding[];
}

async function readMaps(
	reading: Reading,
	material: Material,
	infos: ReturnType<typeof mapsOf>,
	main: GltfTextureInfo,
): Promise<void> {
	const { json, findings } = reading;
	for (const role of TEXTURE_ROLES) {
		const info = infos[role];
		if (info === undefined) continue;
		const image = imageOf(json, info);
		if (image === undefined) {
			findings.push({ code: 'texture-left-out', level: 'warning', values: { map: role } });
		} else if (uvSet(info) !== uvSet(main)) {
			findings.push({ code: 'second-uv-left-out', level: 'warning', values: { map: role } });
		} else {
			const texture = await textureOf(reading, image);
			material.maps[role] = { texture, strength: info.scale ?? info.strength ?? 1 };
		}
	}
}

async function textureOf(reading: Reading, image: number): Promise<number> {
	const { json, resources, name, images, textures } = reading;
	const known = images.get(image);
	if (known !== undefined) return known;
	const { openImage } = await import('./open-image.ts');
	const texture = textures.push(await openImage(json, resources, image, name)) - 1;
	images.set(image, texture);
	return texture;
}

function factors(definition: GltfMaterial): Material {
	const pbr = definition.pbrMetallicRoughness;
	const old = definition.extensions?.KHR_materials_pbrSpecularGlossiness;
	const material: Material = {
		name: definition.name?.slice(0, 200) ?? '',
		baseColor: four(pbr?.baseColorFactor),
		metallic: share(pbr?.metallicFactor, 1),
		roughness: share(pbr?.roughnessFactor, 1),
		emissive: three(definition.emissiveFactor),
		alphaMode: definition.alphaMode ?? 'OPAQUE',
		alphaCutoff: Math.max(definition.alphaCutoff ?? 0.5, 0),
		doubleSided: definition.doubleSided ?? false,
		maps: {},
		extensions: keptNumbers(definition.extensions ?? {}),
	};
	if (old !== undefined && pbr === undefined) {
		const { diffuseFactor, glossinessFactor } = old;
		material.metallic = 0;
		material.roughness = 1 - share(typeof glossinessFactor === 'number' ? glossinessFactor : 1, 1);
		if (Array.isArray(diffuseFactor)) material.baseColor = four(diffuseFactor.map(Number));
	}
	return material;
}

function mapsOf(definition: GltfMaterial): { [role in TextureRole]?: GltfTextureInfo | undefined } {
	const pbr = definition.pbrMetallicRoughness;
	const old = definition.extensions?.KHR_materials_pbrSpecularGlossiness?.diffuseTexture;
	return {
		baseColor: pbr?.baseColorTexture ?? (pbr === undefined ? plainInfo(old) : undefined),
		metallicRoughness: pbr?.metallicRoughnessTexture,
		normal: definition.normalTexture,
		occlusion: definition.occlusionTexture,
		emissive: definition.emissiveTexture,
	};
}

function plainInfo(value: unknown): GltfTextureInfo | undefined {
	if (typeof value !== 'object' || value === null || !('index' in value)) return undefined;
	const { index } = value;
	if (typeof index !== 'number' || !Number.isInteger(index) || index < 0) return undefined;
	return { index, texCoord: 0 };
}

function imageOf(json: GltfJson, info: GltfTextureInfo): number | undefined {
	const texture = json.textures[info.index];
	const extensions = texture?.extensions;
	// A plain image beside a KTX2 is the better original.
	return (
		extensions?.EXT_texture_webp?.source ??
		extensions?.EXT_texture_avif?.source ??
		texture?.source ??
		extensions?.KHR_texture_basisu?.source
	);
}

function uvSet(info: GltfTextureInfo): number {
	return info.extensions?.KHR_texture_transform?.texCoord ?? info.texCoord;
}

function uvUse(info: GltfTextureInfo): UvUse {
	const transform = info.extensions?.KHR_texture_transform;
	if (transform === undefined) return { set: uvSet(info), matrix: undefined };
	const [u = 0, v = 0] = transform.offset;
	const [x = 1, y = 1] = transform.scale;
	const [cos, sin] = [Math.cos(transform.rotation), Math.sin(transform.rotation)];
	return { set: uvSet(info), matrix: [cos * x, sin * y, u, -sin * x, cos * y, v] };
}

function keptNumbers(extensions: Record<string, Record<string, unknown>>): Material['extensions'] {
	const kept: Material['extensions'] = {};
	for (const [extension, keys] of Object.entries(KEPT_NUMBERS)) {
		const given = extensions[extension];
		if (given === undefined) continue;
		const numbers: Record<string, number | number[]> = {};
		for (const key of keys) {
			const value = given[key];
			if (typeof value === 'number') numbers[key] = value;
			if (Array.isArray(value) && value.length === 3) numbers[key] = three(value.map(Number));
		}
		kept[extension] = numbers;
	}
	return kept;
}

function share(value: number | undefined, absent: number): number {
	return Math.min(Math.max(value ?? absent, 0), 1);
}

function three(values: number[] | undefined): [number, number, number] {
	const [x, y, z] = values ?? [];
	return [share(x, 0), share(y, 0), share(z, 0)];
}

function four(values: number[] | undefined): [number, number, number, number] {
	const [r, g, b, a] = values ?? [];
	return [share(r, 1), share(g, 1), share(b, 1), share(a, 1)];
}
