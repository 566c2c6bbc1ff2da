import { z } from 'zod';
import { recordId, sha256 } from '../value/id.ts';
import { ASSET_KINDS, LENGTH_UNITS, UP_AXES } from './asset-manifest.ts';

/** A scan 扫描件: an original file, never changed after it arrived. `kind`, `unit` and `up` override detection. */
export const scan = z
	.object({
		artefact: recordId,
		name: z.string().regex(/^[^/\\]+$/, 'a file name without folders'),
		bytes: z.int().positive(),
		sha256,
		kind: z.enum(ASSET_KINDS).optional(),
		unit: z.enum(LENGTH_UNITS).optional(),
		up: z.enum(UP_AXES).optional(),
	})
	.meta({ id: 'Scan' });

export type Scan = z.infer<typeof scan>;
