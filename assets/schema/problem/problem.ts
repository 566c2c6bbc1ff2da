import { z } from 'zod';

/** Stable codes of what can go wrong with a request; pages key their sentence by them. */
export const PROBLEM_CODES = [
	'invalid',
	'not-found',
	'method-not-allowed',
	'conflict',
	'precondition-failed',
	'range-unsatisfiable',
	'too-large',
	'unsupported',
	'expired',
	'unauthenticated',
	'forbidden',
	'rate-limited',
	'unavailable',
	'internal',
	'newer-format',
] as const;

/** Problem details (RFC 9457), the answer to every failed request. */
export const problem = z
	.object({
		type: z.string(),
		title: z.string(),
		status: z.int().min(400).max(599),
		code: z.enum(PROBLEM_CODES),
		detail: z.string(),
		requestId: z.string(),
		/** Which parts of the request were wrong, as dotted paths. */
		errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
		/** Of a conflict over a record: its newest revision, by whom and when. */
		now: z
			.object({
				revision: z.int().nonnegative(),
				author: z.string().nullable(),
				at: z.string().nullable(),
			})
			.optional(),
		/** Of a withdrawal that is refused: the published records that need it. */
		neededBy: z.array(z.string()).optional(),
	})
	.meta({ id: 'Problem' });

export type Problem = z.infer<typeof problem>;
export type ProblemCode = (typeof PROBLEM_CODES)[number];
