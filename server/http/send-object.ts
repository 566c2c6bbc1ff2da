import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { ObjectStore } from '../storage/object-store.ts';
import { askedRange, isKnown, isWanted } from './conditional.ts';
import { HttpError } from './errors.ts';
import type { ObjectCache } from './object-cache.ts';

/** What is sent, and under which headers. The entity tag is the hash of exactly these bytes. */
export interface SentObject {
	sha256: string;
	sizeBytes: number;
	headers: Record<string, string>;
}

/** A visitor who leaves in the middle is no failure. */
function isGone(error: unknown): boolean {
	return (
		error instanceof Error &&
		'code' in error &&
		(error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET')
	);
}

async function sendBytes(
	res: Response,
	store: ObjectStore,
	cache: ObjectCache,
	object: SentObject,
	range: { start: number; end: number },
): Promise<void> {
	const bytes = await cache.get(object.sha256, object.sizeBytes);
	if (bytes) {
		res.end(bytes.subarray(range.start, range.end + 1));
		return;
	}
	const source = await store.open(object.sha256, range);
	try {
		await pipeline(source, res);
	} catch (error) {
		if (!isGone(error)) throw error;
	}
}

/**
 * Answers an object: whole, one range of it, 304 to who has it. Small ones come from memory, big
 * ones straight from the store.
 * Throws HttpError for a range past the end and for a version that is not ours.
 */
export async function sendObject(
	req: Request,
	res: Response,
	{ store, cache }: { store: ObjectStore; cache: ObjectCache },
	object: SentObject,
): Promise<void> {
	const etag = `"${object.sha256}"`;
	if (!isWanted(req, etag)) {
		throw new HttpError(
			'precondition-failed',
			'read: the object has another hash than you ask for',
		);
	}
	res.set({ ...object.headers, ETag: etag, 'Accept-Ranges': 'bytes' });
	if (isKnown(req, etag)) {
		res.status(304).end();
		return;
	}
	const asked = askedRange(req, etag, object.sizeBytes);
	if (asked === 'unsatisfiable') {
		throw new HttpError(
			'range-unsatisfiable',
			`read: the range starts past the end — the object has ${object.sizeBytes} bytes`,
			{ 'Content-Range': `bytes */${object.sizeBytes}` },
		);
	}
	const range = asked === 'whole' ? { start: 0, end: object.sizeBytes - 1 } : asked;
	if (asked !== 'whole') {
		res.status(206);
		res.set('Content-Range', `bytes ${range.start}-${range.end}/${object.sizeBytes}`);
	}
	res.set('Content-Length', String(range.end - range.start + 1));
	if (req.method === 'HEAD' || object.sizeBytes === 0) res.end();
	else await sendBytes(res, store, cache, object, range);
}
