import { z } from 'zod';
import { mediaList } from '../media/medium.ts';
import { recordId } from '../value/id.ts';
import { provenance } from '../value/provenance.ts';
import { localizedText } from '../value/text.ts';

/** The ten national categories of intangible heritage, in the order of their Roman numerals Ⅰ–Ⅹ. */
export const TRADITION_CATEGORIES = [
	'folk-literature',
	'traditional-music',
	'traditional-dance',
	'traditional-drama',
	'quyi',
	'traditional-sports',
	'traditional-fine-arts',
	'traditional-craftsmanship',
	'traditional-medicine',
	'folk-customs',
] as const;

export const TRADITION_LEVELS = ['unesco', 'national', 'municipal', 'district'] as const;

/** A day rule of the Chinese lunar calendar, converted per year: month 1–12, days inclusive. */
export const lunarRule = z
	.object({
		month: z.int().min(1).max(12),
		firstDay: z.int().min(1).max(30),
		lastDay: z.int().min(1).max(30),
		note: localizedText.optional(),
	})
	.refine((r) => r.firstDay <= r.lastDay, { message: 'firstDay is not after lastDay' })
	.meta({ id: 'LunarRule' });

/** A tradition 非遗项目: one row of a list of intangible heritage. Unknown fields are left out, never guessed. */
export const tradition = z
	.object({
		format: z.literal('xishan-tradition/2'),
		id: recordId,
		name: localizedText,
		summary: localizedText,
		description: localizedText,
		/** Category under its name at the time of inscription, which the lists have changed since. */
		categoryAtInscription: localizedText.optional(),
		category: z.enum(TRADITION_CATEGORIES),
		level: z.enum(TRADITION_LEVELS),
		/** Batches are open-ended: a new one only adds a number. */
		batch: z.object({ number: z.int().positive(), announced: z.string() }).optional(),
		code: z.string().optional(),
		type: z.enum(['new', 'extension']).optional(),
		protectionUnit: localizedText.optional(),
		region: localizedText,
		places: z.array(recordId).default([]),
		museums: z.array(recordId).default([]),
		artefacts: z.array(recordId).default([]),
		libraries: z.array(recordId).default([]),
		calendar: z.array(lunarRule).default([]),
		media: mediaList,
		articles: z.array(recordId).default([]),
		stories: z.array(recordId).default([]),
		...provenance,
	})
	.meta({ id: 'Tradition' });

export type Tradition = z.infer<typeof tradition>;
