import { z } from 'zod';
import { vector3 } from '../value/geometry.ts';
import { recordId } from '../value/id.ts';

const placed = {
	id: recordId,
	room: recordId,
	positionM: vector3,
	targetM: vector3,
	color: z.string(),
	intensity: z.number(),
	/** The piece this light is for: `targetM` is a point on it, and the two are moved together. */
	piece: recordId.optional(),
};

/**
 * A light of a room, in its frame: `key` is directional, `fill` the hemisphere, `spot` a cone.
 * Intensities are relative, 1 is usual.
 */
export const exhibitLight = z
	.discriminatedUnion('kind', [
		z.object({ kind: z.literal('key'), ...placed }),
		z.object({
			kind: z.literal('fill'),
			id: recordId,
			room: recordId,
			skyColor: z.string(),
			groundColor: z.string(),
			intensity: z.number(),
		}),
		z.object({ kind: z.literal('spot'), ...placed, angleRad: z.number().positive() }),
	])
	.meta({ id: 'ExhibitLight' });

export type ExhibitLight = z.infer<typeof exhibitLight>;
