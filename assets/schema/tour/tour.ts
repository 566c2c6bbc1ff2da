import { z } from 'zod';
import { mediaList } from '../media/medium.ts';
import { cameraView } from '../value/geometry.ts';
import { recordId } from '../value/id.ts';
import { provenance } from '../value/provenance.ts';
import { localizedText } from '../value/text.ts';

/**
 * A stop of a tour: what is visited, the camera in its frame where it has one (metres), what is said
 * and the shorter caption that is shown. It visits one artefact, tradition or museum, or an exhibit
 * and there perhaps one piece; an exhibit may also stand beside another subject, as the place where
 * it is seen. The camera's frame is the artefact's, else the piece's, else the exhibit's. A stop may
 * play a story, and `media` of the tour.
 */
export const tourStop = z
	.object({
		id: recordId,
		artefact: recordId.optional(),
		tradition: recordId.optional(),
		museum: recordId.optional(),
		exhibit: recordId.optional(),
		/** The id of a piece of `exhibit`. */
		piece: recordId.optional(),
		story: recordId.optional(),
		camera: cameraView.optional(),
		title: localizedText,
		narration: localizedText,
		caption: localizedText,
		media: z.array(recordId).default([]),
		durationS: z.number().positive(),
	})
	.superRefine((stop, context) => {
		const subjects = [stop.artefact, stop.tradition, stop.museum].filter(Boolean).length;
		if (subjects > 1 || (subjects === 0 && stop.exhibit === undefined)) {
			const message = 'a stop visits exactly one artefact, tradition or museum, or an exhibit';
			context.addIssue({ code: 'custom', message });
		}
		if (stop.piece !== undefined && stop.exhibit === undefined) {
			const message = 'a piece is visited in its exhibit';
			context.addIssue({ code: 'custom', path: ['exhibit'], message });
		}
	})
	.meta({ id: 'TourStop' });

/** A tour 导览 across the museums of the cluster. */
export const tour = z
	.object({
		format: z.literal('xishan-tour/2'),
		id: recordId,
		name: localizedText,
		summary: localizedText,
		museums: z.array(recordId).min(1),
		stops: z.array(tourStop).min(1),
		media: mediaList,
		...provenance,
	})
	.superRefine(({ stops, media }, context) => {
		const ids = new Set(media.map(({ id }) => id));
		for (const [index, stop] of stops.entries()) {
			for (const [at, id] of stop.media.entries()) {
				if (ids.has(id)) continue;
				const path = ['stops', index, 'media', at];
				context.addIssue({ code: 'custom', path, message: `the tour has no medium ${id}` });
			}
		}
	})
	.meta({ id: 'Tour' });

export type TourStop = z.infer<typeof tourStop>;
export type Tour = z.infer<typeof tour>;
