import type { Request } from 'express';
import { HttpError } from './errors.ts';

const BEARER = /^Bearer /i;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether the browser says the request came from a page of ours; undefined when it says nothing. */
function isFromOwnPage(req: Request, publicUrl: string | undefined): boolean | undefined {
	const site = req.get('Sec-Fetch-Site');
	if (site !== undefined) return site === 'same-origin' || site === 'none';
	const origin = req.get('Origin');
	if (origin === undefined) return undefined;
	const { origin: own, host } = URL.parse(origin) ?? {};
	// Express reads the host a believed proxy was asked for.
	return (
		host !== undefined &&
		(host === req.host || (publicUrl !== undefined && own === URL.parse(publicUrl)?.origin))
	);
}

/**
 * Refuses a change that a page of another origin sends in the name of who is signed in here (CSRF).
 * A cookie counts only beside a `Sec-Fetch-Site` or `Origin` that says the page is ours; a bearer
 * token is exempt, since no browser adds one by itself, and cookies beside it are not read.
 * Source: Fetch Metadata, OWASP CSRF cheat sheet (2025). Rejected: tokens in forms, which every page
 * would have to carry and none of our pages has forms for.
 */
export function checkOrigin(req: Request, publicUrl: string | undefined): void {
	if (SAFE.has(req.method) || BEARER.test(req.get('Authorization') ?? '')) return;
	const isOwn = isFromOwnPage(req, publicUrl);
	if (isOwn || (isOwn === undefined && req.get('Cookie') === undefined)) return;
	throw new HttpError(
		'forbidden',
		'request: a change may only be sent by a page of this site — open it here and try again',
	);
}
