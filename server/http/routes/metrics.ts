import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Context } from '../../context.ts';
import { NotFoundError } from '../../errors.ts';
import { NO_PARAMS, NO_QUERY, route } from '../route.ts';

const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Meters {
	registry: Registry;
	requests: Histogram<'method' | 'route' | 'status'>;
}

/** One set of meters per running server. */
const metersOf = new WeakMap<Context, Meters>();

function makeMeters(context: Context): Meters {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const requests = new Histogram({
		name: 'xishan_http_request_seconds',
		help: 'Time to answer, by route pattern',
		labelNames: ['method', 'route', 'status'],
		buckets: BUCKETS_S,
		registers: [registry],
	});
	new Gauge({
		name: 'xishan_jobs',
		help: 'Digitisation jobs on all machines',
		labelNames: ['status'],
		registers: [registry],
		async collect() {
			const { queued, running } = await context.jobs.depth();
			this.set({ status: 'queued' }, queued);
			this.set({ status: 'running' }, running);
		},
	});
	new Gauge({
		name: 'xishan_database_pool',
		help: 'Connections of this process',
		labelNames: ['state'],
		registers: [registry],
		collect() {
			this.set({ state: 'open' }, context.db.pool.totalCount);
			this.set({ state: 'idle' }, context.db.pool.idleCount);
			this.set({ state: 'awaited' }, context.db.pool.waitingCount);
		},
	});
	return { registry, requests };
}

function meters(context: Context): Meters {
	const known = metersOf.get(context) ?? makeMeters(context);
	metersOf.set(context, known);
	return known;
}

/** Measures every request under the pattern of its route, so that ids never become labels. */
export function measureRequests(context: Context): RequestHandler {
	const { requests } = meters(context);
	return (req, res, next) => {
		const stop = requests.startTimer({ method: req.method });
		res.once('close', () => {
			const pattern: unknown = res.locals.route;
			stop({ route: typeof pattern === 'string' ? pattern : 'none', status: res.statusCode });
		});
		next();
	};
}

/** Loopback, and not passed on by a proxy that we do not know. */
function isThisMachine(address: string | undefined, isForwarded: boolean): boolean {
	return !isForwarded && /^(?:::1|(?:::ffff:)?127(?:\.\d+){3})$/.test(address ?? '');
}

export const metricsRoutes = [
	route({
		method: 'GET',
		path: '/metrics',
		id: 'getMetrics',
		summary: 'Measurements for Prometheus; only for this machine',
		tag: 'operations',
		auth: 'public',
		limit: 'api',
		params: NO_PARAMS,
		query: NO_QUERY,
		answers: { 200: { description: 'The measurements', contentType: 'text/plain' } },
		problems: ['not-found'],
		async handle({ context, req, res }) {
			const isForwarded = req.get('X-Forwarded-For') !== undefined;
			if (!isThisMachine(req.socket.remoteAddress, isForwarded)) {
				throw new NotFoundError('read: measurements are only shown to this machine');
			}
			const { registry } = meters(context);
			const text = await registry.metrics();
			res.set({ 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).send(text);
		},
	}),
];
