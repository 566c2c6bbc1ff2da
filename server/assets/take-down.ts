import { eq, inArray } from 'drizzle-orm';
import { writeAudit } from '../audit/write-audit.ts';
import type { Database, Transaction } from '../database/database.ts';
import { asset, assetFile, assetFolder, takedown } from '../database/schema/assets.ts';
import { NotFoundError } from '../errors.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { namedObjects } from './named-objects.ts';
import { lockTakedowns, removeTakenDown } from './taken-down.ts';
import { whileNobodyStores } from './while-storing.ts';

interface TakeDownParts {
	db: Database;
	store: ObjectStore;
}

/** Why, as a code and a sentence without personal data, and by which account. */
interface TakeDownOrder {
	reason: string;
	actor: string;
}

/** The asset and every other one that was made of the same original: they show the same thing. */
async function lockSiblings(tx: Transaction, id: string) {
	const original = tx.select({ sha256: asset.scanSha256 }).from(asset).where(eq(asset.id, id));
	const siblings = await tx
		.select({ id: asset.id, scanSha256: asset.scanSha256 })
		.from(asset)
		.where(inArray(asset.scanSha256, original))
		.orderBy(asset.id)
		.for('update');
	if (siblings.length > 0) return siblings;
	throw new NotFoundError(`take down: there is no asset ${id}`);
}

/** Drops the rows of an asset's files; gives the hashes they named: of what stands alone, and of what lies in folders. */
async function dropFiles(tx: Transaction, ids: readonly string[]) {
	const files = await tx
		.delete(assetFile)
		.where(inArray(assetFile.asset, [...ids]))
		.returning({ sha256: assetFile.sha256, brotliSha256: assetFile.brotliSha256 });
	const folders = await tx
		.delete(assetFolder)
		.where(inArray(assetFolder.asset, [...ids]))
		.returning({ files: assetFolder.files });
	return {
		alone: files.flatMap(({ sha256, brotliSha256 }) => [
			sha256,
			...(brotliSha256 ? [brotliSha256] : []),
		]),
		inFolders: folders.flatMap(({ files: index }) =>
			Object.values(index).flatMap(([sha256, , brotliSha256]) => [
				sha256,
				...(brotliSha256 ? [brotliSha256] : []),
			]),
		),
	};
}

/** Those of these objects that no row names any more. */
async function withoutName(tx: Transaction, hashes: readonly string[]): Promise<string[]> {
	const named = await namedObjects(tx, hashes);
	return [...new Set(hashes)].filter((sha256) => !named.has(sha256));
}

async function commitTakeDown(
	{ db }: TakeDownParts,
	id: string,
	{ reason, actor }: TakeDownOrder,
): Promise<string[]> {
	return await db.orm.transaction(async (tx) => {
		await lockTakedowns(tx);
		const siblings = await lockSiblings(tx, id);
		const ids = siblings.map((sibling) => sibling.id);
		const original = siblings[0]?.scanSha256 ?? '';
		const { alone, inFolders } = await dropFiles(tx, ids);
		await tx
			.update(asset)
			.set({ status: 'taken-down', manifest: null, failure: null, updatedAt: new Date() })
			.where(inArray(asset.id, ids));
		const others = await withoutName(tx, alone);
		const gone = [...new Set([original, ...others])];
		const rows = gone.map((sha256) => ({ sha256, asset: id, reason, actor }));
		await tx.insert(takedown).values(rows).onConflictDoNothing();
		for (const of of ids) {
			const detail = { reason, objects: gone.length, original };
			await writeAudit(tx, { actor, action: 'asset.take-down', subject: `asset/${of}`, detail });
		}
		return await withoutName(tx, inFolders);
	});
}

/**
 * Removes the bytes of an asset for good: its original, and its derivatives where no other original's
 * asset has the same. Assets made of the same original go with it. From the commit on nothing of it
 * is served; its row stays and says `taken-down`. Original and files that stand alone are refused
 * when they come again, and removed again when a backup brings them back. Pieces of folders (tiles,
 * segments) are only removed: an empty tile of one picture may be that of another. Those that somebody's
 * storing keeps from being removed now, the sweep removes.
 * Throws NotFoundError.
 */
export async function takeDown(
	parts: TakeDownParts,
	id: string,
	order: TakeDownOrder,
): Promise<void> {
	const pieces = await commitTakeDown(parts, id, order);
	await removeTakenDown(parts);
	await whileNobodyStores(parts.db, async () => {
		const named = await namedObjects(parts.db.orm, pieces);
		for (const sha256 of pieces) if (!named.has(sha256)) await parts.store.remove(sha256);
	});
}
