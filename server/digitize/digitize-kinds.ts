import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobFailure } from '#schema/job/job';
import type { JobKind } from '../jobs/job-kind.ts';
import { markGivenUp, markWaiting } from './asset-progress.ts';
import { digitizeAsset } from './digitize-asset.ts';
import type { DigitizeParts, PassParts } from './digitize-parts.ts';
import { digitizeTask } from './digitize-task.ts';
import { DIGITIZE, REFINE } from './pass-names.ts';
import { refineAsset } from './refine-asset.ts';
import { CACHE_FOLDER, StepCaches } from './step-caches.ts';

/** Folders older than this belong to nobody who still lives. */
const LEFTOVER_MS = 24 * 60 * 60 * 1000;
/** Second passes are taken when nothing else waits. */
const REFINE_PRIORITY = -1;

const DIGITIZE_FAILURE = {
	code: 'internal',
	message:
		'digitize: failed several times for a reason that is ours, not the scan’s — its log says which; it is tried again when the server starts anew',
} as const;

const REFINE_FAILURE = {
	code: 'internal',
	message:
		'refine: failed several times for a reason that is ours — its log says which; the asset is shown as it was',
} as const;

async function removeLeftovers(workDir: string): Promise<void> {
	await mkdir(workDir, { recursive: true });
	for (const name of (await readdir(workDir)).filter((each) => each !== CACHE_FOLDER)) {
		const path = join(workDir, name);
		const { mtimeMs } = await stat(path);
		if (Date.now() - mtimeMs > LEFTOVER_MS) await rm(path, { recursive: true, force: true });
	}
}

/** What both passes have in common for the queue. */
function passKind(parts: PassParts, failure: JobFailure): Pick<JobKind, 'onWaiting' | 'giveUp'> {
	return {
		onWaiting: (tx, task) => markWaiting(tx, digitizeTask(task)),
		async giveUp(tx, given) {
			const task = digitizeTask(given);
			await markGivenUp(tx, task, failure);
			await parts.caches.drop(task.asset);
			return failure;
		},
	};
}

/** The two kinds of jobs that run the pipeline, for the queue. */
export function digitizeKinds(given: DigitizeParts): JobKind[] {
	const { workDir, cacheDir, timeoutS } = given.settings;
	const caches =
		cacheDir === undefined
			? new StepCaches(join(workDir, CACHE_FOLDER))
			: new StepCaches(cacheDir, { sharedBusyMs: timeoutS * 1000 });
	const parts: PassParts = { ...given, caches };
	return [
		{
			...passKind(parts, DIGITIZE_FAILURE),
			name: DIGITIZE,
			priority: 0,
			makesWayFor: [],
			prepare: () => removeLeftovers(workDir),
			run: (task, run) => digitizeAsset(parts, digitizeTask(task), run),
		},
		{
			...passKind(parts, REFINE_FAILURE),
			name: REFINE,
			priority: REFINE_PRIORITY,
			makesWayFor: [DIGITIZE],
			run: (task, run) => refineAsset(parts, digitizeTask(task), run),
		},
	];
}
