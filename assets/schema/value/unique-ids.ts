import type { z } from 'zod';

/** Refuses a list in which two things have the same id; `path` leads to the list. */
export function checkUniqueIds(
	things: readonly { id: string }[],
	context: z.RefinementCtx,
	path: PropertyKey[] = [],
): void {
	const seen = new Set<string>();
	for (const [index, { id }] of things.entries()) {
		if (seen.has(id)) {
			const message = `${id} comes twice`;
			context.addIssue({ code: 'custom', path: [...path, index, 'id'], message });
		}
		seen.add(id);
	}
}
