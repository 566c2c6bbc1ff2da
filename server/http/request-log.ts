import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { describeError } from '../log-error.ts';

/** What a proxy or a client may name a request; anything else could forge lines of the log. */
const SANE_ID = /^[A-Za-z0-9_.:-]{8,128}$/;

function requestId(req: IncomingMessage, res: ServerResponse): string {
	const given = req.headers['x-request-id'];
	const id = typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
	res.setHeader('X-Request-Id', id);
	return id;
}

const SIGNED = /^(\/objects\/signed-assets\/[^/]*\/)[^/]*/;

/** The address without its query and without the token of a signed asset: either may hold a signature. */
function path(url: string | undefined): string {
	return url?.split('?')[0]?.replace(SIGNED, '$1…') ?? '';
}

/**
 * Logs each answer under its request id, quietly: what went wrong is logged where it is answered.
 * Headers, bodies and queries never enter the log, so neither do secrets.
 */
export function requestLog(logger: Logger) {
	return pinoHttp({
		logger,
		genReqId: requestId,
		useLevel: 'debug',
		// Ours read requests and errors as they are, not what the library makes of them.
		wrapSerializers: false,
		serializers: {
			err: describeError,
			req: (req: IncomingMessage) => ({
				id: req.id,
				method: req.method,
				path: path(req.url),
				from: req.socket.remoteAddress,
			}),
			res: (res: { statusCode: number }) => ({ status: res.statusCode }),
		},
	});
}
