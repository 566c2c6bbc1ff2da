import type { Resource } from '#schema/record/resources';
import type { RecordId } from '#schema/value/id';
import { answerSchema, type ClientRecord } from './client-record.ts';
import { requestJson } from './request-json.ts';

/** One record by its name. */
export function getRecord<R extends Resource>(
	resource: R,
	id: RecordId,
	signal: AbortSignal,
): Promise<ClientRecord<R>> {
	return requestJson(
		`/api/v1/${resource}/${encodeURIComponent(id)}`,
		answerSchema(resource),
		signal,
	);
}
