import { and, eq, inArray, sql } from 'drizzle-orm';
import type { JobFailure } from '#schema/job/job';
import type { Queryable, Transaction } from '../database/database.ts';
import { job as jobTable } from '../database/schema/jobs.ts';
import type { Task } from './job-kind.ts';

/** What a change names: the job, whatever it works on. */
type Named = Pick<Task, 'job'>;

async function change(
	tx: Transaction,
	{ job }: Named,
	to: Partial<typeof jobTable.$inferInsert>,
): Promise<void> {
	await tx
		.update(jobTable)
		.set({ ...to, updatedAt: new Date() })
		.where(eq(jobTable.id, job));
}

/** The job is begun, once more. */
export function markRunning(tx: Transaction, task: Named): Promise<void> {
	const attempt = sql`${jobTable.attempt} + 1` as unknown as number;
	return change(tx, task, { status: 'running', stage: null, progress: 0, attempt });
}

/** The job waits for its next turn. */
export function markQueued(tx: Transaction, task: Named): Promise<void> {
	return change(tx, task, { status: 'queued', stage: null, progress: 0 });
}

/** The job is over without a result; `failure` says why in plain words. */
export function markFailed(tx: Transaction, task: Named, failure: JobFailure): Promise<void> {
	return change(tx, task, { status: 'failed', failure });
}

/** The job is over, and what it was for is there. */
export function markDone(tx: Transaction, task: Named): Promise<void> {
	return change(tx, task, { status: 'done', stage: null, progress: 1, failure: null });
}

/** A job of one of these kinds that waits, the longest waiting first; undefined when none does. */
export async function waitingJob(
	db: Queryable,
	kinds: readonly string[],
): Promise<string | undefined> {
	const [waiting] = await db
		.select({ id: jobTable.id })
		.from(jobTable)
		.where(and(eq(jobTable.status, 'queued'), inArray(jobTable.kind, [...kinds])))
		.orderBy(jobTable.createdAt)
		.limit(1);
	return waiting?.id;
}

/** How far the running job is. */
export async function reportProgress(
	db: Queryable,
	task: Named,
	stage: string,
	progress: number,
): Promise<void> {
	await db
		.update(jobTable)
		.set({ stage, progress, updatedAt: new Date() })
		.where(and(eq(jobTable.id, task.job), eq(jobTable.status, 'running')));
}
