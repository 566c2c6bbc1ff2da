import pg from 'pg';
import type { Logger } from 'pino';
import type { Job } from '#schema/job/job';
import type { Database } from '../database/database.ts';
import { findJob } from './job-record.ts';

const CHANNEL = 'xishan_job';
const RECONNECT_MS = 1000;

type Listener = (job: Job) => void;

/**
 * Tells followers what becomes of jobs. However many follow, one connection listens to the database
 * and each change is read once. After a lost connection everything followed is read again, so no
 * last change is missed.
 */
export class JobEvents implements AsyncDisposable {
	readonly #listeners = new Map<string, Set<Listener>>();
	readonly #reading = new Map<string, 'once' | 'again'>();
	readonly #db: Database;
	readonly #logger: Logger;
	#client: Promise<pg.Client> | undefined;
	#retry: NodeJS.Timeout | undefined;
	#isDisposed = false;

	constructor(db: Database, logger: Logger) {
		this.#db = db;
		this.#logger = logger;
	}

	/**
	 * Calls `listener` with the job as it is now and after every change; changes that follow each
	 * other quickly may be told as one. Ends with the returned function.
	 */
	follow(id: string, listener: Listener): () => void {
		const listeners = this.#listeners.get(id) ?? new Set();
		listeners.add(listener);
		this.#listeners.set(id, listeners);
		this.#listen();
		this.#read(id);
		return () => {
			listeners.delete(listener);
			if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
		};
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#isDisposed = true;
		clearTimeout(this.#retry);
		this.#listeners.clear();
		const client = await this.#client?.catch(() => undefined);
		client?.removeAllListeners('end');
		await client?.end();
	}

	#listen(): void {
		if (this.#client || this.#retry || this.#isDisposed) return;
		this.#client = this.#connect();
		this.#client.catch((error) => this.#lost(error));
	}

	async #connect(): Promise<pg.Client> {
		const client = new pg.Client({ application_name: 'xishan-events', ...this.#db.connection });
		client.on('error', () => {});
		client.on('notification', ({ payload }) => {
			if (payload && this.#listeners.has(payload)) this.#read(payload);
		});
		await client.connect();
		client.on('end', () => this.#lost(new Error('the connection ended')));
		await client.query(`listen ${CHANNEL}`);
		for (const id of this.#listeners.keys()) this.#read(id);
		return client;
	}

	#lost(error: unknown): void {
		this.#client = undefined;
		if (this.#isDisposed || this.#retry) return;
		this.#logger.warn({ err: error }, 'job events: lost the database, trying again');
		this.#retry = setTimeout(() => {
			this.#retry = undefined;
			if (this.#listeners.size > 0) this.#listen();
		}, RECONNECT_MS);
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
