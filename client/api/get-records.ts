import { z } from 'zod';
import type { Resource } from '#schema/record/resources';
import type { RecordId } from '#schema/value/id';
import { answerSchema, type ClientRecord } from './client-record.ts';
import { requestJson } from './request-json.ts';

/** Those of the named records that are there, whole, in the order asked. At most `PAGE_LIMIT_MAX` names. */
export async function getRecords<R extends Resource>(
	resource: R,
	ids: readonly RecordId[],
	signal: AbortSignal,
): Promise<ClientRecord<R>[]> {
	const names = ids.map(encodeURIComponent).join(',');
	const found = await requestJson(
		`/api/v1/${resource}?ids=${names}`,
		z.object({ items: z.array(answerSchema(resource)) }),
		signal,
	);
	return found.items;
}
