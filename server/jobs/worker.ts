import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import type { Job as BossJob } from 'pg-boss';
import type { DigitizeEvent } from '#schema/digitize-event';
import { asset } from '../database/schema.ts';
import { fetchScan } from './fetch-scan.ts';
import { markFailed, markQueued, markRunning, reportProgress } from './job-progress.ts';
import type { JobParts } from './job-service.ts';
import { publishDerivatives } from './publish-derivatives.ts';
import { DIGITIZE, DIGITIZE_DEAD, type DigitizeTask, type Queue } from './queue.ts';
import { DIGITIZE_CLI, runDigitize } from './run-digitize.ts';

/** Followers need no more than a few changes a second. */
const PROGRESS_EVERY_MS = 250;
/** New jobs are notified; retries and those of the dead are only found by looking. */
const POLLING = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 };
/** Folders older than this belong to nobody who still lives. */
const LEFTOVER_MS = 24 * 60 * 60 * 1000;

const INTERNAL_FAILURE = {
	code: 'internal',
	message:
		'digitize: failed several times for a reason that is ours, not the scan’s — its log says which; it is tried again when the server starts anew',
} as const;

type Worker = JobParts & { queue: Queue; stopping: AbortSignal };

async function removeLeftovers(workDir: string): Promise<void> {
	await mkdir(workDir, { recursive: true });
	for (const name of await readdir(workDir)) {
		const path = join(workDir, name);
		const { mtimeMs } = await stat(path);
		if (Date.now() - mtimeMs > LEFTOVER_MS) await rm(path, { recursive: true, force: true });
	}
}

/** Writes progress of one job to the database, one write at a time, skipping what comes too quickly. */
function progressWriter(worker: Worker, task: DigitizeTask) {
	let writing: Promise<void> | undefined;
	let lastAt = 0;
	return {
		note(event: Extract<DigitizeEvent, { event: 'progress' }>) {
			if (writing || Date.now() - lastAt < PROGRESS_EVERY_MS) return;
			lastAt = Date.now();
			writing = reportProgress(worker.db.orm, task, event.stage, event.progress)
				.catch((error) => worker.logger.warn({ err: error, job: task.job }, 'job: progress lost'))
				.finally(() => {
					writing = undefined;
				});
		},
		settled: async () => writing,
	};
}

/** Makes the asset of one job. Its folder is gone afterwards, however it ends. */
async function digitizeAsset(worker: Worker, task: DigitizeTask, signal: AbortSignal) {
	const { db, store, settings } = worker;
	const [scan] = await db.orm.select().from(asset).where(eq(asset.id, task.asset));
	if (!scan || scan.status === 'ready') return;
	await db.orm.transaction((tx) => markRunning(tx, task));
	const dir = await mkdtemp(join(settings.workDir, `${task.job}-`));
	try {
		const file = await fetchScan(store, scan, dir, signal);
		const outDir = join(dir, 'out');
		const progress = progressWriter(worker, task);
		const outcome = await runDigitize({
			cli: settings.cli ?? DIGITIZE_CLI,
			file,
			outDir,
			tempDir: dir,
			unit: scan.options.unit,
			up: scan.options.up,
			memoryMB: settings.memoryMB,
			timeoutS: settings.timeoutS,
			signal,
			onProgress: progress.note,
		});
		await progress.settled();
		if ('refused' in outcome) {
			await db.orm.transaction((tx) => markFailed(tx, task, outcome.refused));
		} else {
			await publishDerivatives({ db, store, task, outDir, signal });
		}
	} finally {
		await rm(dir, { recursive: true, force: true, maxRetries: 3 });
	}
}

async function runJob(worker: Worker, job: BossJob<DigitizeTask>): Promise<void> {
	const { db, logger, queue, stopping } = worker;
	const task = job.data;
	try {
		await digitizeAsset(worker, task, AbortSignal.any([stopping, job.signal]));
	} catch (error) {
		if (stopping.aborted) {
			await db.orm.transaction(async (tx) => {
				await markQueued(tx, task);
				await queue.requeue(tx, job.id, task);
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
	const worker: Worker = { ...parts, queue, stopping: stop.signal };
	await removeLeftovers(parts.settings.workDir);

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
			await parts.db.orm.transaction((tx) => markFailed(tx, data, INTERNAL_FAILURE));
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
