import { z } from 'zod';
import { LENGTH_UNITS, TIERS, UP_AXES } from './asset-manifest.ts';
import { bounds } from './geometry.ts';

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

/** What was found in a scan and done to it, in codes and numbers: the same input always gives the same report. */
export const digitizeReport = z
	.object({
		format: z.literal('xishan-report/1'),
		unit: detected(LENGTH_UNITS),
		up: detected(UP_AXES),
		measures: z.object({
			vertices: z.int().nonnegative(),
			triangles: z.int().nonnegative(),
			bounds,
			boundaryEdges: z.int().nonnegative(),
			nonManifoldEdges: z.int().nonnegative(),
			degenerateTriangles: z.int().nonnegative(),
			materials: z.int().nonnegative(),
			textures: z.array(
				z.object({ name: z.string(), widthPx: z.int(), heightPx: z.int(), bytes: z.int() }),
			),
		}),
		findings: z.array(finding),
		/**
		 * How far each tier was measured to lie from the original, in metres, in both directions together;
		 * `method` names how points were chosen, `samples` counts them.
		 */
		deviations: z
			.array(
				z.object({
					tier: z.enum(TIERS),
					method: z.string(),
					samples: z.int().positive(),
					rmsM: z.number().nonnegative(),
					p99M: z.number().nonnegative(),
					maxM: z.number().nonnegative(),
				}),
			)
			.optional(),
	})
	.meta({ id: 'DigitizeReport' });

export type Finding = z.infer<typeof finding>;
export type DigitizeReport = z.infer<typeof digitizeReport>;
