import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Job, job as jobSchema } from '#schema/job/job';
import { attachScan } from '../../../server/assets/scan-assets.ts';
import { findJob } from '../../../server/jobs/job-record.ts';
import type { JobService } from '../../../server/jobs/job-service.ts';
import { startJobs } from '../../../server/start/start-jobs.ts';
import { giveScan, readAsset } from '../../support/scans.ts';
import { spatial } from '../../support/spatial.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const cli = fileURLToPath(import.meta.resolve('../../support/fake-digitize.ts'));
const WAIT = { timeout: 40_000, interval: 100 };

let server: TestServer;
let folder: TemporaryFolder;
let workDir: string;

beforeAll(async () => {
	folder = await temporaryFolder('jobs');
	workDir = join(folder.path, 'work');
	server = await startTestServer({
		jobs: { isWorker: true, cli, workDir, retryDelayS: 0, timeoutS: 5, memoryMB: 512 },
	});
});
afterAll(async () => {
	await server?.[Symbol.asyncDispose]();
	await folder?.[Symbol.asyncDispose]();
});

function give(scan: object, jobs: JobService = server.context.jobs) {
	const parts = { ...server.context, jobs };
	// Different bytes each time, or it would be the asset of another test.
	return giveScan(parts, Buffer.from(JSON.stringify({ ...scan, at: Math.random() })), 'scan.ply');
}

