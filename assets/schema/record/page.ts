import { z } from 'zod';

export const PAGE_LIMIT_MAX = 100;
export const PAGE_LIMIT_DEFAULT = 50;

/** One page of results; `next` goes back as `cursor`. A total that is not `exact` is a lower bound. */
export function pageOf<T extends z.ZodType>(item: T) {
	return z.object({
		items: z.array(item),
		next: z.string().optional(),
		total: z.object({ value: z.int().nonnegative(), exact: z.boolean() }).optional(),
	});
}

export interface Page<T> {
	items: T[];
	next?: string;
	total?: { value: number; exact: boolean };
}
