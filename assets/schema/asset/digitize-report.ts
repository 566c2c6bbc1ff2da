import { z } from 'zod';
import { bounds } from '../value/geometry.ts';
import { ASSET_KINDS, LENGTH_UNITS, TIERS, UP_AXES } from './asset-manifest.ts';

/** What the pipeline can find in a scan. `info` states, `fixed` was mended, `warning` deserves a look. */
export const finding = z
	.object({
		code: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/),
		level: z.enum(['info', 'fixed', 'warning']),
		values: z.record(z.string(), z.union([z.number(), z.string()])),
	})
	.meta({ id: 'Finding' });

const detected = <T extends readonly [string, ...string[]]>(values: T) =>
	z.object({
		value: z.enum(values),
		how: z.enum(['format', 'detected', 'given']),
		/** 0 to 1; 1 when the format defines it or the curator gave it. */
		confidence: z.number().min(0).max(1),
	});

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const amount = z.number().nonnegative();

/** One image of a scan as it came. `space` and `depth` in libvips' words; `profile`: the name in its ICC profile. */
const textureMeasures = z.object({
	name: z.string(),
	widthPx: z.int(),
	heightPx: z.int(),
	bytes: z.int(),
	megapixels: amount,
	isPowerOfTwo: z.boolean(),
	/** Which maps of the materials read it. */
	roles: z.array(z.string()),
	format: z.string(),
	space: z.string(),
	depth: z.string(),
	channels: z.int().positive(),
	profile: z.string().optional(),
});

/**
 * How a texture lies on a surface. `coverage`: share of the textures' area that the surface uses;
 * `overlap`: share of that which more than one place uses; `outside`: share of the surface with maps
 * whose coordinates leave the square 0 to 1, where the texture repeats. The first two are missing
 * where they would have cost too much to count.
 */
const uvMeasures = z.object({
	coverage: share.optional(),
	overlap: share.optional(),
	outside: share,
	/** Texels along a millimetre of surface, at 5, 50 and 95 % of the area with maps. */
	texelDensityPxPerMm: z.object({ p5: amount, p50: amount, p95: amount }).optional(),
});

/**
 * The indicators of DB11/T 1922-2021 文物三维数字化技术规范 器物 that a finished mesh can answer by itself.
 * `surfaceCompleteness` 完整度: measured area over that area and the estimated area of its gaps (the
 * standard divides by the real area, which nobody knows); `textureCompleteness`: share of the surface
 * coloured by a picture; `textureResolutionPxPerMm` 贴图分辨率 and `geometricResolutionMm` (mean edge);
 * `accuracyM`: the largest measured distance of the finest tier from the scan, not of the scan from the
 * artefact, which only its capture can tell.
 */
const indicators = z.object({
	surfaceCompleteness: share,
	textureCompleteness: share.optional(),
	textureResolutionPxPerMm: amount.optional(),
	geometricResolutionMm: amount,
	accuracyM: amount.optional(),
});

/**
 * What a mesh is like. Counts of flawed vertices and triangles are those of the file; edges, holes,
 * pieces and sizes are those of the surface without them, as it is published.
 */
const meshMeasures = z.object({
	vertices: count,
	triangles: count,
	/** In the exhibit's frame, metres. */
	bounds,
	/** Width, height, depth in the exhibit's frame. */
	sizeMm: z.tuple([amount, amount, amount]),
	/** Vertices that repeat another in every attribute, and those no triangle uses. */
	duplicateVertices: count,
	unusedVertices: count,
	degenerateTriangles: count,
	/** Triangles that repeat another in every attribute; in place only; in place, but facing the other way. */
	duplicateTriangles: count,
	coincidentTriangles: count,
	backToBackTriangles: count,
	/** Triangles whose winding contradicted the rest of their surface, or that lay inside out. */
	flippedTriangles: count,
	boundaryEdges: count,
	nonManifoldEdges: count,
	/** Parts that share no vertex; `fragments` have less than 0.1 % of the surface each. */
	components: count,
	largestComponentShare: share,
	fragments: count,
	fragmentsShare: share,
	/** Gaps in a surface; the outer edge of a sheet (a relief, a bowl) is a rim, no gap. */
	holes: count,
	rims: count,
	largestHolePerimeterMm: amount,
	/** Estimated by closing each hole with a fan. */
	holesAreaMm2: amount,
	/** Vertices − edges + faces: 2 for one closed ball, 0 for one closed ring. */
	euler: z.int(),
	isWatertight: z.boolean(),
	isOrientable: z.boolean(),
	areaMm2: amount,
	/** Only of a closed surface. */
	volumeMm3: amount.optional(),
	meanEdgeMm: amount,
	materials: count,
	hasVertexColours: z.boolean(),
	textures: z.array(textureMeasures),
	uv: uvMeasures.optional(),
	indicators,
});

/**
 * How far a published tier lies from the scan, measured at `samples` points, in metres: root mean
 * square, 99th percentile, largest. `method` says between what and in which directions.
 */
const deviation = z.object({
	tier: z.enum(TIERS),
	method: z.string().min(1),
	samples: z.int().positive(),
	rmsM: amount,
	p99M: amount,
	maxM: amount,
});

const common = {
	format: z.literal('xishan-report/1'),
	findings: z.array(finding),
	/** The same for people, one thought a sentence, in the order to be read. */
	sentences: z.object({ 'zh-CN': z.array(z.string()), en: z.array(z.string()) }),
	deviations: z.array(deviation).optional(),
};

const [, ...OTHER_KINDS] = ASSET_KINDS;

export const meshReport = z.object({
	...common,
	kind: z.literal('mesh'),
	unit: detected(LENGTH_UNITS),
	up: detected(UP_AXES),
	measures: meshMeasures,
});

/** Of what is no mesh: whatever was measured, with the unit in the name (`durationS`, `widthPx`). */
export const plainReport = z.object({
	...common,
	kind: z.enum(OTHER_KINDS),
	unit: detected(LENGTH_UNITS).optional(),
	up: detected(UP_AXES).optional(),
	measures: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), z.json()),
});

/** What was found in a scan and done to it: the same input always gives the same report. */
export const digitizeReport = z
	.discriminatedUnion('kind', [meshReport, plainReport])
	.meta({ id: 'DigitizeReport' });

export type Finding = z.infer<typeof finding>;
export type DigitizeReport = z.infer<typeof digitizeReport>;
export type MeshReport = z.infer<typeof meshReport>;
export type MeshMeasures = z.infer<typeof meshMeasures>;
export type PlainReport = z.infer<typeof plainReport>;
export type Deviation = z.infer<typeof deviation>;
