import { z } from 'zod';
import { sha256 } from '../value/id.ts';
import { fileEntry, fileReference } from './stored-file.ts';

const source = z.object({
	name: z.string().min(1),
	bytes: z.int().positive(),
	sha256,
});
const size = { widthPx: z.int().positive(), heightPx: z.int().positive() };
const folderSize = { count: z.int().positive(), bytes: z.int().positive() };

/** Spoken or written words of a recording, one WebVTT file a language (BCP 47). */
const captions = z.array(
	fileEntry.extend({ language: z.string().min(2), cues: z.int().positive() }),
);

/** Before and after, integrated, and the highest true peak of what is published, dB. */
const loudness = z.object({
	inputLufs: z.number(),
	outputLufs: z.number(),
	truePeakDb: z.number(),
});

/**
 * An image: `master`, one pyramidal tiled file an image server can cut any region from, and the same
 * pixels as IIIF Image API 3 level-0 tiles, for places without one; whoever publishes them writes the
 * absolute address into the `id` of `iiif.file`, which says ".". `pxPerMm` where it is known.
 */
export const imageParts = {
	source: source.extend({ ...size, pxPerMm: z.number().positive().optional() }),
	master: fileEntry.extend({ ...size, levels: z.int().positive(), tilePx: z.int().positive() }),
	iiif: z.object({ file: fileReference, tilePx: z.int().positive(), ...folderSize }),
};

/**
 * An equirectangular panorama as six faces of a cube, in levels from coarse to fine. `pattern` is a URI
 * template of the tiles with {level}, {face} (px, nx, py, ny, pz, nz: the axis it looks along, +Y up),
 * {column} and {row}, counted from the top left. Faces are as seen from inside, not mirrored; the middle
 * of the panorama is −Z. The top of py is +Z, the top of ny is −Z.
 */
export const panoramaParts = {
	source: source.extend(size),
	faces: z.object({
		pattern: fileReference,
		tilePx: z.int().positive(),
		levels: z.array(z.object({ facePx: z.int().positive() })).min(1),
		...folderSize,
	}),
};

/** A recording: the same sound in several codings, all at the same loudness (LUFS, EBU R 128). */
export const audioParts = {
	source: source.extend({
		durationS: z.number().positive(),
		channels: z.int().positive(),
		sampleRateHz: z.int().positive(),
	}),
	streams: z.array(
		fileEntry.extend({ codec: z.enum(['opus', 'aac']), bitrateKbps: z.number().positive() }),
	),
	loudness,
	captions: captions.optional(),
};

/** A film as an HLS ladder, coarse to fine; `loudness` where it has sound. */
export const videoParts = {
	source: source.extend({
		...size,
		durationS: z.number().positive(),
		framesPerS: z.number().positive(),
	}),
	hls: z.object({
		file: fileReference,
		renditions: z.array(z.object({ ...size, bitrateKbps: z.number().positive() })).min(1),
		...folderSize,
	}),
	loudness: loudness.optional(),
	captions: captions.optional(),
};
