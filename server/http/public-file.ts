import type { Request, Response } from 'express';
import type { FoundFile, StoredFile } from '../assets/find-file.ts';
import type { Audience } from '../assets/visible.ts';
import type { Context } from '../context.ts';
import { ObjectCache } from './object-cache.ts';
import { openToAll } from './open-to-all.ts';
import { type SentObject, sendObject } from './send-object.ts';

/** What caches may do with an answer, by to whom it is shown. */
export const FILE_CACHING: Record<Audience, string> = {
	// The bytes of an address never change, but who may have them does: a visitor's own device keeps
	// them, a cache that others share asks again within a minute.
	everyone: 'public, max-age=31536000, s-maxage=60',
	some: 'private, no-store',
};

/** What routes of bytes answer. */
export const BYTE_ANSWERS = {
	200: { description: 'The bytes', contentType: 'application/octet-stream' },
	206: { description: 'The range asked for', contentType: 'application/octet-stream' },
	304: { description: 'The bytes you have', isEmpty: true },
} as const;

/** One memory for hot objects per store, however many apps serve it. */
const caches = new WeakMap<Context['store'], ObjectCache>();

/** Objects of a store that are asked for often. */
export function cacheOf(context: Context): ObjectCache {
	const cache = caches.get(context.store) ?? new ObjectCache(context.store);
	caches.set(context.store, cache);
	return cache;
}

/** Brotli for who takes it, except in parts: parts are always of the plain bytes. */
function variantOf(req: Request, file: StoredFile, caching: string): SentObject {
	const headers: Record<string, string> = {
		'Content-Type': file.contentType,
		'Cache-Control': caching,
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

/**
 * Answers a file of an asset, under an address whose bytes never change. What everyone may see is open to
 * pages of every origin; the rest is nobody's to keep.
 */
export async function sendAssetFile(
	context: Context,
	req: Request,
	res: Response,
	{ file, audience }: FoundFile,
): Promise<void> {
	if (audience === 'everyone') openToAll(res);
	const from = { store: context.store, cache: cacheOf(context) };
	await sendObject(req, res, from, variantOf(req, file, FILE_CACHING[audience]));
}
