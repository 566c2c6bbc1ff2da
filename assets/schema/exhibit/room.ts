import { z } from 'zod';
import { vector3 } from '../value/geometry.ts';
import { recordId } from '../value/id.ts';
import { localizedText } from '../value/text.ts';

export const ROOM_TEMPLATES = ['ink-hall', 'paper-hall', 'kiln-yard'] as const;

/**
 * A room 展厅 of an exhibit. Its own frame has the origin in the middle of its floor; `sizeM` is
 * [width, height, depth] around that. `positionM` is the origin in the exhibit's frame, `yawRad`
 * turns the room about +Y.
 */
export const exhibitRoom = z
	.object({
		id: recordId,
		name: localizedText.optional(),
		template: z.enum(ROOM_TEMPLATES),
		sizeM: vector3,
		positionM: vector3,
		yawRad: z.number().default(0),
	})
	.meta({ id: 'ExhibitRoom' });

/**
 * A door between two rooms. `positionM` is the middle of its sill in the exhibit's frame, `yawRad`
 * the way one looks when passing from `from` to `to`: yaw 0 looks along −Z, as at the entrance.
 */
export const exhibitDoor = z
	.object({
		id: recordId,
		from: recordId,
		to: recordId,
		positionM: vector3,
		yawRad: z.number(),
		widthM: z.number().positive(),
		heightM: z.number().positive(),
		/** The round leads this way only; the door itself opens both ways. */
		isOneWay: z.boolean().default(false),
	})
	.refine((door) => door.from !== door.to, { message: 'a door leads to another room' })
	.meta({ id: 'ExhibitDoor' });

/** Where a visitor arrives, in the frame of `room`, and which way they look: yaw 0 looks along −Z. */
export const exhibitEntrance = z
	.object({ room: recordId, positionM: vector3, yawRad: z.number() })
	.meta({ id: 'ExhibitEntrance' });

export type ExhibitRoom = z.infer<typeof exhibitRoom>;
