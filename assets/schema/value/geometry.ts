import { z } from 'zod';

const finite = z.number().refine(Number.isFinite, 'a finite number');

/** A point or vector [x, y, z] in metres; right-handed, +Y up (glTF). */
export const vector3 = z.tuple([finite, finite, finite]).meta({ id: 'Vector3' });

/** An axis-aligned box in metres, glTF frame. */
export const bounds = z
	.object({ min: vector3, max: vector3 })
	.refine((b) => b.min.every((low, i) => low <= (b.max[i] ?? Number.NEGATIVE_INFINITY)), {
		message: 'min is not above max on any axis',
	})
	.meta({ id: 'Bounds' });

/** Where one stands and what one looks at, metres; the frame is its owner's. */
export const cameraView = z
	.object({
		positionM: vector3,
		targetM: vector3,
		/** Upright field of view; the stage's own where it is not given. */
		fovRad: z.number().positive().max(Math.PI).optional(),
	})
	.meta({ id: 'CameraView' });

/** A position on earth in WGS-84 degrees, with the radius in metres within which it is believed true. */
export const earthPoint = z
	.object({
		lat: z.number().min(-90).max(90),
		lon: z.number().min(-180).max(180),
		accuracyM: z.number().positive(),
	})
	.meta({ id: 'EarthPoint' });

export type Vector3Tuple = z.infer<typeof vector3>;
export type Bounds = z.infer<typeof bounds>;
export type EarthPoint = z.infer<typeof earthPoint>;
