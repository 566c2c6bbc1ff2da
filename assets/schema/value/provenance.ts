import { z } from 'zod';
import { localizedText } from './text.ts';

/** Where a statement comes from. `title` names the source as a reader would look it up; `date` is EDTF. */
export const source = z
	.object({
		title: z.string().min(1),
		url: z.url().optional(),
		date: z.string().optional(),
	})
	.meta({ id: 'Source' });

/** `verified`: two or more independent sources. `single-source`: one. `unverified`: none found yet. */
export const verification = z
	.enum(['verified', 'single-source', 'unverified'])
	.meta({ id: 'Verification' });

/** One checked statement about a record. Where sources disagree, each value is a fact of its own. */
export const fact = z
	.object({
		label: localizedText,
		value: localizedText,
		verification,
		sources: z.array(source),
	})
	.refine((f) => f.verification === 'unverified' || f.sources.length > 0, {
		message: 'a fact that is not unverified names its sources',
		path: ['sources'],
	})
	.meta({ id: 'Fact' });

/** What every record of the catalogue carries about its own trustworthiness. */
export const provenance = {
	facts: z.array(fact).default([]),
	sources: z.array(source),
	verification,
};

export type Source = z.infer<typeof source>;
export type Verification = z.infer<typeof verification>;
export type Fact = z.infer<typeof fact>;
