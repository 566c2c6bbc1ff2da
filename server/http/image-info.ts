import type { Request, Response } from 'express';
import { z } from 'zod';
import type { FoundFile } from '../assets/find-file.ts';
import type { Context } from '../context.ts';
import { openToAll } from './open-to-all.ts';
import { originOf } from './own-origin.ts';
import { cacheOf, FILE_CACHING } from './public-file.ts';
import { sendJson } from './send-json.ts';

const INFO = /\/info\.json$/;
/** A description holds two lists of a few sizes. */
const BYTES_MAX = 64 * 1024;

/** A IIIF image service that does not know its address yet. */
const unaddressed = z.looseObject({
	'@context': z.literal('http://iiif.io/api/image/3/context.json'),
	id: z.literal('.'),
});

/**
 * Answers the description of a IIIF image service under the absolute address that viewers of other sites
 * need (Image API 3.0 §5.2), `address` being its path here: that of `PUBLIC_URL`, else the one it was asked under. False, with nothing
 * sent, for every other file. Caches ask each time, since the address belongs to the question.
 */
export async function sendImageInfo(
	context: Context,
	req: Request,
	res: Response,
	{ file, audience }: FoundFile,
	address: string,
): Promise<boolean> {
	if (!INFO.test(address) || file.bytes > BYTES_MAX) return false;
	const bytes = await cacheOf(context).get(file.sha256, file.bytes);
	const info = unaddressed.safeParse(bytes && JSON.parse(bytes.toString('utf8')));
	const origin = originOf(context, req);
	if (!info.success || origin === undefined) return false;
	const described = { ...info.data, id: origin + address.replace(INFO, '') };
	if (audience === 'everyone') {
		openToAll(res);
		await sendJson(req, res, described);
	} else await sendJson(req, res, described, FILE_CACHING.some);
	return true;
}
