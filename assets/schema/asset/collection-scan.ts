import { z } from 'zod';
import { recordId } from '../value/id.ts';
import { LENGTH_UNITS, UP_AXES } from './asset-manifest.ts';

/** One line of `assets/collection/scans.json`: the source model of a demo artefact, a file of `assets/sources`. */
export const collectionScan = z.object({
	artefact: recordId,
	file: z.string().regex(/^[a-z0-9-]+\.(?:glb|ply|obj|stl)$/),
	unit: z.enum(LENGTH_UNITS).optional(),
	up: z.enum(UP_AXES).optional(),
});

export const collectionScans = z.array(collectionScan);
export type CollectionScan = z.infer<typeof collectionScan>;
