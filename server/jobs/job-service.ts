import { GiveWay } from './give-way.ts';
import { JobEvents } from './job-events.ts';
import type { Enqueue } from './job-kind.ts';
import { Notifications } from './notifications.ts';
import { openQueue, type QueueParts } from './queue.ts';
import { startWorker } from './worker.ts';

/** What the job service is made of: the kinds it runs are handed in, it knows none. */
export interface JobServiceParts extends QueueParts {
	/** Jobs side by side in this process, where it runs any. */
	atOnce: number;
}

/** The running queue. Disposing stops it: a job under way goes back to the queue. */
export interface JobService extends AsyncDisposable {
	/** Asks for work, within the caller's transaction. */
	enqueue: Enqueue;
	/** Changes of jobs as they are committed, whichever machine makes them. */
	events: JobEvents;
	/** How many jobs wait and how many run, on all machines. */
	depth(): Promise<{ queued: number; running: number }>;
}

/**
 * Starts the queue and, where the settings say so, a worker on it. The database must be migrated.
 * Stop by disposing, before the store and the database.
 */
export async function openJobs(parts: JobServiceParts): Promise<JobService> {
	const { db, logger, settings } = parts;
	await using undo = new AsyncDisposableStack();
	const queue = undo.use(await openQueue(parts));
	const notifications = undo.use(new Notifications(db, logger));
	const events = undo.use(new JobEvents(db, logger, notifications));
	const giveWay = undo.use(new GiveWay(db, logger, notifications));
	if (settings.isWorker) undo.use(await startWorker({ ...parts, queue, giveWay }));
	const owned = undo.move();
	return {
		enqueue: queue.enqueue,
		events,
		depth: () => queue.depth(),
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}
