import { z } from 'zod';
import { mediaList } from '../media/medium.ts';
import { recordId } from '../value/id.ts';
import { provenance } from '../value/provenance.ts';
import { localizedText } from '../value/text.ts';

/** The three groups of the plan's "5+3+2": five of books, three of culture, two of heritage. */
export const LIBRARY_GROUPS = ['books', 'culture', 'heritage'] as const;

/** A named digital resource library 资源库. `number` is its place (1–10) in the district's plan. */
export const library = z
	.object({
		format: z.literal('xishan-library/2'),
		id: recordId,
		number: z.int().min(1).max(10),
		group: z.enum(LIBRARY_GROUPS),
		name: localizedText,
		summary: localizedText,
		media: mediaList,
		...provenance,
	})
	.meta({ id: 'Library' });

export type Library = z.infer<typeof library>;
