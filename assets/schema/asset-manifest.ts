import { z } from 'zod';
import { bounds } from './geometry.ts';
import { sha256 } from './id.ts';

export const ASSET_KINDS = [
	'mesh',
	'points',
	'splats',
	'image',
	'panorama',
	'audio',
	'video',
] as const;

/** Tiers 画质档, coarse to fine. */
export const TIERS = ['thumb', 'low', 'mid', 'high'] as const;
export type Tier = (typeof TIERS)[number];

export const LENGTH_UNITS = ['mm', 'cm', 'm'] as const;
export const UP_AXES = ['Y', 'Z'] as const;

/** A URI reference, resolved against the address the manifest was read from. */
const fileReference = z.string().min(1);

/**
 * One step of the ladder. `errorM`: how far, in metres, its surface may lie from the original.
 * `gpuBytes`: what it occupies once uploaded (geometry, textures with mips). `brotliBytes`: on the
 * wire when the store serves it with `Content-Encoding: br`; equal to `bytes` when that does not pay.
 */
export const tierFile = z
	.object({
		tier: z.enum(TIERS),
		file: fileReference,
		bytes: z.int().positive(),
		sha256,
		triangles: z.int().nonnegative(),
		texturePx: z.int().nonnegative(),
		errorM: z.number().nonnegative(),
		gpuBytes: z.int().nonnegative(),
		brotliBytes: z.int().positive(),
	})
	.meta({ id: 'TierFile' });

/** What the pipeline writes and the engine reads: one scan with its derivatives. Bounds in metres, +Y up. */
export const assetManifest = z
	.object({
		format: z.literal('xishan-asset/1'),
		kind: z.enum(ASSET_KINDS),
		bounds,
		source: z.object({
			name: z.string().min(1),
			bytes: z.int().positive(),
			sha256,
			triangles: z.int().nonnegative(),
			unit: z.enum(LENGTH_UNITS),
			up: z.enum(UP_AXES),
		}),
		tiers: z.array(tierFile),
		tiles: z.object({ file: fileReference, errorM: z.number().nonnegative() }).optional(),
		poster: z.object({
			file: fileReference,
			widthPx: z.int().positive(),
			heightPx: z.int().positive(),
		}),
		ar: z.object({ usdz: fileReference }).optional(),
		report: fileReference,
		recipe: z.object({
			tools: z.record(z.string(), z.string()),
			options: z.record(z.string(), z.json()),
		}),
	})
	.meta({ id: 'AssetManifest' });

export type TierFile = z.infer<typeof tierFile>;
export type AssetManifest = z.infer<typeof assetManifest>;
export type LengthUnit = (typeof LENGTH_UNITS)[number];
export type UpAxis = (typeof UP_AXES)[number];
