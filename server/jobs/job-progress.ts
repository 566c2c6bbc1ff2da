import { and, eq, sql } from 'drizzle-orm';
import type { DigitizeStage } from '#schema/digitize/digitize-event';
import type { JobFailure } from '#schema/job/job';
import type { Queryable, Transaction } from '../database/database.ts';
import { asset } from '../database/schema/assets.ts';
import { job as jobTable } from '../database/schema/jobs.ts';
import type { DigitizeTask } from './queue.ts';

type JobChange = Partial<typeof jobTable.$inferInsert>;
type AssetChange = Partial<typeof asset.$inferInsert>;

/** A second pass makes better what is shown: how it fares says nothing about the asset. */
async function change(tx: Transaction, task: DigitizeTask, job: JobChange, of: AssetChange) {
	const updatedAt = new Date();
	if (task.kind !== 'refine') {
		await tx
			.update(asset)
			.set({ ...of, updatedAt })
			.where(eq(asset.id, task.asset));
	}
	await tx
		.update(jobTable)
		.set({ ...job, updatedAt })
		.where(eq(jobTable.id, task.job));
}

/** The job is begun, once more. */
export function markRunning(tx: Transaction, task: DigitizeTask): Promise<void> {
	return change(
		tx,
		task,
		{
			status: 'running',
			stage: null,
			progress: 0,
			attempt: sql`${jobTable.attempt} + 1` as unknown as number,
		},
		{ status: 'running' },
	);
}

/** The job waits for its next turn. */
export function markQueued(tx: Transaction, task: DigitizeTask): Promise<void> {
	return change(tx, task, { status: 'queued', stage: null, progress: 0 }, { status: 'queued' });
}

/** The job is over without a result; `failure` says why in plain words. */
export function markFailed(
	tx: Transaction,
	task: DigitizeTask,
	failure: JobFailure,
): Promise<void> {
	return change(tx, task, { status: 'failed', failure }, { status: 'failed', failure });
}

/** The job is over and its asset can be shown. */
export function markReady(
	tx: Transaction,
	task: DigitizeTask,
	manifest: NonNullable<AssetChange['manifest']>,
): Promise<void> {
	return change(
		tx,
		task,
		{ status: 'done', stage: null, progress: 1, failure: null },
		{ status: 'ready', manifest, failure: null },
	);
}

/** The second pass is over; `manifest` names its files, or is left out where there was nothing to add. */
export async function markRefined(
	tx: Transaction,
	task: DigitizeTask,
	manifest?: NonNullable<AssetChange['manifest']>,
): Promise<void> {
	if (manifest) {
		await tx.update(asset).set({ manifest, updatedAt: new Date() }).where(eq(asset.id, task.asset));
	}
	await change(tx, task, { status: 'done', stage: null, progress: 1, failure: null }, {});
}

/** Whether a scan waits to be shown at all, on any machine. */
export async function isFirstPassWaiting(db: Queryable): Promise<boolean> {
	const waiting = await db
		.select({ id: jobTable.id })
		.from(jobTable)
		.where(and(eq(jobTable.status, 'queued'), eq(jobTable.kind, 'digitize')))
		.limit(1);
	return waiting.length > 0;
}

/** How far the running job is. */
export async function reportProgress(
	db: Queryable,
	task: DigitizeTask,
	stage: DigitizeStage,
	progress: number,
): Promise<void> {
	await db
		.update(jobTable)
		.set({ stage, progress, updatedAt: new Date() })
		.where(sql`${jobTable.id} = ${task.job} and ${jobTable.status} = 'running'`);
}
