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

/**
 * Opens a map for its pixels. Colours come as sRGB whatever they were stored as (an embedded profile of
 * any gamut, CMYK, greys, 16 bits); with `isData` the numbers come as they are, profile or not.
 * libvips turns tagged 16-bit colours into Display P3 and leaves tagged 16-bit greys alone (sharp 0.35.5,
 * measured), so those are cut to 8 bits under their own profile first.
 */
export async function openMap(bytes: Uint8Array, isData: boolean): Promise<Sharp> {
	if (isData) return openImage(bytes, true);
	const { depth, icc, space } = await openImage(bytes).metadata();
	if (depth !== 'ushort' || icc === undefined) return openImage(bytes);
	const plain = openImage(bytes, true).toColourspace(space === 'grey16' ? 'b-w' : 'srgb');
	const eightBits = plain.keepIccProfile();
	return openImage(await eightBits.png({ compressionLevel: 0 }).toBuffer());
}

function unreadable(name: string, scanName: string): never {
	return refuse(
		'texture-unreadable',
		`${scanName} has a texture (${name}) that does not open or is larger than 100 megapixels — save it again as JPEG or PNG`,
	);
}
