import { z } from 'zod';
import { refusalCode } from './refusal.ts';

/** The steps of digitisation, in the order they run; each kind of scan takes those it needs. */
export const DIGITIZE_STAGES = [
	'read',
	'inspect',
	'orient',
	'simplify',
	'texture',
	'compress',
	'validate',
	'measure',
	'tile',
	'transcode',
	'picture',
	'turntable',
	'ar',
	'report',
	'archive',
] as const;

export type DigitizeStage = (typeof DIGITIZE_STAGES)[number];

/** One JSON line on the pipeline's standard output with `--json`. `input` is the file's name as given. */
export const digitizeEvent = z.discriminatedUnion('event', [
	z.object({
		event: z.literal('progress'),
		input: z.string(),
		stage: z.enum(DIGITIZE_STAGES),
		/** Share of the whole input's work that is done, 0 to 1, never falling. */
		progress: z.number().min(0).max(1),
	}),
	z.object({ event: z.literal('done'), input: z.string(), manifest: z.string() }),
	z.object({
		event: z.literal('refused'),
		input: z.string(),
		code: refusalCode,
		message: z.string(),
	}),
]);

export type DigitizeEvent = z.infer<typeof digitizeEvent>;
