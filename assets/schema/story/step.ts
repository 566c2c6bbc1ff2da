import { z } from 'zod';
import { cameraView } from '../value/geometry.ts';
import { recordId } from '../value/id.ts';
import { lightSetting } from '../value/light-setting.ts';
import { localizedText } from '../value/text.ts';

const scalar = z.union([z.boolean(), z.number(), z.string().max(500)]);
const numbers = z.array(z.number()).max(100);

/**
 * A tool as a step leaves it: its name and its settings, such as the plane of a section or the points
 * of a measure (metres). A reader that does not know the tool tells the step without it.
 */
const toolState = z
	.object({
		name: recordId,
		settings: z.record(recordId, z.union([scalar, numbers, z.array(numbers).max(1_000)])),
	})
	.meta({ id: 'ToolState' });

/** One caption of a narration: seconds from the start of the step, and what is said in them. */
const caption = z
	.object({
		startS: z.number().nonnegative(),
		endS: z.number().positive(),
		text: localizedText,
	})
	.refine((line) => line.startS < line.endS, { message: 'a caption ends after it starts' })
	.meta({ id: 'Caption' });

/** What is said: the text itself, the medium of the story that speaks it, and its captions in order. */
const narration = z
	.object({
		text: localizedText,
		medium: recordId.optional(),
		captions: z.array(caption).default([]),
	})
	.meta({ id: 'Narration' });

/** One thing that a step shows or hides; what no line names is as it always is. */
const appearance = z
	.discriminatedUnion('kind', [
		z.object({ kind: z.literal('piece'), piece: recordId, isShown: z.boolean() }),
		z.object({
			kind: z.literal('hotspot'),
			piece: recordId,
			hotspot: recordId,
			isShown: z.boolean(),
		}),
		z.object({ kind: z.literal('medium'), medium: recordId, isShown: z.boolean() }),
	])
	.meta({ id: 'Appearance' });

/** How a step comes about from the one before; a reader that must not move cuts. */
const transition = z
	.object({ kind: z.enum(['fly', 'fade', 'cut']), durationS: z.number().nonnegative() })
	.meta({ id: 'Transition' });

/**
 * A step of a story. It says all that differs from how its subject usually looks, not from the step
 * before, so that any step may be the first. `camera` and `light` are in the artefact's frame; in an
 * exhibit in that of `piece`, else of `room`, else of the exhibit.
 */
export const storyStep = z
	.object({
		id: recordId,
		title: localizedText.optional(),
		room: recordId.optional(),
		piece: recordId.optional(),
		camera: cameraView.optional(),
		light: lightSetting.optional(),
		tool: toolState.optional(),
		narration,
		appearances: z.array(appearance).default([]),
		durationS: z.number().positive(),
		transition: transition.default({ kind: 'fly', durationS: 1.5 }),
	})
	.meta({ id: 'StoryStep' });

export type StoryStep = z.infer<typeof storyStep>;
