import { z } from 'zod';

const file = z.string().min(1).max(200);
const triple = z.tuple([z.number(), z.number(), z.number()]);
const codebook = z.array(z.number()).length(256);

/** `meta.json` of SOG version 2. Source: https://developer.playcanvas.com, "The SOG Format", 2025. */
export const sogMeta = z.object({
	version: z.literal(2),
	count: z.int().positive(),
	means: z.object({ mins: triple, maxs: triple, files: z.tuple([file, file]) }),
	scales: z.object({ codebook, files: z.tuple([file]) }),
	quats: z.object({ files: z.tuple([file]) }),
	sh0: z.object({ codebook, files: z.tuple([file]) }),
	shN: z
		.object({
			count: z.int().positive().max(65_536),
			bands: z.int().min(1).max(3),
			codebook,
			files: z.tuple([file, file]),
		})
		.optional(),
});

export type SogMeta = z.infer<typeof sogMeta>;
