import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OpenPicture } from '../image/open-picture.ts';
import type { Face } from './cube.ts';
import type { Sphere } from './sphere.ts';

/** Wider panoramas are made smaller: faces of 5,120 px are finer than any headset. */
export const MAX_SPHERE_WIDTH_PX = 16_384;
/** Before the pixels of libvips' own format, which are as in memory. */
const HEADER_BYTES = 64;
const CHANNELS = 3;
/** What the filter may read beyond a face's edge, and rounding. */
const MARGIN_PX = 8;
/** Where the corners of the upper face lie: 35.26° above the horizon, as a share of the height. */
const POLE_SHARE = 0.5 - Math.asin(1 / Math.sqrt(3)) / Math.PI;
/** The column each side face looks at, as a share of the width. */
const MIDDLES: Readonly<Partial<Record<Face, number>>> = { nx: 0.25, nz: 0.5, px: 0.75, pz: 1 };

/** A decoded panorama on the disk: sRGB bytes, three a pixel, row by row behind a short header. */
export interface SphereFile {
	path: string;
	widthPx: number;
	heightPx: number;
}

/** Decodes a panorama to `path`, which must end in `.v`, libvips' uncompressed format. */
export async function writeSphere(picture: OpenPicture, path: string): Promise<SphereFile> {
	await mkdir(dirname(path), { recursive: true });
	const widthPx = Math.min(picture.widthPx, MAX_SPHERE_WIDTH_PX);
	const heightPx = Math.round(widthPx / 2);
	await picture.pixels().resize(widthPx, heightPx, { fit: 'fill' }).removeAlpha().toFile(path);
	return { path, widthPx, heightPx };
}

/**
 * Reads as much of a panorama as one face of the cube shows: an eighth of it, near a pole three tenths.
 * Rejected: the whole in memory that threads share, three times as much.
 */
export async function readSphere(file: SphereFile, face: Face): Promise<Sphere> {
	const window = windowOf(file, face);
	const { left, top, columns, rows } = window;
	const data = new Uint8Array(columns * rows * CHANNELS);
	await using handle = await open(file.path, 'r');
	// Either whole rows, in one piece, or of each row what lies before the right edge and behind it.
	const isWhole = columns === file.widthPx;
	const before = Math.min(columns, file.widthPx - left);
	for (let row = 0; row < (isWhole ? 1 : rows); row += 1) {
		const at = row * columns;
		const from = (top + row) * file.widthPx;
		const end = isWhole ? data.length : (at + before) * CHANNELS;
		await fill(handle, data.subarray(at * CHANNELS, end), (from + left) * CHANNELS);
		if (isWhole || before === columns) continue;
		await fill(handle, data.subarray(end, (at + columns) * CHANNELS), from * CHANNELS);
	}
	return { data, widthPx: file.widthPx, heightPx: file.heightPx, ...window };
}

function windowOf(
	{ widthPx, heightPx }: SphereFile,
	face: Face,
): Omit<Sphere, 'data' | 'widthPx' | 'heightPx'> {
	const middle = MIDDLES[face];
	if (middle === undefined) {
		const rows = Math.min(heightPx, Math.ceil(POLE_SHARE * heightPx) + MARGIN_PX);
		return { left: 0, top: face === 'py' ? 0 : heightPx - rows, columns: widthPx, rows };
	}
	const top = Math.max(0, Math.floor(heightPx / 4) - MARGIN_PX);
	const rows = Math.min(heightPx, Math.ceil((heightPx * 3) / 4) + MARGIN_PX) - top;
	const columns = Math.ceil(widthPx / 4) + 2 * MARGIN_PX;
	if (columns >= widthPx) return { left: 0, top, columns: widthPx, rows };
	const left = Math.floor(middle * widthPx - columns / 2) % widthPx;
	return { left, top, columns, rows };
}

async function fill(handle: FileHandle, into: Uint8Array, at: number): Promise<void> {
	for (let filled = 0; filled < into.length; ) {
		const left = into.length - filled;
		const { bytesRead } = await handle.read(into, filled, left, HEADER_BYTES + at + filled);
		if (bytesRead === 0) throw new Error('panorama: the decoder wrote too little — try again');
		filled += bytesRead;
	}
}
