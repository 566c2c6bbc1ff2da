import type { Material, SourceTexture, TextureRole } from '../mesh/mesh.ts';
import { openImage } from './texture-source.ts';

/** A map as a tier carries it. */
export interface EncodedTexture {
	webp: Uint8Array;
	widthPx: number;
	heightPx: number;
}

export interface TextureOptions {
	/** The longest side. */
	px: number;
	/** Of WebP, 0 to 100. */
	quality: number;
}

/** Lossy codecs blur directions more visibly than colours; normal maps get this much more quality. */
const NORMAL_BONUS = 8;

/** WebP effort: 6 saves 5 % over 4 at more than twice the time. */
const EFFORT = 4;

/**
 * Encodes one map as WebP at most `px` long, never enlarged. Alpha stays only where the material uses
 * it; a pure occlusion map keeps only its red channel; maps that hold no colour ignore colour profiles.
 */
export async function encodeTexture(
	source: SourceTexture,
	role: TextureRole,
	material: Pick<Material, 'alphaMode'>,
	{ px, quality }: TextureOptions,
): Promise<EncodedTexture> {
	let image = openImage(source.bytes, role !== 'baseColor' && role !== 'emissive');
	const keepsAlpha = role === 'baseColor' && material.alphaMode !== 'OPAQUE' && source.hasAlpha;
	if (!keepsAlpha) image = image.removeAlpha();
	if (role === 'occlusion') image = image.extractChannel(0);
	const { data, info } = await image
		.resize({ width: px, height: px, fit: 'inside', withoutEnlargement: true })
		.webp({
			quality: Math.min(role === 'normal' ? quality + NORMAL_BONUS : quality, 100),
			alphaQuality: 90,
			effort: EFFORT,
			smartSubsample: role === 'normal',
		})
		.toBuffer({ resolveWithObject: true });
	return { webp: data, widthPx: info.width, heightPx: info.height };
}

/** Bytes of a map on the graphics card: RGBA with all its smaller levels. */
export function textureGpuBytes({ widthPx, heightPx }: EncodedTexture): number {
	return Math.ceil((widthPx * heightPx * 4 * 4) / 3);
}
