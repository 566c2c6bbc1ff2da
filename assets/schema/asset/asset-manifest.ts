import { z } from 'zod';
import { bounds } from '../value/geometry.ts';
import { sha256 } from '../value/id.ts';
import { audioParts, imageParts, panoramaParts, videoParts } from './flat-asset.ts';
import { fileEntry, fileReference, pictureFile } from './stored-file.ts';

export const ASSET_KINDS = [
	'mesh',
	'points',
	'splats',
	'image',
	'panorama',
	'audio',
	'video',
] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

/** Tiers 画质档, coarse to fine. */
export const TIERS = ['thumb', 'low', 'mid', 'high'] as const;
export type Tier = (typeof TIERS)[number];

/** Classes of machines a piece is shown on. */
export const PROFILES = ['headset', 'phone', 'desktop', 'kiosk'] as const;
export type Profile = (typeof PROFILES)[number];

export const LENGTH_UNITS = ['mm', 'cm', 'm'] as const;
/** `-Y`: what the file calls down is up, as splats are trained. */
export const UP_AXES = ['Y', 'Z', '-Y'] as const;

/**
 * One step of the ladder. `errorM`: how far, in metres, its surface was measured to lie from the
 * original. `gpuBytes`: what it occupies once uploaded (geometry, textures with mips). `brotliBytes`:
 * on the wire when the store serves it with `Content-Encoding: br`; equal to `bytes` when that does
 * not pay. `points`: of a cloud, which has no triangles. `ktx2`: the same geometry with textures that
 * stay compressed on the graphics card; added later, without changing anything else.
 */
export const tierFile = fileEntry
	.extend({
		tier: z.enum(TIERS),
		triangles: z.int().nonnegative(),
		points: z.int().positive().optional(),
		texturePx: z.int().nonnegative(),
		errorM: z.number().nonnegative(),
		gpuBytes: z.int().nonnegative(),
		brotliBytes: z.int().positive(),
		ktx2: fileEntry
			.extend({ gpuBytes: z.int().nonnegative(), brotliBytes: z.int().positive() })
			.optional(),
	})
	.meta({ id: 'TierFile' });

/** A Gaussian-splat file. `shDegree`: degree of the spherical harmonics that were kept, 0 to 3. */
export const splatFile = fileEntry
	.extend({
		tier: z.enum(TIERS),
		encoding: z.enum(['spz', 'sog']),
		splats: z.int().positive(),
		shDegree: z.int().min(0).max(3),
	})
	.meta({ id: 'SplatFile' });

/** Turning pictures in one sheet: `frames` of `frameWidthPx`, row by row, `columns` a row, one full turn. */
const turntable = fileEntry.extend({
	frames: z.int().positive(),
	columns: z.int().positive(),
	frameWidthPx: z.int().positive(),
	frameHeightPx: z.int().positive(),
});

/** What each class of machines loads at most, and how many pixels of error it may show. */
const profiles = z.partialRecord(
	z.enum(PROFILES),
	z.object({
		tier: z.enum(TIERS),
		texture: z.enum(['webp', 'ktx2']),
		errorTargetPx: z.number().positive(),
	}),
);

const common = z.object({
	format: z.literal('xishan-asset/1'),
	poster: pictureFile,
	/** The poster smaller, for cards, large to small. */
	cards: z.array(pictureFile).optional(),
	report: fileReference,
	recipe: z.object({
		tools: z.record(z.string(), z.string()),
		options: z.record(z.string(), z.json()),
	}),
});

/** Common to what stands in space: bounds in metres, +Y up, and tiers coarse to fine. */
const spatial = common.extend({
	bounds,
	source: z.object({
		name: z.string().min(1),
		bytes: z.int().positive(),
		sha256,
		triangles: z.int().nonnegative(),
		points: z.int().positive().optional(),
		splats: z.int().positive().optional(),
		unit: z.enum(LENGTH_UNITS),
		up: z.enum(UP_AXES),
	}),
	tiers: z.array(tierFile),
	/**
	 * A 3D Tiles 1.1 tileset. `errorM`: how far its coarsest tile may lie from the scan, with the detail
	 * of colour it lacks; its finest are the scan itself. `count` tiles of `bytes` together. `ktx2`: a
	 * second tileset of the same tiles, of which `count`, the coarsest, have textures that stay
	 * compressed on the graphics card, in `bytes` more of files; the others are those of the first. Added
	 * later, without changing anything else.
	 */
	tiles: z
		.object({
			file: fileReference,
			errorM: z.number().nonnegative(),
			count: z.int().positive().optional(),
			bytes: z.int().positive().optional(),
			ktx2: z
				.object({ file: fileReference, count: z.int().positive(), bytes: z.int().positive() })
				.optional(),
		})
		.optional(),
	turntable: turntable.optional(),
	ar: z.object({ usdz: fileReference, bytes: z.int().positive().optional() }).optional(),
	profiles: profiles.optional(),
});

const meshManifest = spatial.extend({ kind: z.literal('mesh') });
const pointsManifest = spatial.extend({ kind: z.literal('points') });
const splatsManifest = spatial.extend({ kind: z.literal('splats'), splats: z.array(splatFile) });
const imageManifest = common.extend({ kind: z.literal('image'), ...imageParts });
const panoramaManifest = common.extend({ kind: z.literal('panorama'), ...panoramaParts });
const audioManifest = common.extend({ kind: z.literal('audio'), ...audioParts });
const videoManifest = common.extend({ kind: z.literal('video'), ...videoParts });

/** What the pipeline writes and the engine reads: one scan with its derivatives, told apart by `kind`. */
export const assetManifest = z
	.discriminatedUnion('kind', [
		meshManifest,
		pointsManifest,
		splatsManifest,
		imageManifest,
		panoramaManifest,
		audioManifest,
		videoManifest,
	])
	.meta({ id: 'AssetManifest' });

export type TierFile = z.infer<typeof tierFile>;
export type SplatFile = z.infer<typeof splatFile>;
export type AssetManifest = z.infer<typeof assetManifest>;
/** The manifests of what stands in space and has a ladder of tiers. */
export type SpatialManifest = Extract<AssetManifest, { kind: 'mesh' | 'points' | 'splats' }>;
export type LengthUnit = (typeof LENGTH_UNITS)[number];
export type UpAxis = (typeof UP_AXES)[number];

/** Whether an asset stands in space, with bounds and tiers. */
export function isSpatial(manifest: AssetManifest): manifest is SpatialManifest {
	return manifest.kind === 'mesh' || manifest.kind === 'points' || manifest.kind === 'splats';
}
