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

const artefactShape = z.object({
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

/** Refuses what a sample must never claim: an accession number or a grade. */
function checkSample(
	record: { isSample: boolean; registration: z.infer<typeof registration> },
	context: z.RefinementCtx,
): void {
	if (!record.isSample) return;
	for (const field of ['registrationNumber', 'grade', 'accessioned'] as const) {
		if (record.registration[field] !== undefined) {
			context.addIssue({
				code: 'custom',
				path: ['registration', field],
				message: `a sample carries no ${field}`,
			});
		}
	}
}

/** An artefact 文物/藏品 as the catalogue stores it. */
export const artefact = artefactShape.superRefine(checkSample).meta({ id: 'Artefact' });

/** An artefact as the API answers it: with its scan's derivatives, or null while it has no scan. */
export const artefactWithAsset = artefactShape
	.extend({ asset: asset.nullable() })
	.superRefine(checkSample)
	.meta({ id: 'ArtefactWithAsset' });

export type Artefact = z.infer<typeof artefact>;
export type ArtefactWithAsset = z.infer<typeof artefactWithAsset>;
