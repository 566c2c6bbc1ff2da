import type { Logger } from 'pino';
import type { Database, Transaction } from '../database/database.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { JobEvents } from './job-events.ts';
import { openQueue } from './queue.ts';
import { startWorker } from './worker.ts';

/** How digitisation runs; all of it comes from the configuration. */
export interface JobSettings {
	/** Whether this process digitises (ROLE all, worker), or only asks for it (web). */
	isWorker: boolean;
	/** Jobs side by side in this process. */
	atOnce: number;
	/** What one job may take before it is stopped. */
	memoryMB: number;
	timeoutS: number;
	/** Where jobs keep their files while they run; absolute, made if missing. */
	workDir: string;
	/** Where steps are remembered for good, perhaps with other servers; left out: in `workDir`, for as long as an asset is unfinished. */
	cacheDir?: string | undefined;
	/** Whether surfaces get turntable, AR model and KTX2 later, in a second pass; left out: they do not. */
	refines?: boolean;
	/** The pipeline's program; `scripts/digitize/cli.ts` unless a test says otherwise. */
	cli?: string;
	/** Seconds before a failed job is tried again, doubling each time. */
	retryDelayS?: number;
}

/** What the job service is made of. */
export interface JobParts {
	settings: JobSettings;
	db: Database;
	store: ObjectStore;
	logger: Logger;
}

/** The running queue. Disposing stops it: a job under way goes back to the queue. */
export interface JobService extends AsyncDisposable {
	/** Asks, within `tx`, for `asset` to be digitised; `job` is the id to follow it by. */
	enqueue(tx: Transaction, asset: string, job: string): Promise<void>;
	/** Changes of jobs as they are committed, whichever machine makes them. */
	events: JobEvents;
	/** How many jobs wait and how many run, on all machines. */
	depth(): Promise<{ queued: number; running: number }>;
}

/**
 * Starts the queue and, where the settings say so, a worker on it. The database must be migrated.
 * Stop by disposing, before the store and the database.
 */
export async function startJobs(parts: JobParts): Promise<JobService> {
	const queue = await openQueue(parts);
	const events = new JobEvents(parts.db, parts.logger);
	const worker = parts.settings.isWorker ? await startWorker(parts, queue) : undefined;
	return {
		enqueue: (tx, asset, job) => queue.enqueue(tx, { asset, job }),
		events,
		depth: () => queue.depth(),
		async [Symbol.asyncDispose]() {
			await worker?.[Symbol.asyncDispose]();
			await events[Symbol.asyncDispose]();
			await queue[Symbol.asyncDispose]();
		},
	};
}
