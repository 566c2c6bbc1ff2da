import type { ErrorRequestHandler, Request } from 'express';
import type { Problem, ProblemCode } from '#schema/problem/problem';
import { NewerFormatError } from '#schema/record/document-format';
import { isDatabaseAway } from '../database/database-away.ts';
import {
	ConflictError,
	ForbiddenError,
	InvalidError,
	NotFoundError,
	OutOfRangeError,
	TooLargeError,
	UnauthenticatedError,
	UnavailableError,
	UnsupportedError,
} from '../errors.ts';

/** Status and title of each problem: the only place that pairs them. */
export const PROBLEMS: Record<ProblemCode, { status: number; title: string }> = {
	invalid: { status: 400, title: 'The request is not valid' },
	unauthenticated: { status: 401, title: 'Nobody is signed in' },
	forbidden: { status: 403, title: 'This is not open to you' },
	'not-found': { status: 404, title: 'There is nothing here' },
	'method-not-allowed': { status: 405, title: 'This address does not take that method' },
	conflict: { status: 409, title: 'The change does not fit what is stored' },
	expired: { status: 410, title: 'The address has expired' },
	'precondition-failed': { status: 412, title: 'It is no longer what you have' },
	'too-large': { status: 413, title: 'It is too large' },
	unsupported: { status: 415, title: 'This kind of content is not supported' },
	'range-unsatisfiable': { status: 416, title: 'The range starts past the end' },
	'rate-limited': { status: 429, title: 'Too many requests' },
	internal: { status: 500, title: 'Something went wrong on our side' },
	'newer-format': { status: 501, title: 'A newer program wrote this record' },
	unavailable: { status: 503, title: 'A part of the service does not answer' },
};

/** A problem only HTTP knows, with what its answer must carry. */
export class HttpError extends Error {
	override readonly name = 'HttpError';
	readonly code: ProblemCode;
	readonly headers: Record<string, string>;
	constructor(code: ProblemCode, message: string, headers: Record<string, string> = {}) {
		super(message);
		this.code = code;
		this.headers = headers;
	}
}

interface Failure {
	code: ProblemCode;
	detail: string;
	errors?: Problem['errors'];
	now?: Problem['now'];
	neededBy?: Problem['neededBy'];
	headers?: Record<string, string>;
}

const DOMAIN: [new (...args: never[]) => Error, ProblemCode][] = [
	[NotFoundError, 'not-found'],
	[UnauthenticatedError, 'unauthenticated'],
	[ForbiddenError, 'forbidden'],
	[TooLargeError, 'too-large'],
	[UnsupportedError, 'unsupported'],
	[OutOfRangeError, 'range-unsatisfiable'],
	[UnavailableError, 'unavailable'],
	[NewerFormatError, 'newer-format'],
];

/** Express and its parsers throw errors with a `status`; only those of the client's making matter. */
function clientStatus(error: unknown): ProblemCode | undefined {
	if (!(error instanceof Error) || !('status' in error)) return undefined;
	const { status } = error;
	if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
	const known = Object.entries(PROBLEMS).find(([, problem]) => problem.status === status);
	return (known?.[0] as ProblemCode | undefined) ?? 'invalid';
}

function failureOf(error: unknown): Failure {
	if (error instanceof HttpError) {
		return { code: error.code, detail: error.message, headers: error.headers };
	}
	if (error instanceof InvalidError) {
		return { code: 'invalid', detail: error.message, errors: [...error.errors] };
	}
	if (error instanceof ConflictError) {
		const { message: detail, now, neededBy } = error;
		return { code: 'conflict', detail, now, neededBy: [...neededBy] };
	}
	const domain = DOMAIN.find(([type]) => error instanceof type);
	if (domain) return { code: domain[1], detail: (error as Error).message };
	const code = clientStatus(error);
	if (code) return { code, detail: 'request: it cannot be read — check its address and headers' };
	if (isDatabaseAway(error)) {
		return { code: 'unavailable', detail: 'database: it does not answer — try again shortly' };
	}
	return {
		code: 'internal',
		detail: 'server: it failed in a way it should not — try again; its log knows the request id',
	};
}

/** Writes the answer to a failed request. */
export const answerProblem: ErrorRequestHandler = (error: unknown, req: Request, res, _next) => {
	const { code, detail, errors, now, neededBy, headers } = failureOf(error);
	const { status, title } = PROBLEMS[code];
	if (status >= 500) req.log.error({ err: error }, detail);
	else req.log.debug({ code }, detail);
	if (res.headersSent) {
		res.destroy();
		return;
	}
	for (const name of ['Content-Encoding', 'Content-Length', 'Content-Range', 'ETag']) {
		res.removeHeader(name);
	}
	const problem: Problem = {
		type: `urn:xishan:problem:${code}`,
		title,
		status,
		code,
		detail,
		requestId: String(req.id),
		...(errors && errors.length > 0 ? { errors } : {}),
		...(now ? { now } : {}),
		...(neededBy && neededBy.length > 0 ? { neededBy } : {}),
	};
	// A 401 must name a scheme (RFC 9110 §11.6.1); over this one no browser asks for a password by itself.
	if (status === 401) res.setHeader('WWW-Authenticate', 'Bearer realm="xishan"');
	if (status === 503) res.setHeader('Retry-After', '5');
	res
		.status(status)
		.set({ 'Cache-Control': 'no-store', ...headers })
		.type('application/problem+json')
		.send(JSON.stringify(problem));
};
