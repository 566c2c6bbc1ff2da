import express, { type Express } from 'express';
import type { Context } from './context.ts';
import { NotFoundError } from './errors.ts';
import { clientPages } from './http/client-pages.ts';
import { answerProblem } from './http/errors.ts';
import { mountRoutes } from './http/mount.ts';
import { requestLog } from './http/request-log.ts';
import { measureRequests } from './http/routes/metrics.ts';
import { ROUTES } from './http/routes/table.ts';
import { securityHeaders } from './http/security-headers.ts';

/** Wires the web side over a context that someone else made and releases. Listens to nothing yet. */
export function createApp(context: Context): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.set('trust proxy', context.settings.trustProxy);
	app.use(requestLog(context.logger));
	app.use(measureRequests(context));
	app.use(securityHeaders);
	app.use(mountRoutes(context, ROUTES));
	app.use(clientPages(context));
	app.use((req) => {
		throw new NotFoundError(`request: there is no ${req.path}`);
	});
	app.use(answerProblem);
	return app;
}
