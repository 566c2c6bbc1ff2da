import {
	type Material,
	type SourceTexture,
	TEXTURE_ROLES,
	type TextureRole,
} from '../mesh/mesh.ts';
import type { MaterialImages } from './usd-material.ts';
import {
	type ChannelChange,
	encodeUsdImage,
	type ImageOptions,
	type UsdImage,
} from './usd-texture.ts';
import type { ZipEntry } from './zip-stored.ts';

/** The images of one package: maps that are the same for two materials are carried once. */
export class UsdImages {
	readonly entries: ZipEntry[] = [];
	readonly #textures: SourceTexture[];
	readonly #options: ImageOptions;
	readonly #known = new Map<string, string>();

	constructor(textures: SourceTexture[], options: ImageOptions) {
		this.#textures = textures;
		this.#options = options;
	}

	/** Adds an image and gives the name of its file in the package. */
	add({ bytes, extension }: UsdImage): string {
		const name = `textures/${this.entries.length}.${extension}`;
		this.entries.push({ name, bytes });
		return name;
	}

	/** Encodes the maps of a material, its factors multiplied in. */
	async mapsOf(material: Material): Promise<MaterialImages['maps']> {
		const maps: MaterialImages['maps'] = {};
		for (const role of TEXTURE_ROLES) {
			const number = material.maps[role]?.texture;
			const source = number === undefined ? undefined : this.#textures[number];
			if (source === undefined) continue;
			const change = changeOf(material, role, source);
			const key = JSON.stringify([number, change]);
			const name =
				this.#known.get(key) ?? this.add(await encodeUsdImage(source, change, this.#options));
			this.#known.set(key, name);
			maps[role] = name;
		}
		return maps;
	}
}

function changeOf(material: Material, role: TextureRole, source: SourceTexture): ChannelChange {
	const { baseColor, emissive, alphaMode } = material;
	const strength = material.maps[role]?.strength ?? 1;
	switch (role) {
		case 'baseColor': {
			const keepsAlpha = alphaMode !== 'OPAQUE' && source.hasAlpha;
			return { gain: baseColor, offset: [], isColour: true, keepsAlpha };
		}
		case 'emissive':
			return { gain: emissive, offset: [], isColour: true, keepsAlpha: false };
		case 'normal': {
			// Zero lies at one half.
			const offset = 0.5 * (1 - strength);
			return { ...NUMBERS, gain: [strength, strength, 1], offset: [offset, offset, 0] };
		}
		case 'metallicRoughness':
		case 'occlusion':
			return occlusionAndMetal(material, role);
	}
}

const NUMBERS = { isColour: false, keepsAlpha: false };

/** Occlusion in red, roughness in green, metalness in blue: one image when it was one. */
function occlusionAndMetal(material: Material, role: TextureRole): ChannelChange {
	const { occlusion, metallicRoughness } = material.maps;
	const isShared = occlusion?.texture === metallicRoughness?.texture;
	const strength = occlusion?.strength ?? 1;
	const hasOcclusion = isShared || role === 'occlusion';
	const red = hasOcclusion ? strength : 1;
	const hasMetal = isShared || role === 'metallicRoughness';
	const gain = hasMetal ? [red, material.roughness, material.metallic] : [red, 1, 1];
	return { ...NUMBERS, gain, offset: [hasOcclusion ? 1 - strength : 0, 0, 0] };
}
