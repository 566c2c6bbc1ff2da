import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { OutputFolder } from '../output-folder.ts';
import { POSTER_FILE } from '../result-files.ts';

const POSTER_PX = 1600;
const CARDS_PX: readonly number[] = [480, 240];
const MAX_POSTER_BYTES = 200_000;
const QUALITIES: readonly number[] = [82, 74, 64, 52, 40];

/** Pictures of a piece as the manifest names them, written and measured. */
export type Pictures = {
	poster: PictureEntry;
	cards: PictureEntry[];
};
type PictureEntry = { file: string; widthPx: number; heightPx: number };

/**
 * Writes the poster, at most 1600 pixels a side and about 200 KB, and the same smaller for cards.
 * Nothing is enlarged. `image` is used up.
 */
export async function writePictures(image: Sharp, dir: string): Promise<Pictures> {
	const poster = await shrink(image, POSTER_PX);
	const cards: PictureEntry[] = [];
	for (const px of CARDS_PX) {
		if (px >= Math.max(poster.info.width, poster.info.height)) continue;
		cards.push(await save(poster.raw().resize(px, px, { fit: 'inside' }), dir, `card-${px}.webp`));
	}
	return { poster: await save(poster.raw(), dir, POSTER_FILE), cards };
}

/** Moves the pictures of a step into the result. */
export async function adoptPictures(
	folder: OutputFolder,
	dir: string,
	{ poster, cards }: Pictures,
): Promise<void> {
	for (const { file } of [poster, ...cards]) await folder.adopt(join(dir, file), file);
}

async function shrink(image: Sharp, px: number) {
	const fitted = image.resize(px, px, { fit: 'inside', withoutEnlargement: true });
	const { data, info } = await fitted.removeAlpha().raw().toBuffer({ resolveWithObject: true });
	const { width, height, channels } = info;
	return { info, raw: () => sharp(data, { raw: { width, height, channels } }) };
}

async function save(image: Sharp, dir: string, file: string): Promise<PictureEntry> {
	for (const quality of QUALITIES) {
		const webp = image.clone().webp({ quality });
		const { data, info } = await webp.toBuffer({ resolveWithObject: true });
		if (data.length > MAX_POSTER_BYTES && quality !== QUALITIES.at(-1)) continue;
		await writeFile(join(dir, file), data);
		return { file, widthPx: info.width, heightPx: info.height };
	}
	throw new Error('pictures: there is no quality to try — list at least one');
}
