import { z } from 'zod';
import { mediaList } from '../media/medium.ts';
import { vector3 } from '../value/geometry.ts';
import { recordId } from '../value/id.ts';
import { provenance } from '../value/provenance.ts';
import { rightsUri } from '../value/rights.ts';
import { localizedText } from '../value/text.ts';
import { exhibitLight } from './light.ts';
import { piece } from './piece.ts';
import { exhibitDoor, exhibitEntrance, exhibitRoom } from './room.ts';

/** A text on a wall or a stand; `positionM` is its centre in the room's frame, it faces +Z turned by `yawRad`. */
export const exhibitText = z
	.object({
		id: recordId,
		room: recordId,
		title: localizedText,
		body: localizedText,
		positionM: vector3,
		yawRad: z.number(),
		widthM: z.number().positive(),
	})
	.meta({ id: 'ExhibitText' });

/**
 * A sound of a room: a medium of the exhibit, heard from `positionM` (in the room's frame) as far as
 * `radiusM`; without a position everywhere in the room. `volume` is 0 to 1.
 */
export const exhibitSound = z
	.object({
		id: recordId,
		medium: recordId,
		room: recordId,
		positionM: vector3.optional(),
		radiusM: z.number().positive().optional(),
		volume: z.number().min(0).max(1),
		isLooping: z.boolean(),
	})
	.meta({ id: 'ExhibitSound' });

/**
 * An exhibit 展览: one document for every device. Rooms, doors and the entrance lie in the exhibit's
 * frame; what stands in a room lies in the room's. `stories` and `articles` are records of their own.
 * Its shape alone, as readers take it: that its parts fit together was checked when it was written.
 */
export const exhibitShape = z.object({
	format: z.literal('xishan-exhibit/2'),
	id: recordId,
	museum: recordId,
	name: localizedText,
	summary: localizedText,
	description: localizedText,
	isSample: z.boolean(),
	rooms: z.array(exhibitRoom).min(1),
	doors: z.array(exhibitDoor).default([]),
	entrance: exhibitEntrance,
	pieces: z.array(piece).min(1),
	texts: z.array(exhibitText).default([]),
	lights: z.array(exhibitLight).min(1),
	sound: z.array(exhibitSound).default([]),
	media: mediaList,
	articles: z.array(recordId).default([]),
	stories: z.array(recordId).default([]),
	rights: rightsUri,
	...provenance,
});

export type ExhibitText = z.infer<typeof exhibitText>;
export type Exhibit = z.infer<typeof exhibitShape>;
