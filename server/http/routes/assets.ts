import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { assetManifest } from '#schema/asset/asset-manifest';
import { asset, assetFile } from '../../database/schema/assets.ts';
import { NotFoundError } from '../../errors.ts';
import { sendImageInfo } from '../image-info.ts';
import { BYTE_ANSWERS, PUBLIC_FILE, sendPublicFile } from '../public-file.ts';
import { NO_QUERY, route } from '../route.ts';
import { sendJson } from '../send-json.ts';

const assetId = z.string().regex(/^[0-9a-f]{32}$/);

export const assetRoutes = [
	route({
		method: 'GET',
		path: '/api/v1/assets/{id}/manifest',
		id: 'getAssetManifest',
		summary: 'What an asset is made of; it gains files when better ones are made',
		tag: 'assets',
		auth: 'public',
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
			// Kept, but asked for each time: a second pass adds to it.
			await sendJson(req, res, row.manifest);
		},
	}),
	route({
		method: 'GET',
		path: '/objects/assets/{asset}/{path}',
		tail: 'path',
		id: 'getAssetFile',
		summary: 'A derivative by its path, for files that name each other by relative paths',
		tag: 'objects',
		auth: 'public',
		limit: 'objects',
		isOpen: true,
		params: z.object({
			asset: assetId,
			path: z.string().max(500).meta({ description: 'As it lies in the asset, slashes and all' }),
		}),
		query: NO_QUERY,
		answers: BYTE_ANSWERS,
		problems: ['not-found', 'precondition-failed', 'range-unsatisfiable'],
		/**
		 * The bytes under a path never change: an asset's id is made from all that decides them, its
		 * files appear together, and later ones are only added. Only the description of an image service
		 * gets its address on the way. The path is a name in a table, never one on a disk.
		 */
		async handle({ context, params, req, res }) {
			const [file] = await context.db.orm
				.select(PUBLIC_FILE)
				.from(assetFile)
				.where(
					and(
						eq(assetFile.asset, params.asset),
						eq(assetFile.name, params.path),
						assetFile.isPublic,
					),
				);
			if (!file) throw new NotFoundError(`read: asset ${params.asset} has no file ${params.path}`);
			const address = encodeURI(`/objects/assets/${params.asset}/${params.path}`);
			if (await sendImageInfo(context, req, res, file, address)) return;
			await sendPublicFile(context, req, res, file);
		},
	}),
];
