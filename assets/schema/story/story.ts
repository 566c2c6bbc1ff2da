import { z } from 'zod';
import { mediaList } from '../media/medium.ts';
import { recordId } from '../value/id.ts';
import { provenance } from '../value/provenance.ts';
import { localizedText } from '../value/text.ts';
import { checkStory } from './check-story.ts';
import { storyStep } from './step.ts';

/** What a story tells of. */
const storySubject = z
	.discriminatedUnion('kind', [
		z.object({ kind: z.literal('artefact'), artefact: recordId }),
		z.object({ kind: z.literal('exhibit'), exhibit: recordId }),
	])
	.meta({ id: 'StorySubject' });

/** A story 故事: steps on an artefact or through an exhibit, played in order. */
export const story = z
	.object({
		format: z.literal('xishan-story/1'),
		id: recordId,
		/** The museum it belongs to; the cluster's own where there is none. */
		museum: recordId.optional(),
		name: localizedText,
		summary: localizedText,
		subject: storySubject,
		steps: z.array(storyStep).min(1),
		media: mediaList,
		...provenance,
	})
	.superRefine(checkStory)
	.meta({ id: 'Story' });

export type Story = z.infer<typeof story>;
