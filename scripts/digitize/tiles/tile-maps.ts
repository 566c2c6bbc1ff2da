import type { Material, SourceTexture, TextureRole } from '../mesh/mesh.ts';
import { TEXTURE_ROLES } from '../mesh/mesh.ts';
import type { MapSizes } from './tile-layout.ts';

/** One texture of one material, as its tiles need it. */
export interface MapUse {
	material: number;
	texture: number;
	roles: TextureRole[];
	/** Colours follow colour profiles; directions and roughness do not. */
	isColour: boolean;
	/** Bytes a pixel: 4 where alpha shows. */
	channels: 3 | 4;
	/** Its size as a share of the material's largest map. */
	share: number;
}

/** A map of one tile, waiting to be packed. */
export interface TileMap {
	use: MapUse;
	path: string;
	widthPx: number;
	heightPx: number;
}

/** How sharp the maps of a tile are. */
export interface TileSharpness {
	/** What a pixel of the scan's map is on the tile's, at most 1. */
	scale: number;
	pixels: number;
}

/** The size of the largest map of each material. */
export function mapSizes(materials: Material[], textures: SourceTexture[]): MapSizes {
	return materials.map((material) => {
		const own = texturesOf(material).flatMap((number) => textures[number] ?? []);
		const largest = own.toSorted((a, b) => b.widthPx * b.heightPx - a.widthPx * a.heightPx)[0];
		return largest && { widthPx: largest.widthPx, heightPx: largest.heightPx };
	});
}

/** Every texture of every material once; a texture of two roles is one map. */
export function mapUses(
	materials: Material[],
	textures: SourceTexture[],
	sizes: MapSizes,
): MapUse[] {
	return materials.flatMap((material, number) =>
		texturesOf(material).flatMap((texture) => {
			const source = textures[texture];
			const size = sizes[number];
			if (source === undefined || size === undefined) return [];
			const roles = TEXTURE_ROLES.filter((role) => material.maps[role]?.texture === texture);
			const isColour = roles.includes('baseColor') || roles.includes('emissive');
			const keepsAlpha =
				roles.includes('baseColor') && material.alphaMode !== 'OPAQUE' && source.hasAlpha;
			const share = Math.min(source.widthPx / size.widthPx, 1);
			return { material: number, texture, roles, isColour, channels: keepsAlpha ? 4 : 3, share };
		}),
	);
}

function texturesOf({ maps }: Material): number[] {
	const numbers = TEXTURE_ROLES.flatMap((role) => maps[role]?.texture ?? []);
	return [...new Set(numbers)];
}
