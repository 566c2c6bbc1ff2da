import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { job as jobTable } from '../database/schema/jobs.ts';
import type { JobKind } from './job-kind.ts';
import { waitingJob } from './job-progress.ts';
import type { Hearer, Notifications } from './notifications.ts';

/** An idle worker, told at the same moment, has taken a new job well within this time. */
const GRACE_MS = 1000;

/** A job made way for one that is more urgent. */
export class YieldError extends Error {
	override readonly name = 'YieldError';
}

interface Running {
	kinds: readonly string[];
	controller: AbortController;
}

/**
 * Lets running jobs leave their place to more urgent ones, only when no worker is idle, on any
 * machine: that a job waits is heard from the database (LISTEN), and if it still waits after a moment
 * in which an idle worker would have taken it, one running job ends. One for each that waits: whoever
 * sees to a waiting job holds a lock of its name meanwhile.
 */
export class GiveWay implements AsyncDisposable {
	readonly #running = new Set<Running>();
	readonly #db: Database;
	readonly #logger: Logger;
	readonly #notifications: Notifications;
	readonly #stopping = new AbortController();
	readonly #looks = new Set<Promise<void>>();
	readonly #hearer: Hearer = {
		channel: 'xishan_queued',
		onMessage: (said) => {
			const [kind = '', job = ''] = said.split(' ');
			this.#lookFor(kind, job);
		},
		onListening: () => this.#lookAtAll(),
	};

	constructor(db: Database, logger: Logger, notifications: Notifications) {
		this.#db = db;
		this.#logger = logger;
		this.#notifications = notifications;
	}

	/** Runs a job of `kind` under a signal that aborts with a YieldError when it has to make way. */
	async whileRunning<T>(kind: JobKind, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
		const running = { kinds: kind.makesWayFor, controller: new AbortController() };
		if (running.kinds.length === 0) return run(running.controller.signal);
		this.#running.add(running);
		this.#notifications.hear(this.#hearer);
		this.#look(() => waitingJob(this.#db.orm, running.kinds));
		try {
			return await run(running.controller.signal);
		} finally {
			this.#running.delete(running);
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#stopping.abort();
		await Promise.all(this.#looks);
	}

	#lookAtAll(): void {
		const kinds = [...this.#running].flatMap((running) => running.kinds);
		if (kinds.length > 0) this.#look(() => waitingJob(this.#db.orm, kinds));
	}

	#lookFor(kind: string, job: string): void {
		const isUrgent = [...this.#running].some((running) => running.kinds.includes(kind));
		if (isUrgent) this.#look(async () => job);
	}

	/** Looks after a moment at the job that `find` names, and makes way if it still waits. */
	#look(find: () => Promise<string | undefined>): void {
		const look = this.#makeWay(find)
			.catch((error) => {
				if (this.#stopping.signal.aborted) return;
				this.#logger.warn({ err: error }, 'jobs: could not look who waits');
			})
			.finally(() => this.#looks.delete(look));
		this.#looks.add(look);
	}

	async #makeWay(find: () => Promise<string | undefined>): Promise<void> {
		const job = await find();
		if (job === undefined) return;
		await delay(GRACE_MS, undefined, { signal: this.#stopping.signal });
		const client = await this.#db.pool.connect();
		try {
			const { rows } = await client.query<{ isMine: boolean }>(
				`select pg_try_advisory_lock(hashtext('xishan.make-way'), hashtext($1)) as "isMine"`,
				[job],
			);
			if (!rows[0]?.isMine) return;
			await this.#yieldTo(job);
			// Everybody else has looked by then, and found it taken care of.
			await delay(GRACE_MS, undefined, { signal: this.#stopping.signal });
		} finally {
			// Ending the session gives up the lock.
			client.release(true);
		}
	}

	async #yieldTo(job: string): Promise<void> {
		const [found] = await this.#db.orm
			.select({ status: jobTable.status, kind: jobTable.kind })
			.from(jobTable)
			.where(eq(jobTable.id, job));
		if (found?.status !== 'queued') return;
		for (const running of this.#running) {
			const { controller, kinds } = running;
			if (controller.signal.aborted || !kinds.includes(found.kind)) continue;
			controller.abort(new YieldError(`job: makes way for ${job}`));
			return;
		}
	}
}
