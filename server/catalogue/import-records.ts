import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { type Publication, type PublishOptions, publishRecords } from './publish-records.ts';

export interface ImportOptions extends PublishOptions {
	/** Records that become public together. */
	batchSize?: number;
	/** Ends it between two batches. */
	signal?: AbortSignal;
}

/** Some megabytes of documents: enough that statements cost little, not so much that others wait for us. */
const BATCH_SIZE = 500;

async function* batchesOf(
	source: Iterable<Publication> | AsyncIterable<Publication>,
	size: number,
): AsyncGenerator<Publication[]> {
	let batch: Publication[] = [];
	for await (const publication of source) {
		batch.push(publication);
		if (batch.length < size) continue;
		yield batch;
		batch = [];
	}
	if (batch.length > 0) yield batch;
}

/**
 * Lets PostgreSQL see how large the table has become. Its foreign keys keep the plan they began with,
 * which for an almost empty table is to read all of it: each batch then costs more than the one before.
 */
async function measureTable(db: Database): Promise<void> {
	await db.orm.execute(sql`analyze record (resource, id)`);
}

/**
 * Publishes any number of records, batch by batch, each batch in a transaction of its own: killed
 * anywhere it leaves whole batches, and run again it goes on where it was. Memory is that of one
 * batch. Others publish meanwhile. What a record names must come before it, or in the same batch.
 * Returns how many records there were and how many of them changed.
 * Throws as `publishRecords` does; what came before the failing batch stays.
 */
export async function importRecords(
	db: Database,
	source: Iterable<Publication> | AsyncIterable<Publication>,
	{ batchSize = BATCH_SIZE, signal, ...options }: ImportOptions,
): Promise<{ records: number; changed: number }> {
	const counts = { records: 0, changed: 0 };
	for await (const batch of batchesOf(source, batchSize)) {
		signal?.throwIfAborted();
		counts.changed += await db.orm.transaction((tx) => publishRecords(tx, batch, options));
		if (counts.records === 0) await measureTable(db);
		counts.records += batch.length;
	}
	return counts;
}
