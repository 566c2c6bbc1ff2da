import type { Request, Response } from 'express';
import { sendText } from './send-text.ts';

/**
 * Answers JSON as `sendText` does. `cacheControl`: by default caches keep it but ask every time, or,
 * where the answer depends on who asks, keep nothing.
 */
export async function sendJson(
	req: Request,
	res: Response,
	body: unknown,
	cacheControl = res.locals.isPrivate ? 'private, no-store' : 'no-cache',
): Promise<void> {
	res.locals.answered = body;
	const contentType = 'application/json; charset=utf-8';
	await sendText(req, res, { text: JSON.stringify(body), contentType, cacheControl });
}
