import { z } from 'zod';
import { vector3 } from '../value/geometry.ts';
import { recordId } from '../value/id.ts';
import { provenance } from '../value/provenance.ts';
import { localizedText } from '../value/text.ts';

/**
 * A stop of a tour: what is visited (exactly one of artefact, tradition, museum), the camera in the
 * artefact's frame where it has one (metres), what is said and the shorter caption that is shown.
 */
export const tourStop = z
	.object({
		id: recordId,
		artefact: recordId.optional(),
		tradition: recordId.optional(),
		museum: recordId.optional(),
		camera: z.object({ positionM: vector3, targetM: vector3 }).optional(),
		title: localizedText,
		narration: localizedText,
		caption: localizedText,
		durationS: z.number().positive(),
	})
	.refine((s) => [s.artefact, s.tradition, s.museum].filter(Boolean).length === 1, {
		message: 'a stop visits exactly one artefact, tradition or museum',
	})
	.meta({ id: 'TourStop' });

/** A tour 导览 across the museums of the cluster. */
export const tour = z
	.object({
		id: recordId,
		name: localizedText,
		summary: localizedText,
		museums: z.array(recordId).min(1),
		stops: z.array(tourStop).min(1),
		...provenance,
	})
	.meta({ id: 'Tour' });

export type TourStop = z.infer<typeof tourStop>;
export type Tour = z.infer<typeof tour>;
