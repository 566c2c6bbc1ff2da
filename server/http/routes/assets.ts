import type { Request, Response } from 'express';
import { z } from 'zod';
import { assetManifest } from '#schema/asset/asset-manifest';
import { SITE } from '../../assets/address-manifest.ts';
import { readManifestOf } from '../../assets/asset-manifest.ts';
import { type FoundFile, findFile, findSignedFile } from '../../assets/find-file.ts';
import { verifyAssetToken } from '../../assets/signed-assets.ts';
import { takeDown } from '../../assets/take-down.ts';
import { mayReadAsset, ownersOfAsset } from '../../assets/visible.ts';
import { CLUSTER, pathOf } from '../../auth/nodes.ts';
import { accountOf } from '../../auth/principal.ts';
import type { Context } from '../../context.ts';
import { NotFoundError } from '../../errors.ts';
import { HttpError } from '../errors.ts';
import { sendImageInfo } from '../image-info.ts';
import { maySeeOf } from '../may-see.ts';
import { BYTE_ANSWERS, FILE_CACHING, sendAssetFile } from '../public-file.ts';
import { holdsAll } from '../record-policy.ts';
import { NO_QUERY, route } from '../route.ts';
import { sendJson } from '../send-json.ts';

const assetId = z.string().regex(/^[0-9a-f]{32}$/);
const path = z.string().max(500).meta({ description: 'As it lies in the asset, slashes and all' });

/** How long addresses work that are given to those who see what is not published. */
const SIGNED_S = 60 * 60;

/** Visitors get the site's addresses; the few who see more get signed ones, for tiles ask no session. */
function askerOf({ addressSecret }: Context, audience: 'everyone' | 'some') {
	if (audience === 'everyone') return SITE;
	return { kind: 'signed', expiresS: SIGNED_S, secret: addressSecret } as const;
}

/** Only the description of an image service gets its address on the way; all else is sent as it lies. */
async function sendByPath(
	context: Context,
	req: Request,
	res: Response,
	found: FoundFile,
	at: string,
): Promise<void> {
	if (await sendImageInfo(context, req, res, found, encodeURI(at))) return;
	await sendAssetFile(context, req, res, found);
}

function checkToken({ addressSecret }: Context, asset: string, token: string): void {
	const verdict = verifyAssetToken(addressSecret, asset, token);
	if (verdict === 'forbidden') {
		throw new HttpError('forbidden', 'read: this address was not signed by us — ask for one');
	}
	if (verdict === 'expired') {
		throw new HttpError('expired', 'read: this address has expired — ask for a new one');
	}
}

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
		async handle({ context, principal, params, req, res }) {
			const { orm } = context.db;
			const audience = await mayReadAsset(orm, params.id, maySeeOf(context.db.orm, principal));
			const found = audience && (await readManifestOf(orm, params.id, askerOf(context, audience)));
			if (!found) throw new NotFoundError(`read: there is no asset ${params.id}`);
			if (!found.manifest) {
				throw new NotFoundError(`read: asset ${params.id} has no manifest, it is ${found.status}`);
			}
			// What everyone sees is kept, but asked for each time: a second pass adds to it.
			const caching = audience === 'everyone' ? undefined : FILE_CACHING.some;
			await sendJson(req, res, found.manifest, caching);
		},
	}),
	route({
		method: 'POST',
		path: '/api/v1/assets/{id}/takedown',
		id: 'takeDownAsset',
		summary: 'Remove the bytes of an asset for good: a person’s right, or a holder’s claim',
		tag: 'assets',
		auth: 'account',
		async thing({ context, params }) {
			const { orm } = context.db;
			const owners = await ownersOfAsset(orm, params.id);
			const nodes = owners.length > 0 ? owners : [CLUSTER];
			return await Promise.all(nodes.map((node) => pathOf(orm, node)));
		},
		may: (principal, paths) => holdsAll(principal, 'registrar', paths),
		limit: 'api',
		params: z.object({ id: assetId }),
		query: NO_QUERY,
		body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
		answers: { 204: { description: 'It is gone', isEmpty: true } },
		problems: ['not-found'],
		async handle({ context, principal, params, body, res }) {
			await takeDown(context, params.id, { ...body, actor: accountOf(principal) });
			res.status(204).end();
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
		params: z.object({ asset: assetId, path }),
		query: NO_QUERY,
		answers: BYTE_ANSWERS,
		problems: ['not-found', 'precondition-failed', 'range-unsatisfiable'],
		/**
		 * The bytes under a path never change: an asset's id is made from all that decides them, its
		 * files appear together, and later ones are only added. The path is a name in a table, never
		 * one on a disk.
		 */
		async handle({ context, principal, params, req, res }) {
			const { asset, path: name } = params;
			const found = await findFile(context.db, asset, name, maySeeOf(context.db.orm, principal));
			if (!found) {
				throw new NotFoundError(`read: asset ${asset} has no file ${name}`);
			}
			await sendByPath(context, req, res, found, `/objects/assets/${asset}/${name}`);
		},
	}),
	route({
		method: 'GET',
		path: '/objects/signed-assets/{asset}/{token}/{path}',
		tail: 'path',
		id: 'getSignedAssetFile',
		summary:
			'A derivative by its path, for who was given a signed address of the asset, until it expires',
		tag: 'objects',
		auth: 'public',
		limit: 'objects',
		params: z.object({ asset: assetId, token: z.string().max(100), path }),
		query: NO_QUERY,
		answers: BYTE_ANSWERS,
		problems: ['forbidden', 'not-found', 'expired', 'precondition-failed', 'range-unsatisfiable'],
		async handle({ context, params: { asset, token, path: name }, req, res }) {
			checkToken(context, asset, token);
			const file = await findSignedFile(context.db, asset, name);
			if (!file) throw new NotFoundError(`read: asset ${asset} has no file ${name}`);
			const at = `/objects/signed-assets/${asset}/${token}/${name}`;
			await sendByPath(context, req, res, { file, audience: 'some' }, at);
		},
	}),
];
