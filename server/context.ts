import type { Logger } from 'pino';
import type { Identify } from './auth/principal.ts';
import type { Sessions } from './auth/sessions.ts';
import type { Database } from './database/database.ts';
import type { JobService } from './jobs/job-service.ts';
import type { ObjectStore } from './storage/object-store.ts';

/** Requests one address may make per minute before it is asked to wait. */
export interface RateLimits {
	api: number;
	objects: number;
	/** Signing in, resetting, pairing. */
	auth: number;
	/** Failed attempts under one name in ten minutes, from all addresses together. */
	attempts: number;
}

/** The part of the configuration that the web side reads; the composition root fills it. */
export interface HttpSettings {
	/** Where the built client lies (it may not be built yet); absolute. */
	clientDir: string;
	/** As Express takes it: how many proxies stand in front, their addresses, or none. */
	trustProxy: number | string | false;
	/** Where visitors reach the site, without a trailing slash; left out: as each request says. */
	publicUrl?: string | undefined;
	/** Left out: generous ones, so that a school class behind one address is not locked out. */
	rateLimits?: Partial<RateLimits>;
}

/** What the parts of a running server may use. Whoever made it releases it. */
export interface Context {
	settings: HttpSettings;
	db: Database;
	store: ObjectStore;
	jobs: JobService;
	/** Who asks, by what a request carries. */
	identify: Identify;
	sessions: Sessions;
	logger: Logger;
	/** Signs addresses of assets that nothing published links. */
	addressSecret: Uint8Array;
}
