import { eq, sql } from 'drizzle-orm';
import type { Database, Queryable, Transaction } from '../database/database.ts';
import { takedown } from '../database/schema/assets.ts';
import { ConflictError } from '../errors.ts';
import type { ObjectStore } from '../storage/object-store.ts';

/** Bytes that were taken down came again. */
export class TakenDownError extends ConflictError {
	readonly hashes: readonly string[];
	constructor(hashes: readonly string[], reason: string) {
		super(
			`store: ${hashes[0]} was taken down (${reason}) and is not stored again — hand in another file`,
		);
		this.hashes = hashes;
	}
}

/** Between those who store files and a takedown: neither may commit unseen by the other. */
const LOCK = sql`hashtext('xishan.takedown')`;

/** Waits until nobody is about to commit rows that name objects; holds until the transaction ends. */
export async function lockTakedowns(tx: Transaction): Promise<void> {
	await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
}

/** Throws TakenDownError where one of these hashes was taken down. To be asked in the transaction that names them. */
export async function refuseTakenDown(tx: Transaction, hashes: readonly string[]): Promise<void> {
	if (hashes.length === 0) return;
	await tx.execute(sql`select pg_advisory_xact_lock_shared(${LOCK})`);
	const rows = await tx
		.select({ sha256: takedown.sha256, reason: takedown.reason })
		.from(takedown)
		.where(sql`${takedown.sha256} = any(${sql.param(hashes)}::text[])`);
	const [first] = rows;
	if (first === undefined) return;
	throw new TakenDownError(
		rows.map(({ sha256 }) => sha256),
		first.reason,
	);
}

/** Hashes of everything that was taken down, those first that the store was never rid of. */
async function takenDown(db: Queryable): Promise<{ sha256: string; removedAt: Date | null }[]> {
	return await db
		.select({ sha256: takedown.sha256, removedAt: takedown.removedAt })
		.from(takedown)
		.orderBy(sql`${takedown.removedAt} nulls first`);
}

/**
 * Removes from the store what was taken down and is there, also what a restored backup brought back.
 * Gives how many objects were removed. Safe to run anywhere and at any time.
 */
export async function removeTakenDown({ db, store }: { db: Database; store: ObjectStore }) {
	let removed = 0;
	for (const { sha256, removedAt } of await takenDown(db.orm)) {
		const isThere = (await store.stat(sha256)) !== null;
		if (isThere) {
			await store.remove(sha256);
			removed += 1;
		}
		if (!isThere && removedAt !== null) continue;
		await db.orm.update(takedown).set({ removedAt: new Date() }).where(eq(takedown.sha256, sha256));
	}
	return removed;
}
