import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Job } from '#schema/job/job';
import { job as jobTable } from '../../../server/database/schema/jobs.ts';
import { giveAsset } from '../../support/assets.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const JOB = '00000000-0000-4000-8000-000000000001';
const WAIT = { timeout: 20_000, interval: 50 };

let server: TestServer;

beforeAll(async () => {
	server = await startTestServer();
	await giveAsset(server.context.db, 'piece', { id: 'a'.repeat(32), job: JOB, status: 'running' });
});
afterAll(() => server?.[Symbol.asyncDispose]());

function setProgress(progress: number) {
	const { orm } = server.context.db;
	return orm.update(jobTable).set({ progress }).where(eq(jobTable.id, JOB));
}

/** Processes of the database that listen for us. */
async function listeners(): Promise<number[]> {
	const { rows } = await server.context.db.pool.query(
		`select pid from pg_stat_activity where application_name = 'xishan-events'`,
	);
	return rows.map((row) => row.pid);
}

it('tells all followers over one connection, also after that was lost, until they leave', async () => {
	const { events } = server.context.jobs;
	const heard: Job[][] = [[], [], []];
	const leave = heard.map((jobs) => events.follow(JOB, (job) => jobs.push(job)));
	const last = () => heard.map((jobs) => jobs.at(-1)?.progress);
	await expect.poll(last, WAIT).toEqual([0.5, 0.5, 0.5]);
	await setProgress(0.6);
	await expect.poll(last, WAIT).toEqual([0.6, 0.6, 0.6]);
	expect(await listeners()).toHaveLength(1);

	const [pid] = await listeners();
	await server.context.db.pool.query('select pg_terminate_backend($1)', [pid]);
	await setProgress(0.7);
	await expect.poll(last, WAIT).toEqual([0.7, 0.7, 0.7]);
	await expect.poll(listeners, WAIT).toHaveLength(1);

	leave[0]?.();
	await setProgress(0.8);
	await expect.poll(last, WAIT).toEqual([0.7, 0.8, 0.8]);
});
