import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { type AssetManifest, assetManifest } from '#schema/asset/asset-manifest';
import { addressManifest, type FileRow } from '../assets/address-manifest.ts';
import { filesIn, type MadeFiles, storeFiles } from '../assets/store-files.ts';
import type { Database, Transaction } from '../database/database.ts';
import { asset, assetFile } from '../database/schema/assets.ts';
import { markReady } from './asset-progress.ts';
import type { DigitizeTask } from './digitize-task.ts';

export const MANIFEST_NAME = 'manifest.json';
/** A statement takes 65,535 values at most, a row has eight. */
const ROWS_AT_ONCE = 1000;

export interface Derivatives extends Omit<MadeFiles, 'asset'> {
	db: Database;
	task: DigitizeTask;
}

/** Reads what the pipeline says it made. */
export async function readManifest(outDir: string): Promise<AssetManifest> {
	return assetManifest.parse(JSON.parse(await readFile(join(outDir, MANIFEST_NAME), 'utf8')));
}

/** Adds rows of files; those that are there stay as they are. */
export async function insertFiles(tx: Transaction, rows: readonly FileRow[]): Promise<void> {
	for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
		const batch = rows.slice(at, at + ROWS_AT_ONCE);
		await tx.insert(assetFile).values(batch).onConflictDoNothing();
	}
}

/**
 * Takes over what the pipeline made: all files into the store, then in one transaction their rows,
 * the manifest and the word that the asset is ready, with what `onReady` adds. Doing it again changes
 * nothing, and until the transaction commits nobody sees any of it. The manifest is kept in the
 * asset's row only: unlike all files it changes, when better ones are added.
 */
export async function publishDerivatives(
	{ db, task, ...made }: Derivatives,
	onReady: (tx: Transaction, manifest: AssetManifest) => Promise<void>,
): Promise<void> {
	const manifest = await readManifest(made.outDir);
	const names = (await filesIn(made.outDir)).filter((name) => name !== MANIFEST_NAME);
	const rows = await storeFiles({ ...made, asset: task.asset }, names);
	const addressed = addressManifest(manifest, task.asset, rows);
	await db.orm.transaction(async (tx) => {
		const [now] = await tx
			.select({ status: asset.status })
			.from(asset)
			.where(eq(asset.id, task.asset))
			.for('update');
		// A worker that was thought dead was first: its files are served already.
		if (now?.status === 'ready') return;
		await insertFiles(tx, rows);
		await markReady(tx, task, addressed);
		await onReady(tx, addressed);
	});
}
