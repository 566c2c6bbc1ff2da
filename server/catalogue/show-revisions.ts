import { sql } from 'drizzle-orm';
import { upgradeDocument } from '#schema/record/upgrade-document';
import type { StoredDocument } from '#schema/value/stored-document';
import type { Transaction } from '../database/database.ts';
import { stripLanguages } from './languages.ts';
import { ownerOf } from './owner-of.ts';
import { PROJECTION_VERSION, projectRecord } from './projection.ts';
import type { RecordName } from './record-name.ts';
import { type Reference, referencesOf } from './references.ts';

/** A revision that readers are to see of a record. */
export interface Shown extends RecordName {
	revision: number;
	/** In any format that was ever stored. */
	document: object;
	/** Languages readers get. */
	languages: readonly string[];
	/** Left out: as it was. */
	weight?: number;
	/** Only projected again: state, approval and dates stay as they are. */
	isOnlyProjected?: boolean;
}

/** How SQL reads rows of `shownRow` out of JSON. */
export const RECORD_COLUMNS = sql.raw(`(resource text, id text, owner text, revision int,
	languages text[], museums text[], kind text, category text, libraries text[], tokens text,
	weight int, state text)`);

/** Derives the columns of a record from the revision that is shown; readers find no other languages. */
export function shownRow({ resource, id, revision, languages, weight, ...shown }: Shown) {
	const whole = upgradeDocument(resource, shown.document as StoredDocument);
	const document = stripLanguages(whole, languages);
	const state = shown.isOnlyProjected ? null : 'published';
	const owner = ownerOf(resource, document);
	const facets = projectRecord(resource, document);
	return { resource, id, owner, revision, languages, weight: weight ?? null, state, ...facets };
}

/** Writes down whom shown revisions name, in place of whom the ones before named. */
export async function writeReferences(
	tx: Transaction,
	shown: readonly (RecordName & { references: readonly Reference[] })[],
): Promise<void> {
	const names = JSON.stringify(shown.map(({ resource, id }) => ({ resource, id })));
	await tx.execute(sql`delete from reference f
		using jsonb_to_recordset(${names}::jsonb) as x(resource text, id text)
		where f.resource = x.resource and f.record_id = x.id`);
	const rows = shown.flatMap(({ resource, id, references }) =>
		references.map((to) => [resource, id, to.path, to.resource, to.id]),
	);
	if (rows.length === 0) return;
	await tx.execute(sql`insert into reference (resource, record_id, path, to_resource, to_id)
		select x->>0, x->>1, x->>2, x->>3, x->>4 from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) x`);
}

/** Everything else that a shown document names, with the record itself. */
export function referrerOf({ resource, id, document }: RecordName & { document: object }) {
	const references = referencesOf(resource, upgradeDocument(resource, document as StoredDocument));
	return { resource, id, references };
}

/**
 * Makes revisions the ones readers see of records that are locked and there: pointer, languages, what
 * lists and search find, and whom they name. One statement for all of them.
 */
export async function showRevisions(tx: Transaction, shown: readonly Shown[]): Promise<void> {
	if (shown.length === 0) return;
	const rows = JSON.stringify(shown.map(shownRow));
	await tx.execute(sql`update record r set published_revision = x.revision, languages = x.languages,
			museums = x.museums, kind = x.kind, category = x.category, libraries = x.libraries,
			tokens = x.tokens::tsvector, weight = coalesce(x.weight, r.weight),
			projection_version = ${PROJECTION_VERSION},
			updated_at = case when x.state is null then r.updated_at else now() end,
			state = coalesce(x.state, r.state),
			approved_revision = case when x.state is null then r.approved_revision else x.revision end,
			publish_at = case when x.state is null then r.publish_at end,
			publish_languages = case when x.state is null then r.publish_languages end,
			publish_actor = case when x.state is null then r.publish_actor end
		from jsonb_to_recordset(${rows}::jsonb) as x${RECORD_COLUMNS}
		where r.resource = x.resource and r.id = x.id`);
	await writeReferences(tx, shown.map(referrerOf));
}
