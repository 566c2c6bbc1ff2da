import sharp, { type Sharp } from 'sharp';
import { mapPyramid } from './map-pyramid.ts';

/** Which pixels of a map of a given size a piece shows (see `coverMap`); undefined for all. */
export type Cover = (size: { widthPx: number; heightPx: number }) => Uint8Array | undefined;

/** Larger maps are scaled to this first, unless a tier shows more: memory goes with the square. */
const WORK_PX = 4096;

/**
 * A map without what lies between the charts of its atlas: the pixels that the piece does not show take
 * the colour of those that lie nearest. Otherwise the black or white there comes out at the seams, in
 * smaller tiers and in the smaller levels that graphics cards make of every map. Undefined where all of
 * the map is shown. `px` is the longest side that the map will have. About 30 ns a pixel; flat colour also takes fewer bytes than an edge to black.
 */
export async function hideBackground(
	image: Sharp,
	channels: 3 | 4,
	cover: Cover,
	px: number,
): Promise<Sharp | undefined> {
	const side = Math.max(WORK_PX, px);
	const { data, info } = await image
		.clone()
		.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
		.toColourspace('srgb')
		.raw({ depth: 'uchar' })
		.toBuffer({ resolveWithObject: true });
	const size = { widthPx: info.width, heightPx: info.height };
	const covered = cover(size);
	if (covered === undefined || !covered.includes(0)) return undefined;
	mapPyramid({ ...size, data }, channels, covered);
	return sharp(data, { raw: { width: info.width, height: info.height, channels } });
}
