import { z } from 'zod';
import { cameraView, vector3 } from '../value/geometry.ts';
import { recordId } from '../value/id.ts';
import { lightSetting } from '../value/light-setting.ts';
import { localizedText } from '../value/text.ts';

/** What a hotspot points at: a point, or the surface inside spheres or inside the hull of points. Metres. */
const hotspotPlace = z
	.discriminatedUnion('kind', [
		z.object({ kind: z.literal('point'), positionM: vector3 }),
		z.object({
			kind: z.literal('spheres'),
			spheres: z.array(z.object({ centreM: vector3, radiusM: z.number().positive() })).min(1),
		}),
		z.object({ kind: z.literal('hull'), pointsM: z.array(vector3).min(4) }),
	])
	.meta({ id: 'HotspotPlace' });

/**
 * A hotspot 热点 on a piece; everything in the piece's own frame. `camera` and `light` are how it is
 * seen best; `media` are media of the exhibit, `article` says more than `body` can.
 */
export const hotspot = z
	.object({
		id: recordId,
		at: hotspotPlace,
		camera: cameraView.optional(),
		light: lightSetting.optional(),
		media: z.array(recordId).default([]),
		article: recordId.optional(),
		title: localizedText,
		body: localizedText,
	})
	.meta({ id: 'Hotspot' });
