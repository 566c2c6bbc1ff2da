import { RESOURCES } from '#schema/record/resources';
import { openApiRoute } from '../openapi.ts';
import type { Route } from '../route.ts';
import { accountRoutes } from './accounts.ts';
import { assetRoutes } from './assets.ts';
import { deviceRoutes } from './devices.ts';
import { healthRoutes } from './health.ts';
import { jobRoutes } from './jobs.ts';
import { joiningRoutes } from './joining.ts';
import { metricsRoutes } from './metrics.ts';
import { objectRoutes } from './objects.ts';
import { recordHistoryRoutes } from './record-history.ts';
import { recordLifeRoutes } from './record-life.ts';
import { recordRoutes } from './records.ts';
import { sessionRoutes } from './sessions.ts';

function table(): Route[] {
	const routes = [
		...RESOURCES.flatMap(recordRoutes),
		...recordHistoryRoutes,
		...recordLifeRoutes,
		...assetRoutes,
		...jobRoutes,
		...objectRoutes,
		...sessionRoutes,
		...joiningRoutes,
		...accountRoutes,
		...deviceRoutes,
		...healthRoutes,
		...metricsRoutes,
	];
	routes.push(openApiRoute(routes));
	return routes;
}

/** Every route of the server: mounted, documented and tested from this one table. */
export const ROUTES: readonly Route[] = table();
