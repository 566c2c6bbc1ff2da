import { z } from 'zod';
import { mediaList } from '../media/medium.ts';
import { earthPoint } from '../value/geometry.ts';
import { recordId } from '../value/id.ts';
import { provenance } from '../value/provenance.ts';
import { localizedText } from '../value/text.ts';
import { museumVisit } from './visit.ts';

/** `museum`: a registered museum; `micro-thematic` and `museum-like`: the small houses of the cluster; `site`: a protected site one visits. */
export const MUSEUM_KINDS = ['museum', 'micro-thematic', 'museum-like', 'site'] as const;

/** The mineral accents of the house; a museum takes one as its colour. */
export const ACCENTS = [
	'glaze-yellow',
	'peacock-blue',
	'malachite',
	'cinnabar',
	'purple-stone',
] as const;

/** A museum 馆 (or a site visited like one) of the cluster. Exactly one is the hub. */
export const museum = z
	.object({
		format: z.literal('xishan-museum/2'),
		id: recordId,
		kind: z.enum(MUSEUM_KINDS),
		isHub: z.boolean().default(false),
		name: localizedText,
		summary: localizedText,
		description: localizedText,
		district: z.enum(['mentougou', 'shijingshan']),
		place: recordId.optional(),
		address: localizedText.optional(),
		point: earthPoint,
		accent: z.enum(ACCENTS),
		/** 一馆一品: the one piece this museum is known by. */
		signatureArtefact: recordId.optional(),
		/** Heritage protection as stated by the sources, such as 全国重点文物保护单位. */
		protection: localizedText.optional(),
		visit: museumVisit.optional(),
		media: mediaList,
		...provenance,
	})
	.meta({ id: 'Museum' });

export type Museum = z.infer<typeof museum>;
