import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Transaction } from '../database/database.ts';
import { asset } from '../database/schema/assets.ts';
import type { JobRun } from '../jobs/job-kind.ts';
import type { PassParts } from './digitize-parts.ts';
import type { DigitizeTask } from './digitize-task.ts';
import { REFINE } from './pass-names.ts';
import { publishDerivatives } from './publish-derivatives.ts';
import { wantsRefinement } from './publish-refinement.ts';
import { runPass } from './run-pass.ts';

/**
 * The first pass: makes the asset of a scan and, where more can be had, asks for a second
 * pass in the very transaction that shows it.
 */
export async function digitizeAsset(
	parts: PassParts,
	task: DigitizeTask,
	{ signal, enqueue }: JobRun,
): Promise<void> {
	const { db, store, settings, caches } = parts;
	const [scan] = await db.orm.select().from(asset).where(eq(asset.id, task.asset));
	if (!scan || scan.status === 'ready') return;
	let isRefined = false;
	const onReady = async (tx: Transaction, manifest: AssetManifest) => {
		if (settings.refines !== true || !wantsRefinement(manifest)) return;
		await enqueue(tx, { job: randomUUID(), kind: REFINE, subject: task.subject });
		isRefined = true;
	};
	await runPass(parts, task, scan, signal, (outDir) =>
		publishDerivatives({ db, store, task, outDir, signal }, onReady),
	);
	if (!isRefined) await caches.drop(task.asset);
}
