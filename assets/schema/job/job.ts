import { z } from 'zod';
import { refusalCode } from '../digitize/refusal.ts';

export const JOB_STATUSES = ['queued', 'running', 'done', 'failed'] as const;

/** Why a job failed: a refusal of the input, or a fault of ours (`internal`). */
export const jobFailure = z
	.object({ code: z.union([refusalCode, z.literal('internal')]), message: z.string() })
	.meta({ id: 'JobFailure' });

/** A job: work of some `kind` on a subject. `attempt` counts from 1 once it has started. Times are ISO 8601, UTC. */
export const job = z
	.object({
		id: z.uuid(),
		/** `digitize` makes an asset of a scan; `refine`, behind all others, adds to one that is shown what takes long. */
		kind: z.string(),
		/** What it works on: `asset/<id>`, `record/<resource>/<id>`, or `house`. */
		subject: z.string(),
		status: z.enum(JOB_STATUSES),
		/** A step of its kind; of digitisation one of `DIGITIZE_STAGES`. */
		stage: z.string().nullable(),
		progress: z.number().min(0).max(1),
		attempt: z.int().nonnegative(),
		failure: jobFailure.nullable(),
		createdAt: z.iso.datetime(),
		updatedAt: z.iso.datetime(),
	})
	.meta({ id: 'Job' });

export type Job = z.infer<typeof job>;
export type JobFailure = z.infer<typeof jobFailure>;
