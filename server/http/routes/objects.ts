import { z } from 'zod';
import { sha256 } from '#schema/value/id';
import { findObject } from '../../assets/find-file.ts';
import { NotFoundError } from '../../errors.ts';
import { HttpError } from '../errors.ts';
import { maySeeOf } from '../may-see.ts';
import { BYTE_ANSWERS, cacheOf, FILE_CACHING, sendAssetFile } from '../public-file.ts';
import { NO_QUERY, route } from '../route.ts';
import { sendObject } from '../send-object.ts';

export const objectRoutes = [
	route({
		method: 'GET',
		path: '/objects/sha256/{hash}/{name}',
		id: 'getObject',
		summary: 'The bytes of a derivative that a published record shows; they never change',
		tag: 'objects',
		auth: 'public',
		limit: 'objects',
		isOpen: true,
		params: z.object({ hash: sha256, name: z.string().max(200) }),
		query: NO_QUERY,
		answers: BYTE_ANSWERS,
		problems: ['not-found', 'precondition-failed', 'range-unsatisfiable'],
		async handle({ context, principal, params, req, res }) {
			const { hash, name } = params;
			const found = await findObject(context.db, hash, name, maySeeOf(context.db.orm, principal));
			if (!found) throw new NotFoundError(`read: there is no public object ${hash}/${name}`);
			await sendAssetFile(context, req, res, found);
		},
	}),
	route({
		method: 'GET',
		path: '/objects/signed/{hash}',
		id: 'getSignedObject',
		summary: 'The bytes of any object, for who was given a signed address, until it expires',
		tag: 'objects',
		auth: 'public',
		limit: 'objects',
		params: z.object({ hash: sha256 }),
		query: z.strictObject({
			e: z.string().max(20).meta({ description: 'When it expires, Unix seconds' }),
			n: z.string().max(300).optional().meta({ description: 'File name to save it as' }),
			s: z.string().max(200).meta({ description: 'Signature' }),
		}),
		answers: BYTE_ANSWERS,
		problems: ['forbidden', 'not-found', 'expired', 'precondition-failed', 'range-unsatisfiable'],
		async handle({ context, params, query, req, res }) {
			const { e, n, s } = query;
			const signed = new URLSearchParams(n === undefined ? { e, s } : { e, n, s });
			const opened = context.store.verifySignedGet(params.hash, signed);
			if (opened.verdict === 'forbidden') {
				throw new HttpError('forbidden', 'read: this address was not signed by us — ask for one');
			}
			if (opened.verdict === 'expired') {
				throw new HttpError('expired', 'read: this address has expired — ask for a new one');
			}
			const info = await context.store.stat(params.hash);
			if (!info) throw new NotFoundError(`read: there is no object ${params.hash}`);
			if (opened.fileName !== undefined) res.attachment(opened.fileName);
			res.type('application/octet-stream');
			await sendObject(
				req,
				res,
				{ store: context.store, cache: cacheOf(context) },
				{
					sha256: params.hash,
					sizeBytes: info.sizeBytes,
					headers: {
						'Cache-Control': FILE_CACHING.some,
						'Content-Type': 'application/octet-stream',
					},
				},
			);
		},
	}),
];
