import { z } from 'zod';

/** Why the pipeline refuses a file. Stable: pages key their sentence by it. */
export const REFUSAL_CODES = [
	'file-unreadable',
	'file-empty',
	'format-unknown',
	'extension-wrong',
	'extension-unsupported',
	'file-truncated',
	'json-invalid',
	'structure-invalid',
	'count-impossible',
	'index-out-of-range',
	'position-not-finite',
	'nodes-cyclic',
	'reference-outside',
	'reference-network',
	'reference-missing',
	'texture-unreadable',
	'mesh-empty',
	'points-empty',
	'splats-empty',
	'archive-unsafe',
	'archive-empty',
	'archive-ambiguous',
	'usdz-alone',
	'image-unreadable',
	'image-too-large',
	'panorama-shape',
	'media-unreadable',
	'media-tool-missing',
	'captions-invalid',
	'scan-too-large',
	'reader-crashed',
	'memory-exhausted',
	'time-exhausted',
] as const;

export const refusalCode = z.enum(REFUSAL_CODES).meta({ id: 'RefusalCode' });

export type RefusalCode = z.infer<typeof refusalCode>;
