import { join } from 'node:path';
import sharp from 'sharp';
import { hashFile } from '../intake/hash-file.ts';
import type { OpenPicture } from './open-picture.ts';

export const MASTER_FILE = 'master.tif';

const TILE_PX = 512;
/** Sides of tiles in TIFF are multiples of this. */
const TILE_STEP_PX = 16;
/** From here on libvips keeps colour at full resolution, which pigments and red seals need. */
const QUALITY = 90;
/** Beyond, offsets of a classic TIFF (4 GiB) may not suffice. */
const BIGTIFF_PIXELS = 1_000_000_000;

/** The master as the manifest names it; type alias, since steps keep it as JSON. */
export type Master = {
	file: string;
	bytes: number;
	sha256: string;
	widthPx: number;
	heightPx: number;
	levels: number;
	tilePx: number;
};

/**
 * Writes the access master into `dir`: one pyramidal TIFF, tiles of 512 pixels, JPEG at quality 90
 * without chroma subsampling, sRGB with its profile, nothing of the original's metadata. An image
 * server cuts any region from it by decoding only the tiles under it.
 *
 * Cost, 400 Mpx: 6 CPU-s and 190 MB. Rejected: JPEG 2000 (patchy in browsers and servers, 20 × slower
 * to write); tiles of 256 pixels (a fifth slower, more seeks, 4 × the index); keeping 16 bits (no
 * screen shows them, and the original is kept).
 */
export async function writeMaster(picture: OpenPicture, dir: string): Promise<Master> {
	const path = join(dir, MASTER_FILE);
	// Readers refuse tiles four times as large as the whole picture.
	const covering = Math.ceil(Math.max(picture.widthPx, picture.heightPx) / TILE_STEP_PX);
	const tilePx = Math.min(TILE_PX, covering * TILE_STEP_PX);
	const { width, height } = await picture
		.pixels()
		.withIccProfile('srgb')
		.tiff({
			compression: 'jpeg',
			quality: QUALITY,
			tile: true,
			tileWidth: tilePx,
			tileHeight: tilePx,
			pyramid: true,
			bigtiff: picture.widthPx * picture.heightPx > BIGTIFF_PIXELS,
		})
		.toFile(path);
	const { pages: levels = 1 } = await sharp(path, { limitInputPixels: false }).metadata();
	const file = await hashFile(path);
	return { file: MASTER_FILE, ...file, widthPx: width, heightPx: height, levels, tilePx };
}
