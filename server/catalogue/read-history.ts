import { and, desc, eq, lt, max } from 'drizzle-orm';
import { upgradeDocument } from '#schema/record/upgrade-document';
import type { StoredDocument } from '#schema/value/stored-document';
import type { Queryable } from '../database/database.ts';
import { draft, record, revision } from '../database/schema/catalogue.ts';
import { NotFoundError } from '../errors.ts';
import { type Difference, diff } from './diff.ts';
import { nameOf, type RecordName } from './record-name.ts';

const LIMIT_DEFAULT = 50;

/** Where a record stands: its row, without what lists are made of, and its newest revision (0: none yet). */
export async function readLife(db: Queryable, name: RecordName) {
	const { resource, id } = name;
	const [found] = await db
		.select({
			owner: record.owner,
			state: record.state,
			publishedRevision: record.publishedRevision,
			approvedRevision: record.approvedRevision,
			languages: record.languages,
			publishAt: record.publishAt,
			publishLanguages: record.publishLanguages,
			withdrawAt: record.withdrawAt,
			newest: max(revision.number),
		})
		.from(record)
		.leftJoin(
			revision,
			and(eq(revision.resource, record.resource), eq(revision.recordId, record.id)),
		)
		.where(and(eq(record.resource, resource), eq(record.id, id)))
		.groupBy(record.resource, record.id);
	if (found === undefined) throw new NotFoundError(`read: there is no ${nameOf(name)}`);
	return { ...found, newest: found.newest ?? 0 };
}

/** Revisions of a record, newest first, without their documents; `before` a number, for the next page. */
export function readHistory(
	db: Queryable,
	{ resource, id }: RecordName,
	{ before, limit = LIMIT_DEFAULT }: { before?: number; limit?: number } = {},
) {
	return db
		.select({
			number: revision.number,
			author: revision.author,
			note: revision.note,
			base: revision.base,
			restores: revision.restores,
			languages: revision.languages,
			sha256: revision.sha256,
			createdAt: revision.createdAt,
		})
		.from(revision)
		.where(
			and(
				eq(revision.resource, resource),
				eq(revision.recordId, id),
				before === undefined ? undefined : lt(revision.number, before),
			),
		)
		.orderBy(desc(revision.number))
		.limit(limit);
}

/** One revision, whole. Throws NotFoundError. */
export async function readRevision(db: Queryable, name: RecordName, number: number) {
	const { resource, id } = name;
	const [found] = await db
		.select()
		.from(revision)
		.where(
			and(eq(revision.resource, resource), eq(revision.recordId, id), eq(revision.number, number)),
		);
	if (found === undefined) {
		throw new NotFoundError(`read: ${nameOf(name)} has no revision ${number}`);
	}
	return found;
}

/** Working drafts of a record, last touched first, without their documents. */
export function readDrafts(db: Queryable, { resource, id }: RecordName) {
	return db
		.select({
			sitting: draft.sitting,
			author: draft.author,
			base: draft.base,
			updatedAt: draft.updatedAt,
		})
		.from(draft)
		.where(and(eq(draft.resource, resource), eq(draft.recordId, id)))
		.orderBy(desc(draft.updatedAt));
}

/** The working draft of one sitting, whole. Throws NotFoundError. */
export async function readDraft(db: Queryable, name: RecordName, sitting: string) {
	const { resource, id } = name;
	const [found] = await db
		.select()
		.from(draft)
		.where(and(eq(draft.resource, resource), eq(draft.recordId, id), eq(draft.sitting, sitting)));
	if (found === undefined) {
		throw new NotFoundError(`read: ${nameOf(name)} has no draft of this sitting`);
	}
	return found;
}

/** A document in the format of now; one that is incomplete, or of a newer format, as it is. */
function inFormatOfNow({ resource }: RecordName, document: unknown): object {
	try {
		return upgradeDocument(resource, document as StoredDocument);
	} catch {
		return document as object;
	}
}

/**
 * Where two revisions of a record differ; `published` is the one readers see, and nothing where there
 * is none. Throws NotFoundError.
 */
export async function diffRevisions(
	db: Queryable,
	name: RecordName,
	from: number | 'published',
	to: number,
): Promise<Difference[]> {
	const number = from === 'published' ? (await readLife(db, name)).publishedRevision : from;
	const documentOf = async (revision: number) =>
		inFormatOfNow(name, (await readRevision(db, name, revision)).document);
	return diff(number === null ? {} : await documentOf(number), await documentOf(to));
}
