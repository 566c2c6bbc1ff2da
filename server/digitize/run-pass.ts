import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DigitizeEvent } from '#schema/digitize/digitize-event';
import type { asset } from '../database/schema/assets.ts';
import { reportProgress } from '../jobs/job-progress.ts';
import { markFailed, markRunning } from './asset-progress.ts';
import type { PassParts } from './digitize-parts.ts';
import type { DigitizeTask } from './digitize-task.ts';
import { fetchScan } from './fetch-scan.ts';
import { REFINE } from './pass-names.ts';
import { DIGITIZE_CLI, runDigitize } from './run-digitize.ts';

/** Followers need no more than a few changes a second. */
const PROGRESS_EVERY_MS = 250;

/** Writes progress of one job to the database, one write at a time, skipping what comes too quickly. */
function progressWriter({ db, logger }: PassParts, task: DigitizeTask) {
	let writing: Promise<void> | undefined;
	let lastAt = 0;
	return {
		note(event: Extract<DigitizeEvent, { event: 'progress' }>) {
			if (writing || Date.now() - lastAt < PROGRESS_EVERY_MS) return;
			lastAt = Date.now();
			writing = reportProgress(db.orm, task, event.stage, event.progress)
				.catch((error) => logger.warn({ err: error, job: task.job }, 'job: progress lost'))
				.finally(() => {
					writing = undefined;
				});
		},
		settled: async () => writing,
	};
}

/**
 * Runs the pipeline on the scan of one asset, in a folder that is gone afterwards however it ends.
 * `publish` takes over what was made; a refusal of the scan ends the job.
 */
export async function runPass(
	parts: PassParts,
	task: DigitizeTask,
	scan: typeof asset.$inferSelect,
	signal: AbortSignal,
	publish: (outDir: string) => Promise<void>,
): Promise<void> {
	const { db, store, settings, caches } = parts;
	await db.orm.transaction((tx) => markRunning(tx, task));
	const dir = await mkdtemp(join(settings.workDir, `${task.job}-`));
	try {
		const file = await fetchScan(store, scan, dir, signal);
		const outDir = join(dir, 'out');
		const progress = progressWriter(parts, task);
		const outcome = await caches.use(task.asset, (cacheDir) =>
			runDigitize({
				cli: settings.cli ?? DIGITIZE_CLI,
				file,
				outDir,
				tempDir: dir,
				cacheDir,
				pass: task.kind === REFINE ? 'full' : 'fast',
				...scan.options,
				memoryMB: settings.memoryMB,
				timeoutS: settings.timeoutS,
				signal,
				onProgress: progress.note,
			}),
		);
		await progress.settled();
		if ('refused' in outcome) {
			await db.orm.transaction((tx) => markFailed(tx, task, outcome.refused));
		} else await publish(outDir);
	} finally {
		await rm(dir, { recursive: true, force: true, maxRetries: 3 });
	}
}
