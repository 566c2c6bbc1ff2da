import sharp from 'sharp';
import { POSTER_PX } from './draw-points.ts';

/** A picture of a piece: `name` as the folder has it. */
export interface PosterFile {
	file: string;
	bytes: Uint8Array;
	widthPx: number;
	heightPx: number;
}

const QUALITIES = [88, 80, 72, 62, 50, 35];
/** Sides of the poster and of the cards, large to small, and what each may weigh. */
const PICTURES = [
	{ widthPx: POSTER_PX, maxBytes: 60_000 },
	{ widthPx: 480, maxBytes: 24_000 },
	{ widthPx: 240, maxBytes: 9_000 },
];

/** Encodes a poster (sRGB bytes, 1024²) and its smaller forms for cards as WebP. */
export async function encodePoster(pixels: Uint8Array): Promise<PosterFile[]> {
	const raw = { width: POSTER_PX, height: POSTER_PX, channels: 3 as const };
	const files: PosterFile[] = [];
	for (const { widthPx, maxBytes } of PICTURES) {
		let bytes = new Uint8Array(0);
		for (const quality of QUALITIES) {
			bytes = await sharp(pixels, { raw })
				.resize(widthPx, widthPx, { kernel: 'lanczos3' })
				.webp({ quality, effort: 5, smartSubsample: true })
				.toBuffer();
			if (bytes.length <= maxBytes) break;
		}
		const file = widthPx === POSTER_PX ? 'poster.webp' : `card-${widthPx}.webp`;
		files.push({ file, bytes, widthPx, heightPx: widthPx });
	}
	return files;
}
