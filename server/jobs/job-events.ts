import type { Logger } from 'pino';
import type { Job } from '#schema/job/job';
import type { Database } from '../database/database.ts';
import { findJob } from './job-record.ts';
import type { Hearer, Notifications } from './notifications.ts';

type Listener = (job: Job) => void;

/**
 * Tells followers what becomes of jobs. However many follow, each change is read once. After a lost
 * connection everything followed is read again, so no last change is missed.
 */
export class JobEvents implements Disposable {
	readonly #listeners = new Map<string, Set<Listener>>();
	readonly #reading = new Map<string, 'once' | 'again'>();
	readonly #db: Database;
	readonly #logger: Logger;
	readonly #notifications: Notifications;
	#isDisposed = false;
	readonly #hearer: Hearer = {
		channel: 'xishan_job',
		onMessage: (id) => {
			if (this.#listeners.has(id)) this.#read(id);
		},
		onListening: () => {
			for (const id of this.#listeners.keys()) this.#read(id);
		},
	};

	constructor(db: Database, logger: Logger, notifications: Notifications) {
		this.#db = db;
		this.#logger = logger;
		this.#notifications = notifications;
	}

	/**
	 * Calls `listener` with the job as it is now and after every change; changes that follow each
	 * other quickly may be told as one. Ends with the returned function.
	 */
	follow(id: string, listener: Listener): () => void {
		const listeners = this.#listeners.get(id) ?? new Set();
		listeners.add(listener);
		this.#listeners.set(id, listeners);
		this.#notifications.hear(this.#hearer);
		this.#read(id);
		return () => {
			listeners.delete(listener);
			if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
		};
	}

	[Symbol.dispose](): void {
		this.#isDisposed = true;
		this.#listeners.clear();
	}

	/** Reads a job for all its followers; a change during the reading makes it read once more. */
	#read(id: string): void {
		if (this.#reading.has(id)) {
			this.#reading.set(id, 'again');
			return;
		}
		this.#reading.set(id, 'once');
		findJob(this.#db.orm, id)
			.then((job) => {
				if (job) for (const listener of this.#listeners.get(id) ?? []) listener(job);
			})
			.catch((error) => this.#logger.warn({ err: error, job: id }, 'job events: could not read'))
			.finally(() => {
				const wanted = this.#reading.get(id);
				this.#reading.delete(id);
				if (wanted === 'again' && !this.#isDisposed) this.#read(id);
			});
	}
}
