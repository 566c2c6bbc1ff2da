import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request, RequestHandler } from 'express';
import sirv from 'sirv';
import { HOLDING_PAGE } from './holding-page.ts';

/** How often the folder is looked at: a rebuilt client appears without a restart. */
const LOOK_EVERY_MS = 1000;
const IMMUTABLE = 'public, max-age=31536000, immutable';
const RETRY_S = '2';

type Serve = ReturnType<typeof sirv>;

function serveFolder(folder: string): Serve {
	return sirv(folder, {
		etag: true,
		brotli: true,
		setHeaders(res, pathname) {
			// Vite puts a hash of the content into every name below /assets.
			res.setHeader('Cache-Control', pathname.startsWith('/assets/') ? IMMUTABLE : 'no-cache');
		},
	});
}

/** Finds the built client; a new build (another index.html) is opened anew. */
function clientFolder(folder: string): () => Promise<Serve | undefined> {
	let opened: { at: number; serve: Serve } | undefined;
	let lookedAt = Number.NEGATIVE_INFINITY;
	return async () => {
		if (performance.now() - lookedAt < LOOK_EVERY_MS) return opened?.serve;
		lookedAt = performance.now();
		const index = await stat(join(folder, 'index.html')).catch(() => undefined);
		if (!index) opened = undefined;
		else if (opened?.at !== index.mtimeMs) {
			opened = { at: index.mtimeMs, serve: serveFolder(folder) };
		}
		return opened?.serve;
	};
}

/** Whether a browser opens a page, rather than a page asking for one of its parts. */
function isPageAsked(req: Request): boolean {
	if (req.path === '/') return true;
	return (req.get('Accept') ?? '').includes('text/html') && !/\.[a-z0-9]{1,8}$/i.test(req.path);
}

/**
 * Serves the built client: its files, and index.html for every other address a browser opens, since
 * the client knows its pages. Until the client is built, a page that says so and looks again.
 */
export function clientPages(folder: string): RequestHandler {
	const find = clientFolder(folder);
	return async (req, res, next) => {
		if (req.method !== 'GET' && req.method !== 'HEAD') return next();
		const serve = await find();
		const isAsked = isPageAsked(req);
		if (!serve) {
			if (!isAsked) return next();
			res.status(503).set({ 'Retry-After': RETRY_S, 'Cache-Control': 'no-store' });
			return res.type('html').send(HOLDING_PAGE);
		}
		res.locals.route = 'client';
		// The files know no ranges of their own that could be trusted: an index.html is small.
		delete req.headers.range;
		serve(req, res, () => {
			if (!isAsked) return next();
			req.url = '/index.html';
			serve(req, res, next);
		});
	};
}
