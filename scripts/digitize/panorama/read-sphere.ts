import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OpenPicture } from '../image/open-picture.ts';
import type { Sphere } from './sphere.ts';

/** Wider panoramas are made smaller: 402 MB in memory, faces of 5,120 px, finer than any headset. */
export const MAX_SPHERE_WIDTH_PX = 16_384;
/** Before the pixels of libvips' own format, which are as in memory. */
const HEADER_BYTES = 64;
const CHUNK_BYTES = 1 << 22;

/**
 * Decodes a panorama into memory that threads share. It goes by way of a file at `rawPath`
 * (which must end in `.v`, libvips' uncompressed format), removed again: the decoder's own copy would
 * double the memory.
 */
export async function readSphere(picture: OpenPicture, rawPath: string): Promise<Sphere> {
	await mkdir(dirname(rawPath), { recursive: true });
	try {
		const widthPx = Math.min(picture.widthPx, MAX_SPHERE_WIDTH_PX);
		const heightPx = Math.round(widthPx / 2);
		await picture.pixels().resize(widthPx, heightPx, { fit: 'fill' }).removeAlpha().toFile(rawPath);
		const data = new Uint8Array(new SharedArrayBuffer(widthPx * heightPx * 3));
		await readInto(rawPath, data);
		return { data, widthPx, heightPx };
	} finally {
		await rm(rawPath, { force: true });
	}
}

async function readInto(path: string, data: Uint8Array): Promise<void> {
	await using handle = await open(path, 'r');
	for (let at = 0; at < data.length; ) {
		const { bytesRead } = await handle.read(
			data,
			at,
			Math.min(CHUNK_BYTES, data.length - at),
			at + HEADER_BYTES,
		);
		if (bytesRead === 0) throw new Error('panorama: the decoder wrote too little — try again');
		at += bytesRead;
	}
}
