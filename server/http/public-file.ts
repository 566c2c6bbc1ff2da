import type { Request, Response } from 'express';
import type { Context } from '../context.ts';
import { assetFile } from '../database/schema/assets.ts';
import { ObjectCache } from './object-cache.ts';
import { openToAll } from './open-to-all.ts';
import { type SentObject, sendObject } from './send-object.ts';

const IMMUTABLE = 'public, max-age=31536000, immutable';

/** What routes of bytes answer. */
export const BYTE_ANSWERS = {
	200: { description: 'The bytes', contentType: 'application/octet-stream' },
	206: { description: 'The range asked for', contentType: 'application/octet-stream' },
	304: { description: 'The bytes you have', isEmpty: true },
} as const;

/** The columns that serving a file takes. */
export const PUBLIC_FILE = {
	sha256: assetFile.sha256,
	bytes: assetFile.bytes,
	contentType: assetFile.contentType,
	brotliSha256: assetFile.brotliSha256,
	brotliBytes: assetFile.brotliBytes,
};

export type PublicFile = Pick<typeof assetFile.$inferSelect, keyof typeof PUBLIC_FILE>;

/** One memory for hot objects per store, however many apps serve it. */
const caches = new WeakMap<Context['store'], ObjectCache>();

/** Objects of a store that are asked for often. */
export function cacheOf(context: Context): ObjectCache {
	const cache = caches.get(context.store) ?? new ObjectCache(context.store);
	caches.set(context.store, cache);
	return cache;
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

/** Answers a file that anyone may have, under an address whose bytes never change. */
export async function sendPublicFile(
	context: Context,
	req: Request,
	res: Response,
	file: PublicFile,
): Promise<void> {
	openToAll(res);
	const from = { store: context.store, cache: cacheOf(context) };
	await sendObject(req, res, from, variantOf(req, file));
}
