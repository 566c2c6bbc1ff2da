import { eq } from 'drizzle-orm';
import type { JobFailure } from '#schema/job/job';
import type { Transaction } from '../database/database.ts';
import { asset } from '../database/schema/assets.ts';
import {
	markDone,
	markFailed as markJobFailed,
	markRunning as markJobRunning,
} from '../jobs/job-progress.ts';
import type { DigitizeTask } from './digitize-task.ts';
import { REFINE } from './pass-names.ts';

type AssetChange = Partial<typeof asset.$inferInsert>;
type Manifest = NonNullable<AssetChange['manifest']>;

async function change(tx: Transaction, id: string, to: AssetChange): Promise<void> {
	await tx
		.update(asset)
		.set({ ...to, updatedAt: new Date() })
		.where(eq(asset.id, id));
}

/** A second pass makes better what is shown: how it fares says nothing about the asset. */
async function changeFirst(tx: Transaction, task: DigitizeTask, to: AssetChange): Promise<void> {
	if (task.kind !== REFINE) await change(tx, task.asset, to);
}

/** The pass is begun, once more. */
export async function markRunning(tx: Transaction, task: DigitizeTask): Promise<void> {
	await changeFirst(tx, task, { status: 'running' });
	await markJobRunning(tx, task);
}

/** The asset waits for the next turn of its pass. */
export function markWaiting(tx: Transaction, task: DigitizeTask): Promise<void> {
	return changeFirst(tx, task, { status: 'queued' });
}

/** The asset gets no further; `failure` says why in plain words. */
export function markGivenUp(
	tx: Transaction,
	task: DigitizeTask,
	failure: JobFailure,
): Promise<void> {
	return changeFirst(tx, task, { status: 'failed', failure });
}

/** The pass is over without a result; `failure` says why in plain words. */
export async function markFailed(
	tx: Transaction,
	task: DigitizeTask,
	failure: JobFailure,
): Promise<void> {
	await markGivenUp(tx, task, failure);
	await markJobFailed(tx, task, failure);
}

/** The pass is over and its asset can be shown. */
export async function markReady(
	tx: Transaction,
	task: DigitizeTask,
	manifest: Manifest,
): Promise<void> {
	await change(tx, task.asset, { status: 'ready', manifest, failure: null });
	await markDone(tx, task);
}

/** The second pass is over; `manifest` names its files, or is left out where there was nothing to add. */
export async function markRefined(
	tx: Transaction,
	task: DigitizeTask,
	manifest?: Manifest,
): Promise<void> {
	if (manifest) await change(tx, task.asset, { manifest });
	await markDone(tx, task);
}
