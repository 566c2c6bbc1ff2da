import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Request, Response } from 'express';

/** Shorter answers fit a packet as they are. */
const COMPRESS_FROM_BYTES = 1400;
/** Between speed and size for text that is made anew for each request. */
const QUALITY = 4;

const compress = promisify(brotliCompress);

export interface TextAnswer {
	text: string;
	contentType: string;
	cacheControl: string;
}

/**
 * Answers text made for this request with a strong entity tag of its bytes, 304 to who has them,
 * brotli where the client takes it.
 */
export async function sendText(req: Request, res: Response, answer: TextAnswer): Promise<void> {
	const plain = Buffer.from(answer.text);
	const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 27);
	const isBrotli = plain.length >= COMPRESS_FROM_BYTES && Boolean(req.acceptsEncodings('br'));
	res.set({
		'Cache-Control': answer.cacheControl,
		'Content-Type': answer.contentType,
		ETag: isBrotli ? `"${hash}-br"` : `"${hash}"`,
	});
	res.vary('Accept-Encoding');
	if (req.fresh) {
		res.status(304).end();
		return;
	}
	if (!isBrotli) {
		res.send(plain);
		return;
	}
	const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
	res.set('Content-Encoding', 'br').send(await compress(plain, { params }));
}
