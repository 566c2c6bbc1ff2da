import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { assetManifest } from '#schema/asset-manifest';
import { asset } from '../database/schema.ts';
import { NotFoundError } from '../errors.ts';
import { NO_QUERY, route } from './route.ts';
import { sendJson } from './send-json.ts';

const assetId = z.string().regex(/^[0-9a-f]{32}$/);

/** The manifest of an asset never changes once it is there: an asset's id is made from all that decides it. */
const MANIFEST_CACHE = 'public, max-age=31536000, immutable';

export const assetRoutes = [
	route({
		path: '/api/v1/assets/{id}/manifest',
		id: 'getAssetManifest',
		summary: 'What an asset is made of; its file references are addresses of immutable objects',
		tag: 'assets',
		limit: 'api',
		params: z.object({ id: assetId }),
		query: NO_QUERY,
		answers: {
			200: { description: 'The manifest', schema: assetManifest },
			304: { description: 'The manifest you have', isEmpty: true },
		},
		problems: ['not-found'],
		async handle({ context, params, req, res }) {
			const [row] = await context.db.orm
				.select({ manifest: asset.manifest, status: asset.status })
				.from(asset)
				.where(eq(asset.id, params.id));
			if (!row) throw new NotFoundError(`read: there is no asset ${params.id}`);
			if (!row.manifest) {
				throw new NotFoundError(`read: asset ${params.id} has no manifest, it is ${row.status}`);
			}
			await sendJson(req, res, row.manifest, MANIFEST_CACHE);
		},
	}),
];
