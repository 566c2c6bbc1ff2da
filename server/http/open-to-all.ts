import type { RequestHandler, Response } from 'express';

/** What a page may do beside a plain GET: ask for parts, and for what it has not got yet. */
const PREFLIGHT = {
	'Access-Control-Allow-Origin': '*',
	'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
	'Access-Control-Allow-Headers': 'If-Match, If-None-Match, If-Range, Range',
	'Access-Control-Max-Age': '86400',
};

/**
 * Lets pages of every origin read this answer, without credentials: published bytes are open data, and
 * viewers of other museums show them. Source: Fetch standard, "CORS protocol".
 */
export function openToAll(res: Response): void {
	res.set({
		'Access-Control-Allow-Origin': '*',
		'Access-Control-Expose-Headers':
			'Accept-Ranges, Content-Encoding, Content-Length, Content-Range, ETag',
		'Cross-Origin-Resource-Policy': 'cross-origin',
	});
}

/** Answers the question browsers ask first. It is the same for every address, there or not. */
export const answerPreflight: RequestHandler = (_req, res) => {
	res.status(204).set(PREFLIGHT).end();
};
