import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database, Transaction } from '../database/database.ts';
import { job as jobTable } from '../database/schema/jobs.ts';
import type { Enqueue, JobKind, Task } from './job-kind.ts';

/** Where all jobs wait. It has the name of its first kind, so that what earlier versions queued is found. */
export const QUEUE = 'digitize';
/** Jobs that failed every time wait here, to be told apart and tried again by a person. */
export const QUEUE_DEAD = 'digitize-dead';

/** What a queued job says; earlier versions named an asset, and no kind for the first pass. */
export type QueuedTask = Task | { asset: string; job: string; kind?: string };

/** How often one job is begun before it is given up. */
const ATTEMPTS = 3;
const RETRY_DELAY_S = 3;
/** A worker that stays silent this long is dead: its job goes to another. The least pg-boss takes. */
const HEARTBEAT_S = 10;
/** How often silent workers are looked for. */
const MONITOR_S = 2;
const POOL_SIZE = 4;
const STOP_TIMEOUT_MS = 15_000;

export interface QueueSettings {
	/** Whether this process runs jobs, or only asks for them. */
	isWorker: boolean;
	/** A job is another worker's after this time, however alive its own seems. */
	expiresS: number;
	/** Seconds before a failed job is tried again, doubling each time. */
	retryDelayS?: number;
}

export interface QueueParts {
	settings: QueueSettings;
	kinds: readonly JobKind[];
	db: Database;
	logger: Logger;
}

/** The queue in the catalogue's own database, so that asking for a job commits with what it is for. */
export interface Queue extends AsyncDisposable {
	boss: PgBoss;
	enqueue: Enqueue;
	/** Puts a job that was begun back, as if it never had been; it waits for `delayS` at least. */
	requeue(tx: Transaction, bossJob: string, task: Task, delayS?: number): Promise<void>;
	depth(): Promise<{ queued: number; running: number }>;
}

/** The task that a queued job means, whichever version queued it. */
export function taskOf(queued: QueuedTask): Task {
	if ('subject' in queued) return queued;
	return { job: queued.job, kind: queued.kind ?? 'digitize', subject: `asset/${queued.asset}` };
}

async function createQueues(boss: PgBoss, settings: QueueSettings): Promise<void> {
	await boss.createQueue(QUEUE_DEAD, { notify: true });
	const options = {
		deadLetter: QUEUE_DEAD,
		retryLimit: ATTEMPTS - 1,
		retryDelay: settings.retryDelayS ?? RETRY_DELAY_S,
		retryBackoff: true,
		heartbeatSeconds: HEARTBEAT_S,
		expireInSeconds: settings.expiresS,
		notify: true,
	};
	// One job a subject and kind: asking twice while it waits or runs is one job.
	await boss.createQueue(QUEUE, { policy: 'exclusive', ...options });
	await boss.updateQueue(QUEUE, options);
}

/** Opens the queue, making or upgrading its tables. Stop workers before disposing it. */
export async function openQueue({ db, logger, settings, kinds }: QueueParts): Promise<Queue> {
	const boss = new PgBoss({
		...(db.connection as ConstructorParameters<typeof PgBoss>[0] & object),
		max: POOL_SIZE,
		schedule: false,
		useListenNotify: true,
		supervise: settings.isWorker,
		superviseIntervalSeconds: MONITOR_S,
		monitorIntervalSeconds: MONITOR_S,
	});
	boss.on('error', (error) => logger.warn({ err: error }, 'queue: a statement failed'));
	boss.on('warning', (warning) => logger.warn({ warning }, 'queue: warns'));
	await boss.start();
	await createQueues(boss, settings);

	const send = async (tx: Transaction, task: Task, delayS = 0) => {
		await boss.send(QUEUE, task, {
			singletonKey: `${task.subject} ${task.kind}`,
			priority: kinds.find(({ name }) => name === task.kind)?.priority ?? 0,
			startAfter: delayS,
			db: fromDrizzle(tx, sql),
		});
	};
	return {
		boss,
		async enqueue(tx, { job, kind, subject }) {
			await tx.insert(jobTable).values({ id: job, kind, subject, status: 'queued' });
			await send(tx, { job, kind, subject });
		},
		async requeue(tx, bossJob, task, delayS) {
			await boss.deleteJob(QUEUE, bossJob, { db: fromDrizzle(tx, sql) });
			await send(tx, task, delayS);
		},
		async depth() {
			const { rows } = await db.pool.query<{ status: string; count: number }>(
				`select status, count(*)::int as count from job
				where status in ('queued', 'running') group by status`,
			);
			const of = (status: string) => rows.find((row) => row.status === status)?.count ?? 0;
			return { queued: of('queued'), running: of('running') };
		},
		[Symbol.asyncDispose]: () => boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS }),
	};
}
