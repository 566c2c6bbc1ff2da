import sharp, { type Sharp } from 'sharp';
import { MAX_TEXTURE_PIXELS } from '../limits.ts';
import type { SourceTexture } from '../mesh/mesh.ts';
import { refuse } from '../refusal-error.ts';

/** Formats that hold pixels only: an SVG could name other files, a PDF could hold anything. */
const MAGICS: readonly (readonly [at: number, magic: string])[] = [
	[0, '\u00ff\u00d8\u00ff'],
	[0, '\u0089PNG'],
	[8, 'WEBP'],
	[0, 'II*\0'],
	[0, 'MM\0*'],
	[4, 'ftypavif'],
];

/**
 * Looks at an encoded image. Refuses with `texture-unreadable` what is no JPEG, PNG, WebP, TIFF or
 * AVIF, does not decode, or has more than 100 million pixels; the size is judged before any pixel is
 * decoded.
 */
export async function readTexture(
	bytes: Uint8Array,
	name: string,
	scanName: string,
): Promise<SourceTexture> {
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16));
	if (!MAGICS.some(([at, magic]) => head.toString('latin1', at).startsWith(magic))) {
		return unreadable(name, scanName);
	}
	try {
		const image = openImage(bytes);
		const { width, height, hasAlpha } = await image.metadata();
		if (width * height > MAX_TEXTURE_PIXELS) return unreadable(name, scanName);
		await image.resize(8, 8, { fit: 'fill' }).raw().toBuffer();
		return { name, bytes, widthPx: width, heightPx: height, hasAlpha };
	} catch {
		return unreadable(name, scanName);
	}
}

/**
 * Opens an encoded image under the limits for untrusted input; throws when it does not decode.
 * `isData`: its numbers are no colours, so no colour profile applies.
 */
export function openImage(bytes: Uint8Array, isData = false): Sharp {
	return sharp(bytes, {
		limitInputPixels: MAX_TEXTURE_PIXELS,
		failOn: 'error',
		pages: 1,
		ignoreIcc: isData,
	});
}

function unreadable(name: string, scanName: string): never {
	return refuse(
		'texture-unreadable',
		`${scanName} has a texture (${name}) that does not open or is larger than 100 megapixels — save it again as JPEG or PNG`,
	);
}
