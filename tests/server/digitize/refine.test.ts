import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Job } from '#schema/job/job';
import { job as jobTable } from '../../../server/database/schema/jobs.ts';
import { findJob } from '../../../server/jobs/job-record.ts';
import { startJobs } from '../../../server/start/start-jobs.ts';
import { giveScan, readAsset } from '../../support/scans.ts';
import { spatial } from '../../support/spatial.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const cli = fileURLToPath(import.meta.resolve('../../support/fake-digitize.ts'));
const WAIT = { timeout: 55_000, interval: 100 };

let server: TestServer;
let folder: TemporaryFolder;
let workDir: string;

beforeAll(async () => {
	folder = await temporaryFolder('refine');
	workDir = join(folder.path, 'work');
	const settings = { isWorker: true, cli, workDir, retryDelayS: 0, timeoutS: 60, memoryMB: 512 };
	server = await startTestServer({ jobs: { ...settings, refines: true } });
});
afterAll(async () => {
	await server?.[Symbol.asyncDispose]();
	await folder?.[Symbol.asyncDispose]();
});

/** A textured piece; `refined` says how its second pass behaves. */
function give(refined: object | undefined) {
	const scan = { behaviour: 'good', refined, at: Math.random() };
	return giveScan(server.context, Buffer.from(JSON.stringify(scan)), 'scan.glb');
}

async function secondPass(asset: string): Promise<Job | undefined> {
	const jobs = server.context.db.orm
		.select()
		.from(jobTable)
		.where(eq(jobTable.subject, `asset/${asset}`));
	const row = (await jobs).find(({ kind }) => kind === 'refine');
	return row && (await findJob(server.context.db.orm, row.id));
}

async function statusOf(asset: string): Promise<string | undefined> {
	return (await secondPass(asset))?.status;
}

async function manifestOf(asset: string) {
	return await server.ask(`/api/v1/assets/${asset}/manifest`);
}

it('a textured piece is shown first and gets better textures behind', async () => {
	const marker = join(folder.path, 'second');
	const { artefact, asset } = await give({ behaviour: 'hang', marker });
	await expect.poll(() => existsSync(marker), WAIT).toBe(true);
	const first = await readAsset(server.context, artefact);
	expect(first).toMatchObject({ asset: { status: 'ready' }, job: { kind: 'digitize' } });
	const shown = await manifestOf(asset);
	expect(shown.headers['cache-control']).toBe('no-cache');

	// Killed in the middle, it is tried again: nobody who looks at the piece notices.
	process.kill(Number(await readFile(marker, 'utf8')), 'SIGKILL');
	await expect.poll(() => statusOf(asset), WAIT).toBe('done');
	expect(await secondPass(asset)).toMatchObject({ kind: 'refine', attempt: 2, failure: null });
	const tag = shown.headers.etag ?? '';
	const etag = { 'if-none-match': tag };
	const better = await server.ask(`/api/v1/assets/${asset}/manifest`, { headers: etag });
	expect(better.status).toBe(200);
	const [before, after] = [spatial(first.asset.manifest), spatial(better.json() as never)];
	const { tiers, recipe, report, ...rest } = after;
	expect(rest).toEqual(expect.objectContaining({ bounds: before.bounds, poster: before.poster }));
	expect(tiers.map(({ ktx2: _, ...tier }) => tier)).toEqual(before.tiers);
	expect(recipe.options.arguments).toContain('--ktx2');
	const model = await server.ask(tiers[1]?.ktx2?.file ?? '');
	expect(model.body.toString()).toBe('scan.glb with better pictures');
	// Its report is the second one's now; the first stays where it was.
	expect((await server.ask(report)).json()).toEqual({ says: 'all of it' });
	for (const old of [before.report, `/objects/assets/${asset}/report.json`]) {
		expect((await server.ask(old)).json()).toEqual({ says: 'what a page needs' });
	}
	expect((await readAsset(server.context, artefact)).asset.status).toBe('ready');
	await expect.poll(() => readdir(join(workDir, 'cache')), WAIT).toEqual([]);
});

it('a second pass that fails leaves the piece as it was', async () => {
	const { artefact, asset } = await give({ behaviour: 'fail' });
	await expect.poll(() => statusOf(asset), WAIT).toBe('failed');
	expect(await secondPass(asset)).toMatchObject({ attempt: 3, failure: { code: 'internal' } });
	const { asset: shown, job } = await readAsset(server.context, artefact);
	expect(shown).toMatchObject({ status: 'ready', failure: null });
	expect(job).toMatchObject({ kind: 'digitize', status: 'done' });
	expect(spatial(shown.manifest).tiers[1]?.ktx2).toBeUndefined();
});

it('a second pass of another pipeline changes nothing that is served', async () => {
	const { artefact, asset } = await give({ behaviour: 'good', changes: true });
	await expect.poll(() => statusOf(asset), WAIT).toBe('failed');
	expect(await secondPass(asset)).toMatchObject({ attempt: 1, failure: { code: 'internal' } });
	const { manifest, status } = (await readAsset(server.context, artefact)).asset;
	expect(status).toBe('ready');
	expect(spatial(manifest).tiers[1]?.ktx2).toBeUndefined();
});

it('a piece without textures has no second pass', async () => {
	const { artefact, asset } = await give(undefined);
	await expect
		.poll(async () => (await readAsset(server.context, artefact)).asset.status, WAIT)
		.toBe('ready');
	expect(await secondPass(asset)).toBeUndefined();
});

it('a second pass makes way for a scan that is not shown yet, and goes on behind it', async () => {
	const marker = join(folder.path, 'yields');
	const { asset } = await give({ behaviour: 'hang', marker });
	await expect.poll(() => existsSync(marker), WAIT).toBe(true);
	const { artefact } = await give(undefined);
	// One job at a time: it can only run when the other has left.
	await expect
		.poll(async () => (await readAsset(server.context, artefact)).asset.status, WAIT)
		.toBe('ready');
	await expect.poll(() => statusOf(asset), WAIT).toBe('done');
	expect(await secondPass(asset)).toMatchObject({ attempt: 2, progress: 1 });
});

it('waiting scans come before second passes, in whatever order they were asked for', async () => {
	const settings = { isWorker: true, atOnce: 1, memoryMB: 512, timeoutS: 60, cli, workDir };
	await using idle = await startTestServer();
	const parts = { ...idle.context };
	const scan = (at: number) => Buffer.from(JSON.stringify({ behaviour: 'good', at, refined }));
	const refined = { behaviour: 'good' };
	for (const at of [1, 2, 3]) await giveScan(parts, scan(at), 'scan.glb');
	await using _jobs = await startJobs({ ...parts, settings: { ...settings, refines: true } });
	const order = async () => {
		const { rows } = await idle.context.db.pool.query<{ kind: string; status: string }>(
			'select kind, status from job order by updated_at',
		);
		return rows.every(({ status }) => status === 'done') ? rows.map(({ kind }) => kind) : [];
	};
	const [first, second] = [Array(3).fill('digitize'), Array(3).fill('refine')];
	await expect.poll(order, WAIT).toEqual([...first, ...second]);
});
