import { z } from 'zod';

/**
 * How a thing is lit while it is looked at, in place of the light it usually has. The key light comes
 * from `azimuthRad` (0 is +Z, towards +X) and `elevationRad` above the floor: a low one rakes over a
 * carving. Intensities are relative, 1 is usual; what is left out stays as it was.
 */
export const lightSetting = z
	.object({
		key: z
			.object({
				azimuthRad: z.number(),
				elevationRad: z.number(),
				intensity: z.number().nonnegative().optional(),
				color: z.string().optional(),
			})
			.optional(),
		fillIntensity: z.number().nonnegative().optional(),
	})
	.meta({ id: 'LightSetting' });
