import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { findJob } from '../../../server/jobs/job-record.ts';
import { startJobs } from '../../../server/start/start-jobs.ts';
import { DiskStore } from '../../../server/storage/disk-store.ts';
import { openCatalogue } from '../../support/catalogue.ts';
import { startEmbedded } from '../../support/postgres.ts';
import { giveScan, readAsset } from '../../support/scans.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CLI = fileURLToPath(import.meta.resolve('../../support/fake-digitize.ts'));
const WORKER = fileURLToPath(import.meta.resolve('../../support/worker-process.ts'));
const WAIT = { timeout: 50_000, interval: 200 };

const PASSES = [
	['first', 3],
	['second', 6],
] as const;

it.each(PASSES)('a %s pass whose worker is killed goes to another worker', async (pass, files) => {
	await using folder = await temporaryFolder('death');
	await using postgres = await startEmbedded();
	await using db = await openCatalogue(postgres);
	const objects = join(folder.path, 'objects');
	const workDir = join(folder.path, 'work');
	await mkdir(workDir);
	await using store = await DiskStore.open(objects, Buffer.alloc(32));
	const limits = { atOnce: 1, memoryMB: 512, timeoutS: 60 };
	const settings = { ...limits, isWorker: true, refines: true, workDir, cli: CLI };
	const marker = join(folder.path, 'begun');
	const logger = pino({ level: 'silent' });

	const wish = JSON.stringify({ connection: postgres.connection, objects, settings });
	const doomed = spawn(process.execPath, [WORKER, wish], {
		stdio: 'inherit',
	});
	const died = once(doomed, 'exit');
	await using asking = await startJobs({
		db,
		store,
		logger,
		settings: { ...settings, isWorker: false },
	});
	const hangs = { behaviour: 'hang', marker };
	const says = pass === 'first' ? hangs : { behaviour: 'good', refined: hangs };
	const scan = Buffer.from(JSON.stringify(says));
	const { artefact } = await giveScan({ db, store, jobs: asking }, scan, 'scan.ply');
	await expect.poll(() => existsSync(marker), WAIT).toBe(true);
	const pipeline = Number(await readFile(marker, 'utf8'));
	doomed.kill('SIGKILL');
	await died;

	await using heir = await startJobs({ db, store, logger, settings });
	const { rows: jobs } = await db.pool.query('select id from job order by kind desc');
	await expect
		.poll(() => findJob(db.orm, jobs[0].id), WAIT)
		.toMatchObject({ kind: pass === 'first' ? 'digitize' : 'refine', status: 'done', attempt: 2 });
	const { asset } = await readAsset({ db, store, jobs: heir }, artefact);
	expect(asset).toMatchObject({ status: 'ready', failure: null });
	if (existsSync('/usr/bin/setpriv')) expect(() => process.kill(pipeline, 0)).toThrow(/ESRCH/);
	else process.kill(pipeline, 'SIGKILL');
	const { rows } = await db.pool.query('select count(*)::int as count from asset_file');
	expect(rows).toEqual([{ count: files }]);
});
