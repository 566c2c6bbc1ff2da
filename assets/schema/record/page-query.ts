import { z } from 'zod';
import { recordId } from '../value/id.ts';
import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX } from './page.ts';

/** Names of records in one parameter, separated by commas; at most a page of them. */
const idList = z
	.string()
	.transform((names) => names.split(','))
	.pipe(z.array(recordId).max(PAGE_LIMIT_MAX))
	.meta({ description: `Names of records, separated by commas, ${PAGE_LIMIT_MAX} at most` });

const FILTERS = ['cursor', 'museum', 'kind', 'library', 'category', 'q'] as const;

/**
 * What a list may be asked for. `q` searches names and texts, `ids` names the records themselves and
 * stands alone; the rest narrow by exact value. A list answers summaries; what is asked for by `ids` is
 * answered whole, or with `view` as summaries, too.
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
		view: z.enum(['summary', 'whole']).optional(),
	})
	.strict()
	.superRefine(({ ids, view, ...filters }, context) => {
		if (ids === undefined) {
			if (view !== 'whole') return;
			const message = 'a list answers summaries — name the records by ids';
			context.addIssue({ code: 'custom', path: ['view'], message });
			return;
		}
		for (const name of FILTERS.filter((filter) => filters[filter] !== undefined)) {
			context.addIssue({ code: 'custom', path: [name], message: 'ids stands alone' });
		}
	});

export type PageQuery = z.infer<typeof pageQuery>;
