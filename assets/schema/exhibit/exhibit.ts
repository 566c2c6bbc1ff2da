import { z } from 'zod';
import { vector3 } from '../value/geometry.ts';
import { recordId } from '../value/id.ts';
import { provenance } from '../value/provenance.ts';
import { rightsUri } from '../value/rights.ts';
import { localizedText } from '../value/text.ts';

/** A hotspot 热点 on a piece; position in the piece's own frame, metres. */
export const hotspot = z
	.object({
		id: recordId,
		positionM: vector3,
		title: localizedText,
		body: localizedText,
	})
	.meta({ id: 'Hotspot' });

/**
 * A piece 展件: an artefact placed in an exhibit. `positionM` is where its plinth stands on the
 * floor; the artefact rests on top. `yawRad` turns it about +Y. `scale` 1 is true size.
 */
export const piece = z
	.object({
		id: recordId,
		artefact: recordId,
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

/** A text on a wall or a stand; `positionM` is its centre, it faces +Z turned by `yawRad`. */
export const exhibitText = z
	.object({
		id: recordId,
		title: localizedText,
		body: localizedText,
		positionM: vector3,
		yawRad: z.number(),
		widthM: z.number().positive(),
	})
	.meta({ id: 'ExhibitText' });

/** A light: `key` is directional, `fill` the hemisphere, `spot` a cone on a piece. Intensities are relative, 1 is usual. */
export const exhibitLight = z
	.discriminatedUnion('kind', [
		z.object({
			kind: z.literal('key'),
			positionM: vector3,
			targetM: vector3,
			color: z.string(),
			intensity: z.number(),
		}),
		z.object({
			kind: z.literal('fill'),
			skyColor: z.string(),
			groundColor: z.string(),
			intensity: z.number(),
		}),
		z.object({
			kind: z.literal('spot'),
			positionM: vector3,
			targetM: vector3,
			color: z.string(),
			intensity: z.number(),
			angleRad: z.number().positive(),
		}),
	])
	.meta({ id: 'ExhibitLight' });

/** The room: `sizeM` is [width, height, depth], centred on the origin, floor at y = 0. */
export const exhibitSpace = z
	.object({
		template: z.enum(['ink-hall', 'paper-hall', 'kiln-yard']),
		sizeM: vector3,
		/** Where a visitor arrives, and which way they look: yaw 0 looks along −Z. */
		entrance: z.object({ positionM: vector3, yawRad: z.number() }),
	})
	.meta({ id: 'ExhibitSpace' });

/** An exhibit 展览: one document for every device. */
export const exhibit = z
	.object({
		id: recordId,
		museum: recordId,
		name: localizedText,
		summary: localizedText,
		description: localizedText,
		isSample: z.boolean(),
		space: exhibitSpace,
		pieces: z.array(piece).min(1),
		texts: z.array(exhibitText).default([]),
		lights: z.array(exhibitLight).min(1),
		rights: rightsUri,
		...provenance,
	})
	.meta({ id: 'Exhibit' });

export type Piece = z.infer<typeof piece>;
export type ExhibitText = z.infer<typeof exhibitText>;
export type Exhibit = z.infer<typeof exhibit>;
