import { type RequestHandler, Router } from 'express';
import type { Context } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import type { Method } from './admit.ts';
import { Attempts } from './attempts.ts';
import { HttpError } from './errors.ts';
import { answerPreflight } from './open-to-all.ts';
import { RATE_LIMITS, rateLimiters } from './rate-limits.ts';
import type { Route } from './route.ts';
import { checkOrigin } from './same-origin.ts';

/** Below these, an address that no route has is an error; elsewhere it may be a page of the client. */
const OWN_PREFIXES = ['/api', '/objects'];

function pattern(of: Route): string {
	const path = of.tail === undefined ? of.path : of.path.replace(`{${of.tail}}`, `*${of.tail}`);
	return path.replaceAll('{', ':').replaceAll('}', '');
}

function refuseMethod(routes: readonly Route[]): RequestHandler {
	const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
	if (routes.some(({ isOpen }) => isOpen)) methods.push('OPTIONS');
	const allowed = methods.join(', ');
	return (req) => {
		const message = `request: this address takes ${allowed}, not ${req.method}`;
		throw new HttpError('method-not-allowed', message, { Allow: allowed });
	};
}

/**
 * Throws for a table that would leave a door open: a route without a policy, or two under one method
 * and address, of which the second would never be asked.
 */
function checkTable(routes: readonly Route[]): void {
	const seen = new Set<string>();
	for (const { id, auth, hasPolicy, method, path, idempotent } of routes) {
		const isClosed = auth === 'account' || auth === 'device-or-account';
		if (!(auth === 'public' || (isClosed && hasPolicy))) {
			throw new Error(`routes: ${id} has no policy — say who may use it`);
		}
		if (idempotent && auth !== 'account') {
			throw new Error(`routes: ${id} is idempotent for strangers — only accounts have keys`);
		}
		const address = `${method} ${path}`;
		if (seen.has(address)) throw new Error(`routes: ${address} is there twice — remove ${id}`);
		seen.add(address);
	}
}

/** In an order in which a written part comes before a parameter in its place: `{` sorts after letters. */
function byPath(routes: readonly Route[]): Map<string, Route[]> {
	const groups = Map.groupBy(routes, (route) => route.path);
	return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const VERBS = {
	GET: 'get',
	POST: 'post',
	PUT: 'put',
	PATCH: 'patch',
	DELETE: 'delete',
} as const satisfies Record<Method, string>;

/**
 * Mounts a table of routes; whatever else lies below `/api` and `/objects` is answered as not found.
 * Throws for a route without a policy.
 */
export function mountRoutes(context: Context, routes: readonly Route[]): Router {
	checkTable(routes);
	const router = Router({ caseSensitive: true });
	const { rateLimits, publicUrl } = context.settings;
	const limits = { ...RATE_LIMITS, ...rateLimits };
	const limiters = rateLimiters(limits);
	const attempts = new Attempts(limits.attempts);
	for (const [path, group] of byPath(routes)) {
		const [first] = group;
		if (first === undefined) continue;
		const place = router.route(pattern(first));
		place.all((_req, res, next) => {
			res.locals.route = path;
			next();
		});
		for (const each of group) {
			const verb = VERBS[each.method];
			if (each.limit !== 'free') place[verb](limiters[each.limit]);
			place[verb](async (req, res) => {
				checkOrigin(req, publicUrl);
				res.locals.isPrivate = each.auth !== 'public';
				await each.run({ context, attempts, req, res });
			});
		}
		if (group.some(({ isOpen }) => isOpen)) place.options(answerPreflight);
		place.all(refuseMethod(group));
	}
	router.use(OWN_PREFIXES, (req) => {
		throw new NotFoundError(`request: there is no ${req.originalUrl.split('?')[0]}`);
	});
	return router;
}
