import type { MeshMeasures } from '#schema/asset/digitize-report';
import { type Material, type SourceTexture, TEXTURE_ROLES } from '../mesh/mesh.ts';
import { openImage } from '../texture/texture-source.ts';
import { iccName } from './icc-name.ts';

export type TextureHealth = MeshMeasures['textures'][number];

/** What the images of a scan are like as they came. Reads headers only. */
export async function describeTextures(
	textures: readonly SourceTexture[],
	materials: readonly Material[],
): Promise<TextureHealth[]> {
	const described: TextureHealth[] = [];
	for (const [number, texture] of textures.entries()) {
		const { name, bytes, widthPx, heightPx } = texture;
		const { format, space, depth, channels, icc } = await openImage(bytes).metadata();
		const profile = icc === undefined ? undefined : iccName(icc);
		described.push({
			name,
			widthPx,
			heightPx,
			bytes: bytes.length,
			megapixels: Number(((widthPx * heightPx) / 1e6).toPrecision(3)),
			isPowerOfTwo: isPowerOfTwo(widthPx) && isPowerOfTwo(heightPx),
			roles: TEXTURE_ROLES.filter((role) =>
				materials.some(({ maps }) => maps[role]?.texture === number),
			),
			format,
			space,
			depth,
			channels,
			...(profile === undefined ? {} : { profile }),
		});
	}
	return described;
}

function isPowerOfTwo(px: number): boolean {
	return (px & (px - 1)) === 0;
}
