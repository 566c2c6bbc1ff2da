import { and, eq, inArray } from 'drizzle-orm';
import type { Resource } from '#schema/record/resources';
import type { RecordSummary } from '#schema/record/summary';
import type { Queryable } from '../database/database.ts';
import { record, revision } from '../database/schema/catalogue.ts';
import { asPublicRecords, type PublicRecord, publishedRevision } from './published-records.ts';
import { asSummaries } from './summaries.ts';

/** Stored records of these names that are published, in the order asked; a name given twice counts once. */
async function storedRecords(db: Queryable, resource: Resource, ids: readonly string[]) {
	const rows = await db
		.select({ id: record.id, document: revision.document, languages: record.languages })
		.from(record)
		.innerJoin(revision, publishedRevision)
		.where(and(eq(record.resource, resource), inArray(record.id, [...ids])));
	const found = new Map(rows.map((row) => [row.id, row]));
	return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
}

/**
 * The named records that are published, whole, in the order asked; the others are left out. Throws
 * NewerFormatError.
 */
export async function readRecords<R extends Resource>(
	db: Queryable,
	resource: R,
	ids: readonly string[],
): Promise<PublicRecord<R>[]> {
	return asPublicRecords(db, resource, await storedRecords(db, resource, ids));
}

/** The same as lists answer them. */
export async function readSummaries<R extends Resource>(
	db: Queryable,
	resource: R,
	ids: readonly string[],
): Promise<RecordSummary<R>[]> {
	return asSummaries(db, resource, await storedRecords(db, resource, ids));
}
