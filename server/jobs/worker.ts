import type { Job as BossJob } from 'pg-boss';
import type { Database } from '../database/database.ts';
import { type GiveWay, YieldError } from './give-way.ts';
import type { JobKind, Task } from './job-kind.ts';
import { markFailed, markQueued } from './job-progress.ts';
import {
	QUEUE,
	QUEUE_DEAD,
	type Queue,
	type QueuedTask,
	type QueueParts,
	taskOf,
} from './queue.ts';

/** New jobs are notified; retries and those of the dead are only found by looking. */
const POLLING = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 };
/** How long a job stays away after it made way. */
const YIELD_S = 5;
/** How long a job whose kind is not known here stays away: a newer version may take it. */
const UNKNOWN_S = 60;

export interface WorkerParts extends QueueParts {
	queue: Queue;
	giveWay: GiveWay;
	/** Jobs side by side in this process. */
	atOnce: number;
}

type Worker = WorkerParts & { stopping: AbortSignal };

function kindOf(kinds: readonly JobKind[], { kind }: Task): JobKind | undefined {
	return kinds.find(({ name }) => name === kind);
}

async function putBack(
	{ db, queue }: Pick<Worker, 'db' | 'queue'>,
	kind: JobKind | undefined,
	{ id, data }: BossJob<QueuedTask>,
	delayS: number,
): Promise<void> {
	const task = taskOf(data);
	await db.orm.transaction(async (tx) => {
		await markQueued(tx, task);
		await kind?.onWaiting?.(tx, task);
		await queue.requeue(tx, id, task, delayS);
	});
}

/** It will be tried again, by whoever is next. */
async function markWaiting(db: Database, kind: JobKind, task: Task): Promise<void> {
	await db.orm.transaction(async (tx) => {
		await markQueued(tx, task);
		await kind.onWaiting?.(tx, task);
	});
}

async function runJob(worker: Worker, job: BossJob<QueuedTask>): Promise<void> {
	const { db, logger, queue, stopping, giveWay } = worker;
	const task = taskOf(job.data);
	const kind = kindOf(worker.kinds, task);
	if (kind === undefined) {
		logger.warn({ job: task.job, kind: task.kind }, 'job: of a kind not known here, it waits');
		await putBack(worker, undefined, job, UNKNOWN_S);
		return;
	}
	let yielding: AbortSignal | undefined;
	try {
		await giveWay.whileRunning(kind, async (signal) => {
			yielding = signal;
			const either = AbortSignal.any([stopping, job.signal, signal]);
			await kind.run(task, { signal: either, enqueue: queue.enqueue });
		});
	} catch (error) {
		// Being stopped comes first; what a library makes of an abort does not matter.
		const makesWay = yielding?.reason instanceof YieldError;
		if (stopping.aborted || (makesWay && !job.signal.aborted)) {
			await putBack(worker, kind, job, stopping.aborted ? 0 : YIELD_S);
			logger.info({ job: task.job }, 'job: stopped, back in the queue');
			return;
		}
		// Without the claim, the job is another worker's by now: nothing of it may be touched.
		if (!job.signal.aborted) {
			logger.warn({ err: error, job: task.job, subject: task.subject }, 'job: failed');
			await markWaiting(db, kind, task);
		}
		throw error;
	}
}

/** Tells followers of a job that was tried often enough. */
async function giveUp({ db, kinds, logger }: Worker, task: Task): Promise<void> {
	logger.error({ job: task.job, subject: task.subject }, 'job: given up');
	const kind = kindOf(kinds, task);
	if (kind === undefined) throw new Error(`job: nobody here knows what ${task.kind} is`);
	await db.orm.transaction(async (tx) => markFailed(tx, task, await kind.giveUp(tx, task)));
}

/** Takes jobs from the queue, and tells people about those that failed for good. Disposing stops both. */
export async function startWorker(parts: WorkerParts): Promise<AsyncDisposable> {
	const stop = new AbortController();
	const { boss } = parts.queue;
	const worker: Worker = { ...parts, stopping: stop.signal };
	for (const kind of parts.kinds) await kind.prepare?.();

	await boss.work<QueuedTask>(
		QUEUE,
		{ localConcurrency: parts.atOnce, batchSize: 1, ...POLLING },
		async (jobs) => {
			for (const job of jobs) await runJob(worker, job);
		},
	);
	await boss.work<QueuedTask>(QUEUE_DEAD, POLLING, async (jobs) => {
		for (const { data } of jobs) await giveUp(worker, taskOf(data));
	});
	return {
		async [Symbol.asyncDispose]() {
			stop.abort(new Error('the worker stops'));
			await boss.offWork(QUEUE, { wait: true });
			await boss.offWork(QUEUE_DEAD, { wait: true });
		},
	};
}
