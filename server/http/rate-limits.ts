import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { RateLimits } from '../context.ts';
import { HttpError } from './errors.ts';
import type { LimitClass } from './route.ts';

const WINDOW_MS = 60_000;

/**
 * A reading room or school behind one address makes a few hundred requests at once, a loop thousands.
 * Signing in and pairing are for people: a museum behind one address does so a few times a minute,
 * and its kiosks ask every five seconds whether they were approved.
 */
export const RATE_LIMITS: RateLimits = { api: 6000, objects: 30_000, auth: 60, attempts: 10 };

function limiter(limit: number): RequestHandler {
	return rateLimit({
		windowMs: WINDOW_MS,
		limit,
		standardHeaders: 'draft-8',
		legacyHeaders: false,
		handler: (_req, _res, next) => {
			const message = `request: more than ${limit} a minute from this address — wait a little`;
			next(new HttpError('rate-limited', message, { 'Retry-After': String(WINDOW_MS / 1000) }));
		},
	});
}

/** One limiter a class of routes, counting requests of one client address per minute. */
export function rateLimiters(
	limits: RateLimits,
): Record<Exclude<LimitClass, 'free'>, RequestHandler> {
	return {
		api: limiter(limits.api),
		objects: limiter(limits.objects),
		auth: limiter(limits.auth),
	};
}

/** Answers whether a request is among the first `limit` a minute of its address; refuses none. */
export function withinLimit(limit: number): (req: Request, res: Response) => Promise<boolean> {
	const isOver = new WeakSet<Request>();
	const count = rateLimit({
		windowMs: WINDOW_MS,
		limit,
		standardHeaders: false,
		legacyHeaders: false,
		handler: (req, _res, next) => {
			isOver.add(req);
			next();
		},
	});
	return async (req, res) => {
		await new Promise<unknown>((resolve) => void count(req, res, resolve));
		return !isOver.has(req);
	};
}
