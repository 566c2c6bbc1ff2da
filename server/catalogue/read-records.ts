import { and, eq, inArray } from 'drizzle-orm';
import type { Resource } from '#schema/record/resources';
import type { Queryable } from '../database/database.ts';
import { record, revision } from '../database/schema/catalogue.ts';
import { asPublicRecords, type PublicRecord, publishedRevision } from './published-records.ts';

/**
 * The named records that are published, whole, in the order asked; the others are left out. A name
 * given twice counts once. Throws NewerFormatError.
 */
export async function readRecords<R extends Resource>(
	db: Queryable,
	resource: R,
	ids: readonly string[],
): Promise<PublicRecord<R>[]> {
	const rows = await db
		.select({ id: record.id, document: revision.document, languages: record.languages })
		.from(record)
		.innerJoin(revision, publishedRevision)
		.where(and(eq(record.resource, resource), inArray(record.id, [...ids])));
	const found = new Map(rows.map((row) => [row.id, row]));
	const asked = [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
	return asPublicRecords(db, resource, asked);
}
