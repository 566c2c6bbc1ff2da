import type { Request, RequestHandler } from 'express';
import type { Context } from '../context.ts';
import { findClient } from './client-folder.ts';
import { firstPage } from './first-page.ts';
import { HOLDING_PAGE } from './holding-page.ts';
import { RATE_LIMITS, withinLimit } from './rate-limits.ts';
import { sendText } from './send-text.ts';

const RETRY_S = '2';

/** Whether a browser opens a page, rather than a page asking for one of its parts. */
function isPageAsked(req: Request): boolean {
	if (req.path === '/') return true;
	return (req.get('Accept') ?? '').includes('text/html') && !/\.[a-z0-9]{1,8}$/i.test(req.path);
}

/**
 * Serves the built client: its files, and its page for every other address a browser opens, since the
 * client knows its pages. Until the client is built, a page that says so and looks again. Who opens
 * more pages than the API's limit allows gets them without their records, and asks the API for those.
 */
export function clientPages(context: Context): RequestHandler {
	const { clientDir, rateLimits } = context.settings;
	const find = findClient(clientDir);
	const mayRead = withinLimit(rateLimits?.api ?? RATE_LIMITS.api);
	return async (req, res, next) => {
		if (req.method !== 'GET' && req.method !== 'HEAD') return next();
		const client = await find();
		const isAsked = isPageAsked(req);
		if (!client) {
			if (!isAsked) return next();
			res.status(503).set({ 'Retry-After': RETRY_S, 'Cache-Control': 'no-store' });
			return res.type('html').send(HOLDING_PAGE);
		}
		res.locals.route = 'client';
		if (isAsked) {
			const text = await firstPage(context, client, req.path, await mayRead(req, res));
			const contentType = 'text/html; charset=utf-8';
			// Kept, but asked for each time: a record may be withdrawn, and a new build has other chunks.
			return await sendText(req, res, { text, contentType, cacheControl: 'no-cache' });
		}
		// One that was there a moment ago may be gone: a client is rebuilt under a running server.
		res.once('pipe', (file) => file.once('error', () => res.destroy()));
		// The files know no ranges of their own that could be trusted.
		delete req.headers.range;
		client.serve(req, res, next);
	};
}
