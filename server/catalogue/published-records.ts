import { and, eq } from 'drizzle-orm';
import type { ArtefactWithAsset } from '#schema/artefact/artefact-shape';
import type { RecordOf } from '#schema/record/record';
import type { Resource } from '#schema/record/resources';
import { upgradeDocument } from '#schema/record/upgrade-document';
import type { StoredDocument } from '#schema/value/stored-document';
import { assetsOfArtefacts } from '../assets/artefact-assets.ts';
import type { Queryable } from '../database/database.ts';
import { record, revision } from '../database/schema/catalogue.ts';
import { NotFoundError } from '../errors.ts';
import { stripLanguages } from './languages.ts';

/** A record as readers get it: an artefact comes with its asset. */
export type PublicRecord<R extends Resource> = R extends 'artefacts'
	? ArtefactWithAsset
	: RecordOf<R>;

/** How `record` and the revision it has published belong together. */
export const publishedRevision = and(
	eq(revision.resource, record.resource),
	eq(revision.recordId, record.id),
	eq(revision.number, record.publishedRevision),
);

/** A published revision as it is stored, and the languages readers get of it. */
export interface StoredRecord {
	document: unknown;
	languages: readonly string[];
}

/**
 * Turns stored documents of one resource into what readers get, older ones in the format of now, in
 * the languages that are published and no other.
 * They were checked against the contract when they were published and cannot change since, so those
 * of the present format are not parsed again.
 * Throws NewerFormatError for one that a newer program wrote.
 */
export async function asPublicRecords<R extends Resource>(
	db: Queryable,
	resource: R,
	stored: readonly StoredRecord[],
): Promise<PublicRecord<R>[]> {
	const records: RecordOf<R>[] = stored.map(({ document, languages }) =>
		stripLanguages(upgradeDocument(resource, document as StoredDocument), languages),
	);
	if (resource !== 'artefacts') return records as PublicRecord<R>[];
	const assets = await assetsOfArtefacts(
		db,
		records.map(({ id }) => id),
	);
	return records.map((document) => ({
		...document,
		asset: assets.get(document.id) ?? null,
	})) as unknown as PublicRecord<R>[];
}

/** Reads one published record. Throws NotFoundError and NewerFormatError. */
export async function readRecord<R extends Resource>(
	db: Queryable,
	resource: R,
	id: string,
): Promise<PublicRecord<R>> {
	const rows = await db
		.select({ document: revision.document, languages: record.languages })
		.from(record)
		.innerJoin(revision, publishedRevision)
		.where(and(eq(record.resource, resource), eq(record.id, id)));
	const [found] = await asPublicRecords(db, resource, rows);
	if (found === undefined) throw new NotFoundError(`read: there is no ${resource}/${id}`);
	return found;
}
