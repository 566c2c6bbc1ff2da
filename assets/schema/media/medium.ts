import { z } from 'zod';
import { assetId, recordId } from '../value/id.ts';
import { rightsUri } from '../value/rights.ts';
import { languageTag, localizedText } from '../value/text.ts';
import { checkUniqueIds } from '../value/unique-ids.ts';

/**
 * What a medium is for. `model` stands in space, `picture`, `panorama` and `film` are looked at,
 * `narration` is spoken words, `sound` is how a thing or a room sounds. `captions`, `sign-language`,
 * `audio-description` and `transcript` open another medium to those who cannot hear or see it;
 * a `document` is read as a file of its own.
 */
export const MEDIUM_ROLES = [
	'model',
	'picture',
	'panorama',
	'film',
	'narration',
	'sound',
	'captions',
	'sign-language',
	'audio-description',
	'transcript',
	'document',
] as const;

/** Which asset is shown: a pinned one, or the newest that was given to this medium. */
export const assetReference = z
	.union([z.literal('latest'), assetId])
	.meta({ id: 'AssetReference' });

/** A medium 媒体: an asset in a role on a record. `id` names it within its record. */
export const medium = z
	.object({
		id: recordId,
		role: z.enum(MEDIUM_ROLES),
		asset: assetReference,
		/** The language that is spoken or written in it, where there is one. */
		language: languageTag.optional(),
		/** The medium of the same record that this one opens up, such as the film that captions belong to. */
		accompanies: recordId.optional(),
		/** What a person who cannot see it is told. */
		alt: localizedText.optional(),
		/** True for one that adds nothing to what is said beside it: it needs no `alt`. */
		isDecorative: z.boolean().default(false),
		caption: localizedText.optional(),
		credit: localizedText.optional(),
		rights: rightsUri.optional(),
	})
	.meta({ id: 'Medium' });

function checkMedia(media: readonly Medium[], context: z.RefinementCtx): void {
	checkUniqueIds(media, context);
	const ids = new Set(media.map(({ id }) => id));
	for (const [index, { accompanies }] of media.entries()) {
		if (accompanies === undefined || ids.has(accompanies)) continue;
		const message = `there is no medium ${accompanies}`;
		context.addIssue({ code: 'custom', path: [index, 'accompanies'], message });
	}
}

/** The media of a record, each id once. */
export const mediaList = z.array(medium).superRefine(checkMedia).default([]);

export type Medium = z.infer<typeof medium>;
