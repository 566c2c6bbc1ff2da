import { and, eq, sql } from 'drizzle-orm';
import type { Request } from 'express';
import { z } from 'zod';
import { sha256 } from '#schema/id';
import type { Context } from '../context.ts';
import { assetFile } from '../database/schema.ts';
import { NotFoundError } from '../errors.ts';
import { HttpError } from './errors.ts';
import { ObjectCache } from './object-cache.ts';
import { NO_QUERY, route } from './route.ts';
import { type SentObject, sendObject } from './send-object.ts';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const BYTES = { description: 'The bytes', contentType: 'application/octet-stream' };
const PART = { description: 'The range asked for', contentType: 'application/octet-stream' };
const KNOWN = { description: 'The bytes you have', isEmpty: true } as const;

type PublicFile = Pick<
	typeof assetFile.$inferSelect,
	'sha256' | 'bytes' | 'contentType' | 'brotliSha256' | 'brotliBytes'
>;

/** One memory for hot objects per store, however many apps serve it. */
const caches = new WeakMap<Context['store'], ObjectCache>();

function cacheOf(context: Context): ObjectCache {
	const cache = caches.get(context.store) ?? new ObjectCache(context.store);
	caches.set(context.store, cache);
	return cache;
}

/** Only what was published as public under this very name: the hash of an original opens nothing. */
async function findPublic(context: Context, hash: string, name: string): Promise<PublicFile> {
	const [file] = await context.db.orm
		.select({
			sha256: assetFile.sha256,
			bytes: assetFile.bytes,
			contentType: assetFile.contentType,
			brotliSha256: assetFile.brotliSha256,
			brotliBytes: assetFile.brotliBytes,
		})
		.from(assetFile)
		.where(
			and(
				eq(assetFile.sha256, hash),
				assetFile.isPublic,
				sql`regexp_replace(${assetFile.name}, '^.*/', '') = ${name}`,
			),
		)
		.limit(1);
	if (file) return file;
	throw new NotFoundError(`read: there is no public object ${hash}/${name}`);
}

/** Brotli for who takes it, except in parts: parts are always of the plain bytes. */
function variantOf(req: Request, file: PublicFile): SentObject {
	const headers: Record<string, string> = {
		'Content-Type': file.contentType,
		'Cache-Control': IMMUTABLE,
	};
	const { brotliSha256, brotliBytes } = file;
	if (brotliSha256 === null || brotliBytes === null) {
		return { sha256: file.sha256, sizeBytes: file.bytes, headers };
	}
	headers.Vary = 'Accept-Encoding';
	if (req.get('Range') !== undefined || !req.acceptsEncodings('br')) {
		return { sha256: file.sha256, sizeBytes: file.bytes, headers };
	}
	return {
		sha256: brotliSha256,
		sizeBytes: brotliBytes,
		headers: { ...headers, 'Content-Encoding': 'br' },
	};
}

export const objectRoutes = [
	route({
		path: '/objects/sha256/{hash}/{name}',
		id: 'getObject',
		summary: 'The bytes of a derivative; they never change',
		tag: 'objects',
		limit: 'objects',
		params: z.object({ hash: sha256, name: z.string().max(200) }),
		query: NO_QUERY,
		answers: { 200: BYTES, 206: PART, 304: KNOWN },
		problems: ['not-found', 'precondition-failed', 'range-unsatisfiable'],
		async handle({ context, params, req, res }) {
			const file = await findPublic(context, params.hash, params.name);
			await sendObject(
				req,
				res,
				{ store: context.store, cache: cacheOf(context) },
				variantOf(req, file),
			);
		},
	}),
	route({
		path: '/objects/signed/{hash}',
		id: 'getSignedObject',
		summary: 'The bytes of any object, for who was given a signed address, until it expires',
		tag: 'objects',
		limit: 'objects',
		params: z.object({ hash: sha256 }),
		query: z.strictObject({
			e: z.string().max(20).meta({ description: 'When it expires, Unix seconds' }),
			n: z.string().max(300).optional().meta({ description: 'File name to save it as' }),
			s: z.string().max(200).meta({ description: 'Signature' }),
		}),
		answers: { 200: BYTES, 206: PART, 304: KNOWN },
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
						'Cache-Control': 'private, no-store',
						'Content-Type': 'application/octet-stream',
					},
				},
			);
		},
	}),
];
