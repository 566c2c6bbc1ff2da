import sharp, { type Metadata, type Sharp } from 'sharp';
import type { SourceFile } from '../intake/source-file.ts';
import { refuse } from '../refusal-error.ts';

/** What is read as a picture, however its file is named. */
const TAKEN: readonly string[] = ['jpeg', 'png', 'tiff', 'webp', 'heif'];
/** Gigapixels are read row by row; PNG, whose bombs are cheapest to make, and whatever must be held whole, less. */
const MAX_PIXELS = 4_000_000_000;
const MAX_WHOLE_PIXELS = 268_000_000;
const READ_BY_ROWS: readonly string[] = ['jpeg', 'tiff'];
const MAX_PROGRESSIVE_PIXELS = 200_000_000;
/** Above this many pixels a file must weigh something: flat colour in JPEG reaches 1 : 250. */
const UNSUSPICIOUS_PIXELS = 100_000_000;
const MAX_INFLATION = 500;
const MAX_CHANNELS = 5;
/** Orientations up to here keep the order of rows, so that the file can be read as it streams. */
const LAST_STREAMING_ORIENTATION = 2;

/** A picture whose header is believed, with a way to its pixels. Width and height are as it is seen. */
export interface OpenPicture {
	widthPx: number;
	heightPx: number;
	/** As the file says, sizes before its orientation is applied. */
	header: Metadata;
	/** How many pictures the file holds; the smaller copies of a pyramid are none. */
	pages: number;
	/** Its first page upright, in 8-bit sRGB without transparency; read anew at each call. */
	pixels(): Sharp;
}

/**
 * Opens a picture up to 4 gigapixels (268 Mpx of PNG, WebP and AVIF, 200 Mpx of
 * progressive JPEG). Colours are
 * brought to sRGB by the embedded ICC profile, CMYK without one by libvips' own; 16 bits become 8;
 * transparency lies on white, as drawings do. Pixels are read in order and never held whole, unless
 * the file lies on its side or upside down: then libvips turns it by way of a temporary file.
 * Refuses with `image-unreadable` what is no picture or holds measurements, `image-too-large`.
 */
export async function openPicture(source: SourceFile): Promise<OpenPicture> {
	// What libvips would keep of one picture serves no other, and doubles the memory of a gigapixel.
	sharp.cache(false);
	const header = await readHeader(source);
	guardSize(header, source);
	const orientation = header.orientation ?? 1;
	const options = {
		limitInputPixels: MAX_PIXELS,
		sequentialRead: orientation <= LAST_STREAMING_ORIENTATION,
		failOn: 'error' as const,
	};
	return {
		widthPx: header.autoOrient.width,
		heightPx: header.autoOrient.height,
		header,
		pages: await countPages(source, header),
		pixels: () =>
			sharp(source.path, options)
				// First of all: with 16 bits and no profile, sharp would take Display P3 for granted.
				.pipelineColourspace('srgb')
				.autoOrient()
				.flatten({ background: '#fff' })
				.toColourspace('srgb'),
	};
}

/** Runs a step over pixels; whatever the decoder minds is the picture's fault, and refused. */
export async function decoding<T>(name: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		const isDecoders = error instanceof Error && error.name === 'Error' && !('code' in error);
		if (!isDecoders || /no space left/i.test(error.message)) throw error;
		return unreadable(name);
	}
}

async function readHeader(source: SourceFile): Promise<Metadata> {
	const header = await decoding(source.name, () =>
		sharp(source.path, { limitInputPixels: false }).metadata(),
	);
	if (!TAKEN.includes(header.format) || header.width * header.height === 0) {
		return unreadable(source.name);
	}
	if (!['uchar', 'ushort'].includes(header.depth) || header.channels > MAX_CHANNELS) {
		refuse(
			'image-unreadable',
			`${source.name} holds measurements or too many channels, not colours — export it as RGB with 8 or 16 bits`,
		);
	}
	return header;
}

async function countPages(source: SourceFile, header: Metadata): Promise<number> {
	const { format, pages = 1, width } = header;
	if (format === 'png') return countFrames(source.head);
	if (pages < 2) return 1;
	const options = { page: 1, limitInputPixels: false };
	const second = await decoding(source.name, () => sharp(source.path, options).metadata());
	const isPyramid = Math.abs(second.width - width / 2) <= 1;
	return isPyramid ? 1 : pages;
}

/** How many pictures an animated PNG announces before the first, which is all that libvips reads of it. */
function countFrames(head: Buffer): number {
	const at = head.indexOf('acTL', 0, 'latin1');
	const isAnimated = at >= 0 && at < head.indexOf('IDAT', 0, 'latin1') && at + 8 <= head.length;
	return isAnimated ? Math.max(1, head.readUInt32BE(at + 4)) : 1;
}

function guardSize(header: Metadata, { name, sizeBytes }: SourceFile): void {
	const pixels = header.width * header.height;
	const isByRows = READ_BY_ROWS.includes(header.format);
	const most = isByRows ? MAX_PIXELS : MAX_WHOLE_PIXELS;
	if (pixels > most) {
		const advice = isByRows ? 'split it' : 'save it as TIFF';
		refuse(
			'image-too-large',
			`${name} has more than ${Math.round(most / 1e6)} million pixels — ${advice}`,
		);
	}
	if (header.isProgressive && pixels > MAX_PROGRESSIVE_PIXELS) {
		refuse(
			'image-too-large',
			`${name} is too large to be read in progressive order — save it without "progressive" or "interlaced"`,
		);
	}
	const decodedBytes = pixels * header.channels * (header.depth === 'ushort' ? 2 : 1);
	if (pixels > UNSUSPICIOUS_PIXELS && decodedBytes > sizeBytes * MAX_INFLATION) {
		refuse(
			'image-too-large',
			`${name} announces far more pixels than its bytes can hold — export it again`,
		);
	}
}

function unreadable(name: string): never {
	return refuse(
		'image-unreadable',
		`${name} cannot be read as a picture to its end — open it in a picture editor and export it again`,
	);
}
