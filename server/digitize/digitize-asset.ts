import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Transaction } from '../database/database.ts';
import { asset } from '../database/schema/assets.ts';
import { job as jobTable } from '../database/schema/jobs.ts';
import type { DigitizeTask, Queue } from '../jobs/queue.ts';
import { publishDerivatives } from './publish-derivatives.ts';
import { wantsRefinement } from './publish-refinement.ts';
import { type PassParts, runPass } from './run-pass.ts';

/**
 * The first pass: makes the asset of a scan and, where more can be had, asks for a second
 * pass in the very transaction that shows it.
 */
export async function digitizeAsset(
	parts: PassParts & { queue: Queue },
	task: DigitizeTask,
	signal: AbortSignal,
): Promise<void> {
	const { db, store, settings, caches, queue } = parts;
	const [scan] = await db.orm.select().from(asset).where(eq(asset.id, task.asset));
	if (!scan || scan.status === 'ready') return;
	let isRefined = false;
	const onReady = async (tx: Transaction, manifest: AssetManifest) => {
		if (settings.refines !== true || !wantsRefinement(manifest)) return;
		const job = randomUUID();
		const kind = 'refine';
		const subject = `asset/${task.asset}`;
		await tx.insert(jobTable).values({ id: job, subject, kind, status: 'queued' });
		await queue.enqueue(tx, { asset: task.asset, job, kind });
		isRefined = true;
	};
	await runPass(parts, task, scan, signal, (outDir) =>
		publishDerivatives({ db, store, task, outDir, signal }, onReady),
	);
	if (!isRefined) await caches.drop(task.asset);
}
