import pg from 'pg';
import { type Database, ormOn } from '../database/database.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { TakenDownError } from './taken-down.ts';

/** Between those who store objects and the sweep that removes them. */
const LOCK = `hashtext('xishan.store')`;

/** A connection of its own: it may be held for long, and its end gives up its locks. */
async function connect({ connection }: Database): Promise<pg.Client & AsyncDisposable> {
	const client = new pg.Client({ application_name: 'xishan-storing', ...connection });
	// The statement under way, or the next one, says so, too.
	client.on('error', () => {});
	await client.connect();
	return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

/**
 * Does `work`, which puts objects into the store and then commits rows that name them, while the sweep
 * keeps away: an object that was there already could otherwise be removed between the two. The rows
 * must be committed by a transaction of the connection that `work` gets: if that connection broke,
 * and the lock with it, they are not committed either.
 * Throws TakenDownError, with the bytes removed again, where they may not be stored.
 */
export async function whileStoring<T>(
	{ db, store }: { db: Database; store: ObjectStore },
	work: (orm: Database['orm']) => Promise<T>,
): Promise<T> {
	await using client = await connect(db);
	await client.query(`select pg_advisory_lock_shared(${LOCK})`);
	try {
		return await work(ormOn(client));
	} catch (error) {
		if (error instanceof TakenDownError) {
			for (const sha256 of error.hashes) await store.remove(sha256);
		}
		throw error;
	}
}

/**
 * Does `work` while nobody stores anything, and keeps them waiting: it must be short. False, with
 * nothing done, when somebody is storing.
 */
export async function whileNobodyStores(db: Database, work: () => Promise<void>): Promise<boolean> {
	await using client = await connect(db);
	const { rows } = await client.query<{ isFree: boolean }>(
		`select pg_try_advisory_lock(${LOCK}) as "isFree"`,
	);
	if (rows[0]?.isFree !== true) return false;
	await work();
	return true;
}
