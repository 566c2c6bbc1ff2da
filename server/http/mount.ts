import { type RequestHandler, Router } from 'express';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { HttpError } from './errors.ts';
import { answerPreflight } from './open-to-all.ts';
import { rateLimiters } from './rate-limits.ts';
import type { Route } from './route.ts';

function pattern(of: Route): string {
	const path = of.tail === undefined ? of.path : of.path.replace(`{${of.tail}}`, `*${of.tail}`);
	return path.replaceAll('{', ':').replaceAll('}', '');
}

function refuseMethod({ isOpen }: Route): RequestHandler {
	const allowed = isOpen ? 'GET, HEAD, OPTIONS' : 'GET, HEAD';
	return (req) => {
		const message = `request: this address takes ${allowed}, not ${req.method}`;
		throw new HttpError('method-not-allowed', message, { Allow: allowed });
	};
}

/** Below these, an address that no route has is an error; elsewhere it may be a page of the client. */
const OWN_PREFIXES = ['/api', '/objects'];

/** Mounts a table of routes; whatever else lies below `/api` and `/objects` is answered as not found. */
export function mountRoutes(context: Context, routes: readonly Route[]): Router {
	const router = Router({ caseSensitive: true });
	const limiters = rateLimiters(context.settings.rateLimits);
	for (const each of routes) {
		const path = pattern(each);
		router.all(path, (_req, res, next) => {
			res.locals.route = each.path;
			next();
		});
		if (each.limit !== 'free') router.get(path, limiters[each.limit]);
		router.get(path, (req, res) => each.run(context, req, res));
		if (each.isOpen) router.options(path, answerPreflight);
		router.all(path, refuseMethod(each));
	}
	router.use(OWN_PREFIXES, (req) => {
		throw new NotFoundError(`request: there is no ${req.originalUrl.split('?')[0]}`);
	});
	return router;
}
