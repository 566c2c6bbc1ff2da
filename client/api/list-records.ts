import { type Page, type PageQuery, pageOf } from '#schema/record/page';
import type { Resource } from '#schema/record/resources';
import { answerSchema, type ClientRecord } from './client-record.ts';
import { requestJson } from './request-json.ts';

export type ListQuery = Partial<PageQuery>;

/** One page of a resource. `next` of the answer goes back as `cursor`. */
export async function listRecords<R extends Resource>(
	resource: R,
	query: ListQuery,
	signal: AbortSignal,
): Promise<Page<ClientRecord<R>>> {
	const page = await requestJson(
		`/api/v1/${resource}?${searchOf(query)}`,
		pageOf(answerSchema(resource)),
		signal,
	);
	return {
		items: page.items as ClientRecord<R>[],
		...(page.next === undefined ? {} : { next: page.next }),
		...(page.total === undefined ? {} : { total: page.total }),
	};
}

/** The query in a fixed order, so that equal questions have equal addresses. */
export function searchOf(query: ListQuery): string {
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))) {
		if (value !== undefined) params.set(name, String(value));
	}
	return params.toString();
}
