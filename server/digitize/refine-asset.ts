import { eq } from 'drizzle-orm';
import { asset } from '../database/schema/assets.ts';
import { isFirstPassWaiting, markFailed, markRefined } from '../jobs/job-progress.ts';
import type { DigitizeTask } from '../jobs/queue.ts';
import { publishRefinement, wantsRefinement } from './publish-refinement.ts';
import { type PassParts, runPass } from './run-pass.ts';

/** How often a second pass looks whether it stands in the way. */
const LOOK_EVERY_MS = 2000;

const PIPELINE_CHANGED = {
	code: 'internal',
	message:
		'refine: the pipeline has changed since this asset was made, so nothing is added to it — it is shown as it was',
} as const;

/** A second pass made way for a scan that is not shown yet. */
export class YieldError extends Error {
	override readonly name = 'YieldError';
}

/** Aborts with a YieldError as soon as a scan waits to be shown at all; looks until it is disposed. */
function yieldSignal({ db, logger }: PassParts): Disposable & { signal: AbortSignal } {
	const controller = new AbortController();
	const timer = setInterval(() => {
		isFirstPassWaiting(db.orm)
			.then((isWaiting) => {
				if (isWaiting) controller.abort(new YieldError('refine: a scan waits to be shown'));
			})
			.catch((error) => logger.warn({ err: error }, 'refine: could not look at the queue'));
	}, LOOK_EVERY_MS);
	return { signal: controller.signal, [Symbol.dispose]: () => clearInterval(timer) };
}

/**
 * The second pass: adds turntable, AR model and KTX2 textures to an asset that is shown already. Whatever becomes of it, the
 * asset stays as it was or gains files. Throws YieldError when it has to make way; what it made by then
 * is remembered for its next turn.
 */
export async function refineAsset(
	parts: PassParts,
	task: DigitizeTask,
	signal: AbortSignal,
): Promise<void> {
	const { db, store, caches, logger } = parts;
	const [scan] = await db.orm.select().from(asset).where(eq(asset.id, task.asset));
	if (!scan || !wantsRefinement(scan.manifest)) {
		await db.orm.transaction((tx) => markRefined(tx, task));
		return;
	}
	if (await isFirstPassWaiting(db.orm)) throw new YieldError('refine: a scan waits to be shown');
	using yielding = yieldSignal(parts);
	const either = AbortSignal.any([signal, yielding.signal]);
	try {
		await runPass(parts, task, scan, either, async (outDir) => {
			if (await publishRefinement({ db, store, task, outDir, signal })) return;
			logger.warn({ asset: task.asset }, 'refine: other bytes than those that are shown');
			await db.orm.transaction((tx) => markFailed(tx, task, PIPELINE_CHANGED));
		});
	} catch (error) {
		// Being stopped comes first; what a library makes of an abort does not matter.
		if (!signal.aborted) yielding.signal.throwIfAborted();
		throw error;
	}
	await caches.drop(task.asset);
}
