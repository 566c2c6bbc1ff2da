import { type Page, pageOf } from '#schema/record/page';
import type { PageQuery } from '#schema/record/page-query';
import type { Resource } from '#schema/record/resources';
import { type ClientSummary, summarySchema } from './client-summary.ts';
import { requestJson } from './request-json.ts';

export type ListQuery = Partial<PageQuery>;

/** One page of a resource, as lists show it. `next` of the answer goes back as `cursor`. */
export async function listRecords<R extends Resource>(
	resource: R,
	query: ListQuery,
	signal: AbortSignal,
): Promise<Page<ClientSummary<R>>> {
	const page = await requestJson(
		`/api/v1/${resource}?${searchOf(query)}`,
		pageOf(summarySchema(resource)),
		signal,
	);
	return {
		items: page.items as ClientSummary<R>[],
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
