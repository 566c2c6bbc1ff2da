import sharp, { type Sharp } from 'sharp';
import { toLinear, toSrgb } from '../colour.ts';
import type { SourceTexture } from '../mesh/mesh.ts';
import { decodeTexture } from '../texture/raw-texture.ts';

/** How the images of a package are made. */
export interface ImageOptions {
	px: number;
	/** Of JPEG, 0 to 100. */
	quality: number;
}

/** What a map's channels go through: out = in × gain + offset, in linear light for colours. */
export interface ChannelChange {
	gain: readonly number[];
	offset: readonly number[];
	isColour: boolean;
	keepsAlpha: boolean;
}

/** An image as a package carries it. */
export interface UsdImage {
	bytes: Uint8Array;
	extension: 'jpg' | 'png';
}

/**
 * Encodes a map for Quick Look, its factors multiplied in: JPEG, or PNG where alpha counts. The
 * factors are in the pixels because not every viewer of USDZ minds `inputs:scale`.
 */
export async function encodeUsdImage(
	source: SourceTexture,
	change: ChannelChange,
	{ px, quality }: ImageOptions,
): Promise<UsdImage> {
	const { data, widthPx, heightPx } = await decodeTexture(source, px, !change.isColour);
	const tables = [0, 1, 2, 3].map((k) => table(change, k));
	for (let i = 0; i < data.length; i += 4) {
		for (let k = 0; k < 4; k += 1) data[i + k] = tables[k]?.[data[i + k] ?? 0] ?? 0;
	}
	const image = sharp(data, { raw: { width: widthPx, height: heightPx, channels: 4 } });
	if (change.keepsAlpha) {
		return { bytes: await image.png({ compressionLevel: 9 }).toBuffer(), extension: 'png' };
	}
	return { bytes: await jpeg(image.removeAlpha(), quality), extension: 'jpg' };
}

/** Encodes sRGB pixels, three bytes each, square. */
export async function encodeUsdPixels(
	pixels: Uint8Array,
	sizePx: number,
	quality: number,
): Promise<UsdImage> {
	const raw = { width: sizePx, height: sizePx, channels: 3 as const };
	return { bytes: await jpeg(sharp(pixels, { raw }), quality), extension: 'jpg' };
}

/** All channels whole: in maps of numbers, and between neighbours of an atlas, they are unrelated. */
async function jpeg(image: Sharp, quality: number): Promise<Uint8Array> {
	return await image.jpeg({ quality, chromaSubsampling: '4:4:4', optimiseCoding: true }).toBuffer();
}

function table({ gain, offset, ...change }: ChannelChange, k: number): Uint8Array {
	const isColour = change.isColour && k < 3;
	return Uint8Array.from({ length: 256 }, (_, byte) => {
		const value = isColour ? toLinear(byte / 255) : byte / 255;
		const changed = Math.min(Math.max(value * (gain[k] ?? 1) + (offset[k] ?? 0), 0), 1);
		return Math.round((isColour ? toSrgb(changed) : changed) * 255);
	});
}
