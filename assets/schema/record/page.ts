import { z } from 'zod';
import { recordId } from '../value/id.ts';

export const PAGE_LIMIT_MAX = 100;
export const PAGE_LIMIT_DEFAULT = 50;

/** Names of records in one parameter, separated by commas; at most a page of them. */
const idList = z
	.string()
	.transform((names) => names.split(','))
	.pipe(z.array(recordId).max(PAGE_LIMIT_MAX))
	.meta({ description: `Names of records, separated by commas, ${PAGE_LIMIT_MAX} at most` });

const FILTERS = ['cursor', 'museum', 'kind', 'library', 'category', 'q'] as const;

/**
 * What a list may be asked for. `q` searches names and texts, `ids` names the records themselves and
 * stands alone; the rest narrow by exact value.
 */
export const pageQuery = z
	.object({
		cursor: z.string().max(500).optional(),
		limit: z.coerce.number().int().min(1).max(PAGE_LIMIT_MAX).default(PAGE_LIMIT_DEFAULT),
		museum: recordId.optional(),
		kind: recordId.optional(),
		library: recordId.optional(),
		category: recordId.optional(),
		q: z.string().trim().min(1).max(200).optional(),
		ids: idList.optional(),
	})
	.strict()
	.superRefine(({ ids, ...filters }, context) => {
		if (ids === undefined) return;
		for (const name of FILTERS.filter((filter) => filters[filter] !== undefined)) {
			context.addIssue({ code: 'custom', path: [name], message: 'ids stands alone' });
		}
	});

/** One page of results; `next` goes back as `cursor`. A total that is not `exact` is a lower bound. */
export function pageOf<T extends z.ZodType>(item: T) {
	return z.object({
		items: z.array(item),
		next: z.string().optional(),
		total: z.object({ value: z.int().nonnegative(), exact: z.boolean() }).optional(),
	});
}

export type PageQuery = z.infer<typeof pageQuery>;
export interface Page<T> {
	items: T[];
	next?: string;
	total?: { value: number; exact: boolean };
}
