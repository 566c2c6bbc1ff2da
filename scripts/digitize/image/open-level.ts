import sharp, { type Sharp } from 'sharp';

/**
 * The coarsest level of a master whose longer side is at least `px` (the finest where none is), so
 * that a small picture of a gigapixel costs no more than one of a photograph.
 */
export async function openLevel(masterPath: string, levels: number, px: number): Promise<Sharp> {
	for (let page = levels - 1; page > 0; page -= 1) {
		const options = { page, limitInputPixels: false };
		const { width, height } = await sharp(masterPath, options).metadata();
		if (Math.max(width, height) >= px) return sharp(masterPath, options);
	}
	return sharp(masterPath, { limitInputPixels: false });
}
