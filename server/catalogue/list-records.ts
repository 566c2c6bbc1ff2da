import { and, asc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { Page } from '#schema/record/page';
import type { PageQuery } from '#schema/record/page-query';
import type { Resource } from '#schema/record/resources';
import type { RecordSummary } from '#schema/record/summary';
import type { Queryable } from '../database/database.ts';
import { record, revision } from '../database/schema/catalogue.ts';
import { queryLiteral } from '../search/search-tokens.ts';
import { openCursor, type PagePosition, sealCursor } from './page-cursor.ts';
import { publishedRevision, type StoredRecord } from './published-records.ts';
import { asSummaries } from './summaries.ts';

/** Counting and ranking stop here: a bigger number helps no reader and costs as much as the table. */
const CANDIDATES_MAX = 1000;

type Filters = Omit<PageQuery, 'cursor' | 'limit' | 'ids' | 'view'>;
type Row = StoredRecord & { id: string; weight: number; rank: string };

function conditions(resource: Resource, filters: Filters): SQL | undefined {
	return and(
		eq(record.resource, resource),
		isNotNull(record.publishedRevision),
		filters.museum === undefined
			? undefined
			: sql`${record.museums} @> array[${filters.museum}]::text[]`,
		filters.library === undefined
			? undefined
			: sql`${record.libraries} @> array[${filters.library}]::text[]`,
		filters.kind === undefined ? undefined : eq(record.kind, filters.kind),
		filters.category === undefined ? undefined : eq(record.category, filters.category),
	);
}

async function countOf(db: Queryable, where: SQL | undefined) {
	const some = db
		.select({ one: sql`1` })
		.from(record)
		.where(where)
		.limit(CANDIDATES_MAX + 1)
		.as('some');
	const [row] = await db.select({ count: sql<number>`count(*)`.mapWith(Number) }).from(some);
	const count = row?.count ?? 0;
	return { value: Math.min(count, CANDIDATES_MAX), exact: count <= CANDIDATES_MAX };
}

/** The next rows in curated order, one more than asked for. */
function inOrder(db: Queryable, where: SQL | undefined, limit: number, after?: PagePosition) {
	return db
		.select({
			id: record.id,
			weight: record.weight,
			rank: sql<string>`'0'`,
			document: revision.document,
			languages: record.languages,
		})
		.from(record)
		.innerJoin(revision, publishedRevision)
		.where(
			and(where, after && sql`(${record.weight}, ${record.id}) > (${after.weight}, ${after.id})`),
		)
		.orderBy(asc(record.weight), asc(record.id))
		.limit(limit + 1);
}

/**
 * The next rows by rank. Only the first candidates in curated order are ranked: ranking every match
 * of a common word took seconds on a million rows.
 */
function ranked(
	db: Queryable,
	where: SQL | undefined,
	query: string,
	limit: number,
	after?: PagePosition,
) {
	const candidate = db
		.select({
			resource: record.resource,
			id: record.id,
			weight: record.weight,
			publishedRevision: record.publishedRevision,
			languages: record.languages,
			rank: sql<string>`ts_rank(${record.tokens}, ${query}::tsquery)`.as('rank'),
		})
		.from(record)
		.where(where)
		.orderBy(asc(record.weight), asc(record.id))
		.limit(CANDIDATES_MAX)
		.as('candidate');
	return (
		db
			.select({
				id: candidate.id,
				weight: candidate.weight,
				rank: sql<string>`${candidate.rank}::text`,
				document: revision.document,
				languages: candidate.languages,
			})
			.from(candidate)
			.innerJoin(
				revision,
				and(
					eq(revision.resource, candidate.resource),
					eq(revision.recordId, candidate.id),
					eq(revision.number, candidate.publishedRevision),
				),
			)
			.where(
				after &&
					sql`(-${candidate.rank}, ${candidate.weight}, ${candidate.id})
					> (-(${after.rank}::float4), ${after.weight}, ${after.id})`,
			)
			// As an expression: the bare name would mean the text selected above, and sort 1e-16 before 0.99.
			.orderBy(sql`-${candidate.rank}`, asc(candidate.weight), asc(candidate.id))
			.limit(limit + 1)
	);
}

/**
 * One page of summaries of the published records that pass every filter, in curated order; with `q` by rank. The
 * cursor names the last item, so records published meanwhile neither repeat nor hide others.
 * `total` counts at most 1000 and says when there are more.
 * Throws InvalidError for a cursor of another list, NewerFormatError where a newer program wrote one of them.
 */
export async function listRecords<R extends Resource>(
	db: Queryable,
	resource: R,
	{ cursor, limit, ...filters }: PageQuery,
): Promise<Page<RecordSummary<R>>> {
	const list = [
		resource,
		filters.museum,
		filters.kind,
		filters.library,
		filters.category,
		filters.q,
	];
	const after = cursor === undefined ? undefined : openCursor(list, cursor);
	const query = filters.q === undefined ? undefined : queryLiteral(filters.q);
	if (query === null) return { items: [], total: { value: 0, exact: true } };

	const where = and(
		conditions(resource, filters),
		query === undefined ? undefined : sql`${record.tokens} @@ ${query}::tsquery`,
	);
	const [rows, total] = await Promise.all([
		query === undefined ? inOrder(db, where, limit, after) : ranked(db, where, query, limit, after),
		countOf(db, where),
	]);
	const shown: Row[] = rows.slice(0, limit);
	const items = await asSummaries(db, resource, shown);
	const last = shown.at(-1);
	if (last === undefined || rows.length <= limit) return { items, total };
	const at = { weight: last.weight, id: last.id };
	return {
		items,
		next: sealCursor(list, query === undefined ? at : { ...at, rank: last.rank }),
		total,
	};
}
