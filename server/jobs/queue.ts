import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { JobKind } from '#schema/job/job';
import type { Transaction } from '../database/database.ts';
import type { JobParts } from './job-service.ts';

/**
 * What a queued job says: which asset to make, the id people follow it by, and which pass it is (of
 * jobs queued by earlier versions, which name none, the first).
 */
export interface DigitizeTask {
	asset: string;
	job: string;
	kind?: JobKind;
}

export const DIGITIZE = 'digitize';
/** Jobs that failed every time wait here, to be told apart and tried again by a person. */
export const DIGITIZE_DEAD = 'digitize-dead';

/** How often one job is begun before it is given up. */
const ATTEMPTS = 3;
const RETRY_DELAY_S = 3;
/** A worker that stays silent this long is dead: its job goes to another. The least pg-boss takes. */
const HEARTBEAT_S = 10;
/** How often silent workers are looked for. */
const MONITOR_S = 2;
/** Fetching the scan and storing its derivatives, beside the pipeline's own time. */
const MARGIN_S = 600;
/** Second passes are taken when nothing else waits. */
const REFINE_PRIORITY = -1;
const POOL_SIZE = 4;
const STOP_TIMEOUT_MS = 15_000;

/** The queue in the catalogue's own database, so that asking for a job commits with what it is for. */
export interface Queue extends AsyncDisposable {
	boss: PgBoss;
	enqueue(tx: Transaction, task: DigitizeTask): Promise<void>;
	/** Puts a job that was begun back, as if it never had been; it waits for `delayS` at least. */
	requeue(tx: Transaction, bossJob: string, task: DigitizeTask, delayS?: number): Promise<void>;
	depth(): Promise<{ queued: number; running: number }>;
}

async function createQueues(boss: PgBoss, settings: JobParts['settings']): Promise<void> {
	await boss.createQueue(DIGITIZE_DEAD, { notify: true });
	const options = {
		deadLetter: DIGITIZE_DEAD,
		retryLimit: ATTEMPTS - 1,
		retryDelay: settings.retryDelayS ?? RETRY_DELAY_S,
		retryBackoff: true,
		heartbeatSeconds: HEARTBEAT_S,
		expireInSeconds: settings.timeoutS + MARGIN_S,
		notify: true,
	};
	// One job an asset and pass: asking twice while it waits or runs is one job.
	await boss.createQueue(DIGITIZE, { policy: 'exclusive', ...options });
	await boss.updateQueue(DIGITIZE, options);
}

/** Opens the queue, making or upgrading its tables. Stop workers before disposing it. */
export async function openQueue({ db, logger, settings }: JobParts): Promise<Queue> {
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

	const send = async (tx: Transaction, task: DigitizeTask, delayS = 0) => {
		const isRefining = task.kind === 'refine';
		await boss.send(DIGITIZE, task, {
			singletonKey: isRefining ? `${task.asset}/refine` : task.asset,
			priority: isRefining ? REFINE_PRIORITY : 0,
			startAfter: delayS,
			db: fromDrizzle(tx, sql),
		});
	};
	return {
		boss,
		enqueue: (tx, task) => send(tx, task),
		async requeue(tx, bossJob, task, delayS) {
			await boss.deleteJob(DIGITIZE, bossJob, { db: fromDrizzle(tx, sql) });
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
