import type { z } from 'zod';
import { checkUniqueIds } from '../value/unique-ids.ts';
import type { StoryStep } from './step.ts';

interface StoryParts {
	subject: { kind: 'artefact' | 'exhibit' };
	steps: readonly StoryStep[];
	media: readonly { id: string }[];
}

function mediaOf({ narration, appearances }: StoryStep): string[] {
	const shown = appearances.flatMap((each) => (each.kind === 'medium' ? [each.medium] : []));
	return narration.medium === undefined ? shown : [narration.medium, ...shown];
}

/** Whether a step speaks of rooms or pieces, which only an exhibit has. */
function needsExhibit({ room, piece, appearances }: StoryStep): boolean {
	return (
		room !== undefined ||
		piece !== undefined ||
		appearances.some(({ kind }) => kind === 'piece' || kind === 'hotspot')
	);
}

/** Refuses steps with an id twice, with media the story lacks, or with pieces where its subject is an artefact. */
export function checkStory({ subject, steps, media }: StoryParts, context: z.RefinementCtx): void {
	checkUniqueIds(steps, context, ['steps']);
	const ids = new Set(media.map(({ id }) => id));
	for (const [index, step] of steps.entries()) {
		for (const id of mediaOf(step)) {
			if (ids.has(id)) continue;
			const message = `the story has no medium ${id}`;
			context.addIssue({ code: 'custom', path: ['steps', index], message });
		}
		if (subject.kind === 'artefact' && needsExhibit(step)) {
			const message = 'rooms and pieces belong to a story of an exhibit';
			context.addIssue({ code: 'custom', path: ['steps', index], message });
		}
	}
}
