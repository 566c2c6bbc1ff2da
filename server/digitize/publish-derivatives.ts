import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { type AssetManifest, assetManifest } from '#schema/asset/asset-manifest';
import { insertFiles } from '../assets/asset-files.ts';
import { checkManifest } from '../assets/check-manifest.ts';
import { filesIn, type MadeFiles, storeFiles } from '../assets/store-files.ts';
import { whileStoring } from '../assets/while-storing.ts';
import type { Database, Transaction } from '../database/database.ts';
import { asset } from '../database/schema/assets.ts';
import { markFailed, markReady } from './asset-progress.ts';
import type { DigitizeTask } from './digitize-task.ts';

export const MANIFEST_NAME = 'manifest.json';

const TAKEN_DOWN = {
	code: 'internal',
	message: 'publish: the scan was taken down while it was made, so nothing of it is kept',
} as const;

export interface Derivatives extends MadeFiles {
	db: Database;
	task: DigitizeTask;
}

/** Reads what the pipeline says it made. */
export async function readManifest(outDir: string): Promise<AssetManifest> {
	return assetManifest.parse(JSON.parse(await readFile(join(outDir, MANIFEST_NAME), 'utf8')));
}

/**
 * Takes over what the pipeline made: all files into the store, then in one transaction their rows,
 * the manifest and the word that the asset is ready, with what `onReady` adds. Doing it again changes
 * nothing, and until the transaction commits nobody sees any of it. The manifest is kept in the
 * asset's row only, as the pipeline wrote it: unlike all files it changes, when better ones are added.
 * Throws when the manifest and the files differ.
 */
export async function publishDerivatives(
	{ db, task, ...made }: Derivatives,
	onReady: (tx: Transaction, manifest: AssetManifest) => Promise<void>,
): Promise<void> {
	const manifest = await readManifest(made.outDir);
	const names = (await filesIn(made.outDir)).filter((name) => name !== MANIFEST_NAME);
	await whileStoring({ db, store: made.store }, async (orm) => {
		const files = await storeFiles(made, names);
		checkManifest(manifest, files);
		await orm.transaction(async (tx) => {
			const [now] = await tx
				.select({ status: asset.status })
				.from(asset)
				.where(eq(asset.id, task.asset))
				.for('update');
			// A worker that was thought dead was first: its files are served already.
			if (now?.status === 'ready') return;
			if (now?.status === 'taken-down') return markFailed(tx, task, TAKEN_DOWN);
			await insertFiles(tx, task.asset, files);
			await markReady(tx, task, manifest);
			await onReady(tx, manifest);
		});
	});
}
