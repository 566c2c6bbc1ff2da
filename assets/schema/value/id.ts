import { z } from 'zod';

/** A stable, readable name of a record, used in addresses: lower-case ASCII words joined by hyphens. */
export const recordId = z
	.string()
	.max(80)
	.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case words joined by hyphens')
	.meta({ id: 'RecordId', example: 'glazed-roof-beast' });

/** An asset's name: 32 lower-case hexadecimal digits, made from its original and how it is to be read. */
export const assetId = z
	.string()
	.regex(/^[0-9a-f]{32}$/, '32 lower-case hexadecimal digits')
	.meta({ id: 'AssetId' });

/** Lower-case hexadecimal SHA-256 of bytes as they are stored. */
export const sha256 = z
	.string()
	.regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits')
	.meta({ id: 'Sha256' });

export type RecordId = z.infer<typeof recordId>;
