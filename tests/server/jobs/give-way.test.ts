import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../server/database/database.ts';
import { job as jobTable } from '../../../server/database/schema/jobs.ts';
import { GiveWay, YieldError } from '../../../server/jobs/give-way.ts';
import type { JobKind } from '../../../server/jobs/job-kind.ts';
import { Notifications } from '../../../server/jobs/notifications.ts';
import { openCatalogue } from '../../support/catalogue.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';

/** Longer than what a worker looks away for before it makes way. */
const LONG_MS = 2500;

const PATIENT: JobKind = {
	name: 'patient',
	priority: -1,
	makesWayFor: ['urgent'],
	run: async () => {},
	giveUp: async () => ({ code: 'internal', message: 'no' }),
};

let postgres: TestPostgres;
let db: Database;

beforeAll(async () => {
	postgres = await startEmbedded();
	db = await openCatalogue(postgres);
});
afterAll(async () => {
	await db?.[Symbol.asyncDispose]();
	await postgres?.[Symbol.asyncDispose]();
});

/** One process with `count` patient jobs running; `yielded` counts those that made way. */
async function aProcess(count: number, undo: AsyncDisposableStack) {
	const logger = pino({ level: 'silent' });
	const notifications = undo.use(new Notifications(db, logger));
	const giveWay = undo.use(new GiveWay(db, logger, notifications));
	const ended = new AbortController();
	const seen = { yielded: 0 };
	const runs = Array.from({ length: count }, () =>
		giveWay.whileRunning(
			PATIENT,
			(signal) =>
				new Promise<void>((resolve) => {
					ended.signal.addEventListener('abort', () => resolve());
					signal.addEventListener('abort', () => {
						expect(signal.reason).toBeInstanceOf(YieldError);
						seen.yielded += 1;
						resolve();
					});
				}),
		),
	);
	undo.defer(async () => {
		ended.abort();
		await Promise.all(runs);
	});
	// It listens once the connection shows among those of the database.
	await expect
		.poll(async () => {
			const { rows } = await db.pool.query(
				`select count(*)::int as n from pg_stat_activity where query like 'listen "xishan_queued"'`,
			);
			return rows[0].n;
		})
		.toBeGreaterThan(0);
	return seen;
}

async function queueUrgent(kind = 'urgent'): Promise<string> {
	const id = randomUUID();
	await db.orm.insert(jobTable).values({ id, kind, subject: 'house', status: 'queued' });
	return id;
}

async function take(id: string): Promise<void> {
	await db.orm.update(jobTable).set({ status: 'running' }).where(eq(jobTable.id, id));
}

it('one job makes way for one that waits, however many run, on however many machines', async () => {
	await using undo = new AsyncDisposableStack();
	const here = await aProcess(2, undo);
	const there = await aProcess(2, undo);
	const id = await queueUrgent();
	await expect.poll(() => here.yielded + there.yielded, { timeout: 10_000 }).toBe(1);
	await delay(LONG_MS);
	expect(here.yielded + there.yielded).toBe(1);
	await take(id);
});

it('none makes way for a job that an idle worker takes, nor for another kind', async () => {
	await using undo = new AsyncDisposableStack();
	const here = await aProcess(1, undo);
	await take(await queueUrgent());
	const other = await queueUrgent('other');
	await delay(LONG_MS);
	expect(here.yielded).toBe(0);
	await take(other);
});

it('a job that begins while another waits already makes way for it', async () => {
	await using undo = new AsyncDisposableStack();
	const id = await queueUrgent();
	const here = await aProcess(1, undo);
	await expect.poll(() => here.yielded, { timeout: 10_000 }).toBe(1);
	await take(id);
});

it('asks the database nothing while nothing waits', async () => {
	await using undo = new AsyncDisposableStack();
	await aProcess(3, undo);
	await delay(LONG_MS);
	let asked = 0;
	const count = () => {
		asked += 1;
	};
	db.pool.on('acquire', count);
	await delay(LONG_MS);
	db.pool.off('acquire', count);
	expect(asked).toBe(0);
});
