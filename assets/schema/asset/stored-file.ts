import { z } from 'zod';
import { sha256 } from '../value/id.ts';

/** A URI reference, resolved against the address the manifest was read from. */
export const fileReference = z.string().min(1);

/** One derivative as a manifest names it. */
export const fileEntry = z.object({
	file: fileReference,
	bytes: z.int().positive(),
	sha256,
});

/** A picture as a manifest names it. */
export const pictureFile = z.object({
	file: fileReference,
	widthPx: z.int().positive(),
	heightPx: z.int().positive(),
});
