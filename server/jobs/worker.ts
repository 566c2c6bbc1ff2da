import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job as BossJob } from 'pg-boss';
import { digitizeAsset } from '../digitize/digitize-asset.ts';
import { refineAsset, YieldError } from '../digitize/refine-asset.ts';
import type { PassParts } from '../digitize/run-pass.ts';
import { CACHE_FOLDER, StepCaches } from '../digitize/step-caches.ts';
import { markFailed, markQueued } from './job-progress.ts';
import type { JobParts } from './job-service.ts';
import { DIGITIZE, DIGITIZE_DEAD, type DigitizeTask, type Queue } from './queue.ts';

/** New jobs are notified; retries and those of the dead are only found by looking. */
const POLLING = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 };
/** Folders older than this belong to nobody who still lives. */
const LEFTOVER_MS = 24 * 60 * 60 * 1000;

const INTERNAL_FAILURE = {
	code: 'internal',
	message:
		'digitize: failed several times for a reason that is ours, not the scan’s — its log says which; it is tried again when the server starts anew',
} as const;

const REFINE_FAILURE = {
	code: 'internal',
	message:
		'refine: failed several times for a reason that is ours — its log says which; the asset is shown as it was',
} as const;
/** How long a second pass stays away after it made way. */
const YIELD_S = 5;

type Worker = PassParts & { queue: Queue; stopping: AbortSignal };

async function removeLeftovers(workDir: string): Promise<void> {
	await mkdir(workDir, { recursive: true });
	for (const name of (await readdir(workDir)).filter((each) => each !== CACHE_FOLDER)) {
		const path = join(workDir, name);
		const { mtimeMs } = await stat(path);
		if (Date.now() - mtimeMs > LEFTOVER_MS) await rm(path, { recursive: true, force: true });
	}
}

async function runJob(worker: Worker, job: BossJob<DigitizeTask>): Promise<void> {
	const { db, logger, queue, stopping } = worker;
	const task = job.data;
	const run = task.kind === 'refine' ? refineAsset : digitizeAsset;
	try {
		await run(worker, task, AbortSignal.any([stopping, job.signal]));
	} catch (error) {
		const makesWay = error instanceof YieldError;
		if (stopping.aborted || makesWay) {
			await db.orm.transaction(async (tx) => {
				await markQueued(tx, task);
				await queue.requeue(tx, job.id, task, makesWay ? YIELD_S : 0);
			});
			logger.info({ job: task.job }, 'job: stopped, back in the queue');
			return;
		}
		// Without the claim, the job is another worker's by now: nothing of it may be touched.
		if (!job.signal.aborted) {
			logger.warn({ err: error, job: task.job, asset: task.asset }, 'job: failed');
			await db.orm.transaction((tx) => markQueued(tx, task));
		}
		throw error;
	}
}

/** Takes jobs from the queue, and tells people about those that failed for good. Disposing stops both. */
export async function startWorker(parts: JobParts, queue: Queue): Promise<AsyncDisposable> {
	const stop = new AbortController();
	const { workDir, cacheDir, timeoutS } = parts.settings;
	const caches =
		cacheDir === undefined
			? new StepCaches(join(workDir, CACHE_FOLDER))
			: new StepCaches(cacheDir, { sharedBusyMs: timeoutS * 1000 });
	const worker: Worker = { ...parts, queue, caches, stopping: stop.signal };
	await removeLeftovers(workDir);

	await queue.boss.work<DigitizeTask>(
		DIGITIZE,
		{ localConcurrency: parts.settings.atOnce, batchSize: 1, ...POLLING },
		async (jobs) => {
			for (const job of jobs) await runJob(worker, job);
		},
	);
	await queue.boss.work<DigitizeTask>(DIGITIZE_DEAD, POLLING, async (jobs) => {
		for (const { data } of jobs) {
			parts.logger.error({ job: data.job, asset: data.asset }, 'job: given up');
			const failure = data.kind === 'refine' ? REFINE_FAILURE : INTERNAL_FAILURE;
			await parts.db.orm.transaction((tx) => markFailed(tx, data, failure));
			await caches.drop(data.asset);
		}
	});
	return {
		async [Symbol.asyncDispose]() {
			stop.abort(new Error('the worker stops'));
			await queue.boss.offWork(DIGITIZE, { wait: true });
			await queue.boss.offWork(DIGITIZE_DEAD, { wait: true });
		},
	};
}
