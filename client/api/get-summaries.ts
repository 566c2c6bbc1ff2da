import { z } from 'zod';
import type { Resource } from '#schema/record/resources';
import type { RecordId } from '#schema/value/id';
import { type ClientSummary, summarySchema } from './client-summary.ts';
import { requestJson } from './request-json.ts';

/** Those of the named records that are there, as lists show them. At most `PAGE_LIMIT_MAX` names. */
export async function getSummaries<R extends Resource>(
	resource: R,
	ids: readonly RecordId[],
	signal: AbortSignal,
): Promise<ClientSummary<R>[]> {
	const names = ids.map(encodeURIComponent).join(',');
	const found = await requestJson(
		`/api/v1/${resource}?ids=${names}&view=summary`,
		z.object({ items: z.array(summarySchema(resource)) }),
		signal,
	);
	return found.items;
}
