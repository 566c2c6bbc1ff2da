import { z } from 'zod';
import { assetReference } from '../media/medium.ts';
import { vector3 } from '../value/geometry.ts';
import { type RecordId, recordId } from '../value/id.ts';
import { localizedText } from '../value/text.ts';
import { hotspot } from './hotspot.ts';

/**
 * What a piece shows: a medium of an artefact, as it is now or pinned to one asset; or a medium of
 * the exhibit itself, such as a picture on the wall. `widthM` is how wide a flat one hangs.
 */
const pieceSubject = z
	.discriminatedUnion('kind', [
		z.object({
			kind: z.literal('artefact'),
			artefact: recordId,
			medium: recordId.default('model'),
			asset: assetReference.default('latest'),
		}),
		z.object({
			kind: z.literal('medium'),
			medium: recordId,
			widthM: z.number().positive().optional(),
		}),
	])
	.meta({ id: 'PieceSubject' });

/**
 * A piece 展件: an artefact or a medium placed in a room. `positionM` is where its plinth stands on
 * the floor, in the room's frame; what it shows rests on top. `yawRad` turns it about +Y. `scale` 1
 * is true size.
 */
export const piece = z
	.object({
		id: recordId,
		room: recordId,
		shows: pieceSubject,
		positionM: vector3,
		yawRad: z.number(),
		scale: z.number().positive().default(1),
		plinth: z.object({
			shape: z.enum(['box', 'round', 'none']),
			heightM: z.number().nonnegative(),
			widthM: z.number().positive(),
		}),
		caption: localizedText,
		hotspots: z.array(hotspot).default([]),
	})
	.meta({ id: 'Piece' });

export type Piece = z.infer<typeof piece>;

/** The artefact a piece shows; undefined where it shows a medium. */
export function artefactOf({ shows }: Piece): RecordId | undefined {
	return shows.kind === 'artefact' ? shows.artefact : undefined;
}
