import type { z } from 'zod';
import { artefactShape, artefactWithAssetShape } from './artefact-shape.ts';
import type { registration } from './registration.ts';

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
export const artefactWithAsset = artefactWithAssetShape
	.superRefine(checkSample)
	.meta({ id: 'ArtefactWithAsset' });
