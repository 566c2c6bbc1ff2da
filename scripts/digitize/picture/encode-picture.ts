import sharp from 'sharp';

/** Square sRGB pixels, three bytes each. */
export interface Pixels {
	data: Uint8Array;
	widthPx: number;
	heightPx: number;
}

const QUALITIES = [88, 80, 72, 62, 50, 35];

/** WebP of a picture within `maxBytes`: quality falls until it fits. `effort` of the encoder, 0 to 6. */
export async function encodePicture(
	{ data, widthPx, heightPx }: Pixels,
	maxBytes: number,
	effort = 5,
): Promise<Uint8Array> {
	const raw = { width: widthPx, height: heightPx, channels: 3 as const };
	let webp = new Uint8Array(0);
	for (const quality of QUALITIES) {
		webp = await sharp(data, { raw }).webp({ quality, effort, smartSubsample: true }).toBuffer();
		if (webp.length <= maxBytes) break;
	}
	return webp;
}