async function ended(artefact: string) {
	await expect
		.poll(async () => (await readAsset(server.context, artefact)).job.status, WAIT)
		.toMatch(/done|failed/);
	return readAsset(server.context, artefact);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function pidIn(marker: string): Promise<number> {
	await expect.poll(() => existsSync(marker), WAIT).toBe(true);
	return Number(await readFile(marker, 'utf8'));
}

/** Reads a job's event stream to its end. */
async function follow(id: string): Promise<{ jobs: Job[]; type: string | undefined }> {
	const req = request(`${server.origin}/api/v1/jobs/${id}/events`, { agent: false });
	req.end();
	const [res] = await once(req, 'response');
	const jobs: Job[] = [];
	for await (const line of createInterface({ input: res })) {
		if (line.startsWith('data: ')) jobs.push(jobSchema.parse(JSON.parse(line.slice(6))));
	}
	return { jobs, type: res.headers['content-type'] };
}

describe('a good scan', () => {
	it('becomes an asset whose files are served, and many can watch', async () => {
		const { artefact } = await give({ behaviour: 'good' });
		const { job } = await readAsset(server.context, artefact);
		const watched = await Promise.all(Array.from({ length: 5 }, () => follow(job.id)));
		for (const { jobs, type } of watched) {
			expect(type).toMatch(/^text\/event-stream/);
			expect(jobs.at(-1)).toMatchObject({ status: 'done', progress: 1, attempt: 1 });
			const progress = jobs.map((each) => each.progress);
			expect(progress).toEqual(progress.toSorted((a, b) => a - b));
		}
		const { asset } = await readAsset(server.context, artefact);
		expect(asset).toMatchObject({ status: 'ready', progress: 1, failure: null });
		const tier = spatial(asset.manifest).tiers[0];
		const model = await server.ask(tier?.file ?? '', { headers: { 'accept-encoding': 'br' } });
		expect(model.headers['content-type']).toBe('model/gltf-binary');
		expect(model.body).toHaveLength(tier?.brotliBytes ?? 0);
		expect(tier?.brotliBytes).toBeLessThan(tier?.bytes ?? 0);
		for (const file of [asset.manifest?.poster.file, asset.manifest?.report]) {
			expect((await server.ask(file ?? '')).status).toBe(200);
		}
		const original = await readAsset(server.context, artefact);
		expect(original.asset.manifest?.recipe.options.arguments).toEqual([
			'--json',
			'--memory-mb',
			'512',
			'--unit',
			'cm',
			'--up=z',
			'--fast',
			'--cache',
			join(workDir, 'cache', original.asset.id),
		]);
		expect(original.asset.manifest?.recipe.options.environment).toEqual(['TMPDIR', 'PATH']);
		// The scan itself is gone, and so is what was remembered of it.
		await expect.poll(() => readdir(workDir), WAIT).toEqual(['cache']);
		const remembered = () => readdir(join(workDir, 'cache'));
		await expect.poll(remembered, WAIT).not.toContain(original.asset.id);
	});

	it('who comes back to a job that is over is sent away', async () => {
		const { artefact } = await give({ behaviour: 'good' });
		const { job } = await ended(artefact);
		const path = `/api/v1/jobs/${job.id}/events`;
		const again = await server.ask(path, { headers: { 'last-event-id': job.updatedAt } });
		expect(again.status).toBe(204);
		expect((await follow(job.id)).jobs).toEqual([job]);
	});

	it('asked for twice is one job', async () => {
		const { scan } = await give({ behaviour: 'good' });
		const bytes = await server.context.store.open(scan.sha256);
		const { artefact } = await giveScan(server.context, (await bytes.toArray())[0], 'scan.ply');
		await ended(artefact);
		const { rows } = await server.context.db.pool.query(
			'select count(*)::int as count from asset where scan_sha256 = $1',
			[scan.sha256],
		);
		expect(rows).toEqual([{ count: 1 }]);
	});
});

describe('a scan that cannot be', () => {
	it('is refused once, in the words of the pipeline', async () => {
		const { artefact, scan } = await give({ behaviour: 'refuse' });
		const { job, asset } = await ended(artefact);
		const failure = { code: 'file-truncated', message: 'read: the file ends too early' };
		expect(job).toMatchObject({ status: 'failed', attempt: 1, failure });
		expect(asset).toMatchObject({ status: 'failed', manifest: null, failure });

		const { db, jobs } = server.context;
		expect(await db.orm.transaction((tx) => attachScan(tx, scan, jobs.enqueue))).toBe(false);
	});

	it('is stopped when it takes too long', async () => {
		const marker = join(folder.path, 'slow');
		const { artefact } = await give({ behaviour: 'hang', marker });
		const { job } = await ended(artefact);
		expect(job).toMatchObject({
			status: 'failed',
			attempt: 1,
			failure: { code: 'time-exhausted' },
		});
		expect(isAlive(await pidIn(marker))).toBe(false);
		expect(job.failure?.message).toBe(
			'digitize: the scan takes longer than 5 seconds — give it a smaller one',
		);
		await expect.poll(() => readdir(workDir), WAIT).toEqual(['cache']);
	});
});

describe('a fault of ours', () => {
	it('is tried again', async () => {
		const { artefact } = await give({ behaviour: 'fail', marker: join(folder.path, 'once') });
		expect((await ended(artefact)).job).toMatchObject({ status: 'done', attempt: 2 });
	});

	it('is tried again when the pipeline is killed in the middle', async () => {
		const marker = join(folder.path, 'killed');
		const { artefact } = await give({ behaviour: 'hang', marker });
		process.kill(await pidIn(marker), 'SIGKILL');
		expect((await ended(artefact)).job).toMatchObject({
			status: 'done',
			attempt: 2,
			failure: null,
		});
	});

	it('that stays is given up in plain words', async () => {
		const { artefact, scan } = await give({ behaviour: 'fail' });
		const { job, asset } = await ended(artefact);
		expect(job).toMatchObject({ status: 'failed', attempt: 3, failure: { code: 'internal' } });
		expect(job.failure?.message).not.toMatch(/Error|exit status/);
		expect(asset.status).toBe('failed');

		const { db, jobs } = server.context;
		const isAskedAgain = await db.orm.transaction((tx) => attachScan(tx, scan, jobs.enqueue));
		expect(isAskedAgain).toBe(true);
		const again = await readAsset(server.context, artefact);
		expect(again.asset.failure).toBeNull();
		expect(again.job.id).not.toBe(job.id);
	});
});

it('a job of a kind that only a newer version knows waits and is not lost', async () => {
	const { db, jobs } = server.context;
	const id = randomUUID();
	const task = { job: id, kind: 'of-tomorrow', subject: 'house' };
	await db.orm.transaction((tx) => jobs.enqueue(tx, task));
	// It was looked at and put back behind a minute: it waits, and is no attempt.
	const waiting = `select count(*)::int as n from pgboss.job
		where data->>'job' = $1 and state = 'created' and start_after > now()`;
	await expect.poll(async () => (await db.pool.query(waiting, [id])).rows[0].n, WAIT).toBe(1);
	expect(await findJob(db.orm, id)).toMatchObject({ status: 'queued', attempt: 0 });
});

describe('stopping', () => {
	it('ends the pipeline and puts the job back, and the next worker does it', async () => {
		const marker = join(folder.path, 'stopped');
		const settings = { isWorker: true, atOnce: 1, memoryMB: 512, timeoutS: 60, cli, workDir };
		await using idle = await startTestServer();
		const first = await startJobs({ ...idle.context, settings });
		const parts = { ...idle.context, jobs: first };
		const scan = Buffer.from(JSON.stringify({ behaviour: 'hang', marker }));
		const { artefact } = await giveScan(parts, scan, 'scan.ply');
		const pid = await pidIn(marker);
		await first[Symbol.asyncDispose]();
		expect(isAlive(pid)).toBe(false);
		expect((await readAsset(parts, artefact)).job).toMatchObject({ status: 'queued', attempt: 1 });
		await using second = await startJobs({ ...idle.context, settings });
		await expect
			.poll(async () => (await readAsset({ ...parts, jobs: second }, artefact)).job, WAIT)
			.toMatchObject({ status: 'done', attempt: 2 });
	});
});
