import { and, eq, lt, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../database/database.ts';
import { asset, assetFile, assetFolder } from '../database/schema/assets.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { namedObjects } from './named-objects.ts';
import { removeTakenDown } from './taken-down.ts';
import { whileNobodyStores } from './while-storing.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Objects looked at together; nobody can store while those of them that go are removed. */
const OBJECTS_AT_ONCE = 200;
/** Assets dropped in one round at most. */
const ASSETS_AT_ONCE = 500;
/** An object younger than this may belong to somebody whose rows come later. */
const OBJECT_AGE_MS = DAY_MS;

export interface SweepParts {
	db: Database;
	store: ObjectStore;
	/** Days an asset may be linked by nothing. */
	graceDays: number;
	/** Ends a round early; the next goes on. */
	signal?: AbortSignal;
	/** What time it is, in milliseconds; left out: now. */
	nowMs?: number;
}

/** What one round removed. */
export interface Swept {
	assets: number;
	objects: number;
}

/** No revision links it and no job is about to work on it. */
const IS_UNLINKED: SQL = sql`not exists (select 1 from medium where medium.asset = ${asset}.id)
	and not exists (select 1 from job where job.subject = 'asset/' || ${asset}.id
		and job.status in ('queued', 'running'))`;

/** No draft holds its id, for many assets: the drafts are gone through once. */
const IS_IN_NO_DRAFT: SQL = sql`${asset}.id not in (select found[1] from draft,
	regexp_matches(draft.document::text, '"([0-9a-f]{32})"', 'g') found)`;

/** The same for one asset. */
function isInNoDraft(id: string): SQL {
	return sql`not exists (select 1 from draft where strpos(draft.document::text, ${`"${id}"`}) > 0)`;
}

async function dropAsset(tx: Transaction, id: string): Promise<boolean> {
	const [row] = await tx
		.select({ id: asset.id })
		.from(asset)
		.where(eq(asset.id, id))
		.for('update', { skipLocked: true });
	if (!row) return false;
	// Asked again now that nobody can link it any more.
	const forgotten = await tx
		.select({ id: asset.id })
		.from(asset)
		.where(and(eq(asset.id, id), IS_UNLINKED, isInNoDraft(id)));
	if (forgotten.length === 0) return false;
	await tx.delete(assetFile).where(eq(assetFile.asset, id));
	await tx.delete(assetFolder).where(eq(assetFolder.asset, id));
	await tx.delete(asset).where(eq(asset.id, id));
	return true;
}

async function dropAssets({ db, graceDays, nowMs = Date.now() }: SweepParts): Promise<number> {
	const before = new Date(nowMs - graceDays * DAY_MS);
	const candidates = await db.orm
		.select({ id: asset.id })
		.from(asset)
		.where(
			and(
				lt(asset.updatedAt, before),
				// What was taken down stays, to say so.
				notInArray(asset.status, ['queued', 'running', 'taken-down']),
				IS_UNLINKED,
				IS_IN_NO_DRAFT,
			),
		)
		.limit(ASSETS_AT_ONCE);
	let dropped = 0;
	for (const { id } of candidates) {
		if (await db.orm.transaction((tx) => dropAsset(tx, id))) dropped += 1;
	}
	return dropped;
}

/** Those of some objects that nobody names and that are old enough. */
async function forgottenOf(parts: SweepParts, hashes: readonly string[]): Promise<string[]> {
	const { db, store, nowMs = Date.now() } = parts;
	const named = await namedObjects(db.orm, hashes);
	const old: string[] = [];
	for (const sha256 of hashes.filter((each) => !named.has(each))) {
		const info = await store.stat(sha256);
		if (info && nowMs - info.modifiedAt.getTime() >= OBJECT_AGE_MS) old.push(sha256);
	}
	return old;
}

async function removeForgotten(parts: SweepParts, hashes: readonly string[]): Promise<number> {
	const forgotten = await forgottenOf(parts, hashes);
	if (forgotten.length === 0) return 0;
	let removed = 0;
	await whileNobodyStores(parts.db, async () => {
		// Somebody may have named one since.
		const named = await namedObjects(parts.db.orm, forgotten);
		for (const sha256 of forgotten.filter((each) => !named.has(each))) {
			await parts.store.remove(sha256);
			removed += 1;
		}
	});
	return removed;
}

async function removeObjects(parts: SweepParts): Promise<number> {
	let removed = 0;
	let batch: string[] = [];
	for await (const sha256 of parts.store.list()) {
		if (parts.signal?.aborted) return removed;
		batch.push(sha256);
		if (batch.length < OBJECTS_AT_ONCE) continue;
		removed += await removeForgotten(parts, batch);
		batch = [];
	}
	return removed + (await removeForgotten(parts, batch));
}

/**
 * One round: removes again what was taken down, then objects that no row names, then the rows of assets
 * that no revision and no draft links and that nobody touched for the days of grace. Their objects go
 * in a later round. Who stores files meanwhile (`whileStoring`) loses none: objects are removed only
 * while nobody does, and what somebody's storing puts off is left to the next round.
 */
export async function sweep(parts: SweepParts): Promise<Swept> {
	await removeTakenDown(parts);
	const objects = await removeObjects(parts);
	const assets = parts.signal?.aborted ? 0 : await dropAssets(parts);
	return { assets, objects };
}
