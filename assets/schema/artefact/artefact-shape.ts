import { z } from 'zod';
import { asset } from '../asset/asset.ts';
import { mediaList } from '../media/medium.ts';
import { recordId } from '../value/id.ts';
import { provenance } from '../value/provenance.ts';
import { rightsUri } from '../value/rights.ts';
import { localizedText } from '../value/text.ts';
import { registration } from './registration.ts';

export const ARTEFACT_KINDS = ['object', 'sculpture', 'architecture', 'mural'] as const;

/** What each side shows, in words: for those who cannot turn the piece, or cannot see it. */
const sideTexts = z
	.object({
		front: localizedText.optional(),
		back: localizedText.optional(),
		left: localizedText.optional(),
		right: localizedText.optional(),
		top: localizedText.optional(),
		bottom: localizedText.optional(),
	})
	.meta({ id: 'SideTexts' });

/** The shape of an artefact, as readers take it: what a sample must not claim was checked when it was written. */
export const artefactShape = z.object({
	format: z.literal('xishan-artefact/2'),
	id: recordId,
	kind: z.enum(ARTEFACT_KINDS),
	museum: recordId,
	name: localizedText,
	summary: localizedText,
	description: localizedText,
	/** 示例: made for the demonstration, not a holding of any museum. */
	isSample: z.boolean(),
	registration,
	libraries: z.array(recordId).default([]),
	traditions: z.array(recordId).default([]),
	place: recordId.optional(),
	/** What a person who cannot see the model is told about its look. */
	textAlternative: localizedText,
	sides: sideTexts.optional(),
	/** Its scan is the medium `model`. */
	media: mediaList,
	articles: z.array(recordId).default([]),
	stories: z.array(recordId).default([]),
	rights: rightsUri,
	credit: localizedText,
	...provenance,
});

/** The same of an artefact as the API answers it: with its scan's derivatives, or null while it has no scan. */
export const artefactWithAssetShape = artefactShape.extend({ asset: asset.nullable() });

export type Artefact = z.infer<typeof artefactShape>;
export type ArtefactWithAsset = z.infer<typeof artefactWithAssetShape>;
