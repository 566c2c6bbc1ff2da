import type { Resource } from '#schema/record/resources';
import { summarise } from '#schema/record/summarise';
import type { RecordSummary } from '#schema/record/summary';
import { upgradeDocument } from '#schema/record/upgrade-document';
import type { StoredDocument } from '#schema/value/stored-document';
import { modelSummaries } from '../assets/model-summaries.ts';
import type { Queryable } from '../database/database.ts';
import { stripLanguages } from './languages.ts';
import type { StoredRecord } from './published-records.ts';

/**
 * What lists answer of stored documents of one resource, in the languages that are published: an
 * artefact with its picture and how its asset stands.
 * Throws NewerFormatError for one that a newer program wrote.
 */
export async function asSummaries<R extends Resource>(
	db: Queryable,
	resource: R,
	stored: readonly StoredRecord[],
): Promise<RecordSummary<R>[]> {
	const summaries = stored.map(({ document, languages }) =>
		summarise(
			resource,
			stripLanguages(upgradeDocument(resource, document as StoredDocument), languages),
		),
	);
	if (resource !== 'artefacts') return summaries as unknown as RecordSummary<R>[];
	const models = await modelSummaries(
		db,
		summaries.map(({ id }) => id),
	);
	return summaries.map((summary) => ({
		...summary,
		...(models.get(summary.id) ?? { poster: null, asset: null }),
	})) as unknown as RecordSummary<R>[];
}
