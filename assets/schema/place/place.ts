import { z } from 'zod';
import { mediaList } from '../media/medium.ts';
import { earthPoint } from '../value/geometry.ts';
import { recordId } from '../value/id.ts';
import { provenance } from '../value/provenance.ts';
import { localizedText } from '../value/text.ts';

export const PLACE_KINDS = [
	'village',
	'town',
	'mountain',
	'river',
	'pass',
	'temple',
	'industrial-site',
	'urban-area',
] as const;

/** A place 地点 that museums and traditions belong to. */
export const place = z
	.object({
		format: z.literal('xishan-place/2'),
		id: recordId,
		kind: z.enum(PLACE_KINDS),
		name: localizedText,
		summary: localizedText,
		district: z.enum(['mentougou', 'shijingshan']),
		point: earthPoint.optional(),
		media: mediaList,
		...provenance,
	})
	.meta({ id: 'Place' });

export type Place = z.infer<typeof place>;
