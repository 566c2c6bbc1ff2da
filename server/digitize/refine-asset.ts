import { eq } from 'drizzle-orm';
import { asset } from '../database/schema/assets.ts';
import type { JobRun } from '../jobs/job-kind.ts';
import { markFailed, markRefined } from './asset-progress.ts';
import type { PassParts } from './digitize-parts.ts';
import type { DigitizeTask } from './digitize-task.ts';
import { publishRefinement, wantsRefinement } from './publish-refinement.ts';
import { runPass } from './run-pass.ts';

const PIPELINE_CHANGED = {
	code: 'internal',
	message:
		'refine: the pipeline has changed since this asset was made, so nothing is added to it — it is shown as it was',
} as const;

/**
 * The second pass: adds turntable, AR model and KTX2 textures to an asset that is shown already. Whatever becomes of it, the
 * asset stays as it was or gains files. When it has to make way, what it made by then
 * is remembered for its next turn.
 */
export async function refineAsset(
	parts: PassParts,
	task: DigitizeTask,
	{ signal }: JobRun,
): Promise<void> {
	const { db, store, caches, logger } = parts;
	const [scan] = await db.orm.select().from(asset).where(eq(asset.id, task.asset));
	if (!scan || !wantsRefinement(scan.manifest)) {
		await db.orm.transaction((tx) => markRefined(tx, task));
		return;
	}
	await runPass(parts, task, scan, signal, async (outDir) => {
		if (await publishRefinement({ db, store, task, outDir, signal })) return;
		logger.warn({ asset: task.asset }, 'refine: other bytes than those that are shown');
		await db.orm.transaction((tx) => markFailed(tx, task, PIPELINE_CHANGED));
	});
	await caches.drop(task.asset);
}
