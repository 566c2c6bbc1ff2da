import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import type { Material, SourceTexture, TextureRole } from '../mesh/mesh.ts';
import { type Cover, hideBackground } from './hide-background.ts';
import { renormalize } from './renormalize.ts';
import { openMap } from './texture-source.ts';

/** A map as a tier carries it. */
export interface EncodedTexture {
	webp: Uint8Array;
	widthPx: number;
	heightPx: number;
	/** What it was made from (`mapName`); absent for what no scan brought. */
	name?: string;
}

export interface TextureOptions {
	/** The longest side. */
	px: number;
	/** Of WebP, 0 to 100. */
	quality: number;
	/** What the piece shows of the map; all of it unless given. */
	cover?: Cover | undefined;
}

/**
 * How much more quality a kind of map gets than colours. Codecs blur directions more visibly than
 * colours; occlusion only dims what comes from all round. On whale_mandible normals at +4 instead of +8
 * take 23 % fewer bytes, 1.5° from their source on average instead of 1.3°; occlusion at -10 instead of
 * 0 takes 25 % fewer, 40 dB from its source instead of 42. Drawn from so near that a texel is two
 * pixels wide, the piece then is 45.5 dB from one with the scan's own maps, before 46.5 dB.
 */
const QUALITY_SHIFT: Partial<Record<TextureRole, number>> = { normal: 4, occlusion: -10 };

/** WebP effort: 6 saves 4 % over 4 at twice the time. */
const EFFORT = 4;

/** Hexadecimal digits of a source's hash in a map's name. */
const NAME_DIGITS = 16;

/** Whether a map holds colours; the others hold directions and strengths, which know no profile. */
export function holdsColour(role: TextureRole): boolean {
	return role === 'baseColor' || role === 'emissive';
}

/** Names a map by its role and the SHA-256 of the source it is made from: a written tier tells both. */
export function mapName(role: TextureRole, sha256: string): string {
	return `${role}-${sha256.slice(0, NAME_DIGITS)}`;
}

/**
 * Encodes one map as WebP at most `px` long, never enlarged. Colours become sRGB; maps that hold no
 * colour ignore colour profiles. Alpha stays only where the material uses it; a pure occlusion map keeps
 * only its red channel; the directions of a normal map that shrinks keep unit length; what lies between
 * the charts of an atlas is hidden (see `hideBackground`).
 */
export async function encodeTexture(
	source: SourceTexture,
	role: TextureRole,
	material: Pick<Material, 'alphaMode'>,
	{ px, quality, cover }: TextureOptions,
): Promise<EncodedTexture> {
	let image = await openMap(source.bytes, !holdsColour(role));
	const keepsAlpha = role === 'baseColor' && material.alphaMode !== 'OPAQUE' && source.hasAlpha;
	image = keepsAlpha ? image.ensureAlpha() : image.removeAlpha();
	const hidden = cover && (await hideBackground(image, keepsAlpha ? 4 : 3, cover, px));
	image = hidden ?? image;
	if (role === 'occlusion') image = image.extractChannel(0);
	image = image.resize({
		width: px,
		height: px,
		fit: 'inside',
		withoutEnlargement: true,
		...(role === 'normal' ? { kernel: 'linear' } : {}),
	});
	const isMixed = hidden !== undefined || Math.max(source.widthPx, source.heightPx) > px;
	if (role === 'normal' && isMixed) image = await renormalized(image);
	const { data, info } = await image
		.webp({
			quality: Math.min(quality + (QUALITY_SHIFT[role] ?? 0), 100),
			alphaQuality: 90,
			effort: EFFORT,
			smartSubsample: role === 'normal',
		})
		.toBuffer({ resolveWithObject: true });
	return {
		webp: data,
		widthPx: info.width,
		heightPx: info.height,
		name: mapName(role, createHash('sha256').update(source.bytes).digest('hex')),
	};
}

/** The same picture with its directions at unit length. */
async function renormalized(image: Sharp): Promise<Sharp> {
	const { data, info } = await image
		.toColourspace('srgb')
		.raw({ depth: 'uchar' })
		.toBuffer({ resolveWithObject: true });
	renormalize(data, 3);
	return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
}
