import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { assetsOfArtefacts } from '../../../server/assets/artefact-assets.ts';
import { importCollection } from '../../../server/catalogue/import-collection.ts';
import { readRecord } from '../../../server/catalogue/published-records.ts';
import { asset } from '../../../server/database/schema/assets.ts';
import type { Enqueue } from '../../../server/jobs/job-kind.ts';
import { MemoryStore } from '../../../server/storage/memory-store.ts';
import { aManifest } from '../../support/assets.ts';
import { publish } from '../../support/catalogue.ts';
import { aMuseum, anArtefact } from '../../support/records.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let folder: TemporaryFolder;

beforeAll(async () => {
	server = await startTestServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());
beforeEach(async () => {
	const { pool } = server.context.db;
	await pool.query('alter table revision disable trigger user');
	await pool.query('truncate record, revision, asset, job, pgboss.job cascade');
	await pool.query('alter table revision enable trigger user');
	folder = await temporaryFolder('import');
	await mkdir(join(folder.path, 'collection'));
	await mkdir(join(folder.path, 'sources'));
	await write('museums', [aMuseum()]);
	await write('artefacts', [anArtefact(), anArtefact({ id: 'second' })]);
	await write('scans', [
		{ artefact: 'ridge-beast', file: 'beast.ply', up: 'Z' },
		{ artefact: 'second', file: 'second.ply' },
	]);
	await writeFile(join(folder.path, 'sources/beast.ply'), 'a beast');
	await writeFile(join(folder.path, 'sources/second.ply'), 'another');
	return () => folder[Symbol.asyncDispose]();
});

function write(name: string, records: object[]): Promise<void> {
	return writeFile(join(folder.path, 'collection', `${name}.json`), JSON.stringify(records));
}

function run(change: Partial<Parameters<typeof importCollection>[0]> = {}) {
	return importCollection({ ...server.context, ...change }, folder.path);
}

async function counts(): Promise<number[]> {
	const tables = ['record', 'revision', 'asset', 'medium', 'job', 'pgboss.job'];
	const { pool } = server.context.db;
	const results = await Promise.all(
		tables.map((table) => pool.query(`select count(*)::int as count from ${table}`)),
	);
	return results.map(({ rows }) => rows[0].count);
}

const ALL = [3, 3, 2, 2, 2, 2];

it('brings in records, originals and one job a model', async () => {
	expect(await run()).toEqual({ changed: 3, queued: 2 });
	expect(await counts()).toEqual(ALL);
	const assets = await assetsOfArtefacts(server.context.db.orm, ['ridge-beast']);
	expect(assets.get('ridge-beast')).toMatchObject({ status: 'queued', progress: 0 });
});

it('changes nothing the second time', async () => {
	await run();
	expect(await run()).toEqual({ changed: 0, queued: 0 });
	expect(await counts()).toEqual(ALL);
});

it('two imports at once are one', async () => {
	await Promise.all([run(), run(), run()]);
	expect(await counts()).toEqual(ALL);
});

/** A store that dies at the n-th put, as a process killed there would leave things. */
class DyingStore extends MemoryStore {
	#left: number;
	constructor(left: number) {
		super();
		this.#left = left;
	}
	override put(...args: Parameters<MemoryStore['put']>): ReturnType<MemoryStore['put']> {
		this.#left -= 1;
		return this.#left < 0 ? Promise.reject(new Error('killed')) : super.put(...args);
	}
}

it.each([0, 1])('killed at original %i, it is finished by the next', async (left) => {
	await expect(run({ store: new DyingStore(left) })).rejects.toThrow('killed');
	expect((await counts())[2]).toBe(left);
	await run();
	expect(await counts()).toEqual(ALL);
});

it.each([0, 1])('killed while asking for job %i, it leaves no half of it', async (left) => {
	let asked = 0;
	const enqueue: Enqueue = async (tx, task) => {
		await server.context.jobs.enqueue(tx, task);
		asked += 1;
		if (asked > left) throw new Error('killed');
	};
	await expect(run({ jobs: { enqueue } })).rejects.toThrow('killed');
	expect(await counts()).toEqual([3, 3, left, left, left, left]);
	await run();
	expect(await counts()).toEqual(ALL);
});

it('a record that breaks the contract stops it before anything is kept', async () => {
	await write('museums', [{ ...aMuseum(), kind: 'palace' }]);
	await expect(run()).rejects.toMatchObject({ name: 'InvalidError' });
	expect(await counts()).toEqual([0, 0, 0, 0, 0, 0]);
});

it('what a person changed stays', async () => {
	await run();
	const ours = aMuseum({ name: { 'zh-CN': '馆长改过' } });
	await publish(server.context.db, [{ resource: 'museums', document: ours }], 'curator');
	await write('museums', [aMuseum({ name: { 'zh-CN': '新版示例' } })]);
	expect((await run()).changed).toBe(0);
	expect(await readRecord(server.context.db.orm, 'museums', 'river-museum')).toEqual(ours);
});

it('a new scan replaces the old one only when it is ready', async () => {
	await run();
	const { orm } = server.context.db;
	await orm.update(asset).set({ status: 'ready', manifest: aManifest() });
	const old = (await assetsOfArtefacts(orm, ['second'])).get('second');
	await writeFile(join(folder.path, 'sources/second.ply'), 'scanned again');
	expect((await run()).queued).toBe(1);
	expect((await assetsOfArtefacts(orm, ['second'])).get('second')).toEqual(old);
	await orm.update(asset).set({ status: 'ready', manifest: aManifest() });
	expect((await assetsOfArtefacts(orm, ['second'])).get('second')?.id).not.toBe(old?.id);
});

it('a missing model leaves its piece without one, and no other', async () => {
	await write('scans', [
		{ artefact: 'second', file: 'gone.ply' },
		{ artefact: 'ridge-beast', file: 'beast.ply' },
	]);
	expect((await run()).queued).toBe(1);
});

it('the demo cluster itself comes in whole', async () => {
	const assets = resolve(import.meta.dirname, '../../../assets');
	await cp(join(assets, 'collection'), join(folder.path, 'collection'), { recursive: true });
	const names = await readdir(join(folder.path, 'collection'));
	expect(names).toContain('museums.json');
	await write('scans', []);
	const { changed } = await run({ logger: pino({ level: 'silent' }) });
	expect(changed).toBeGreaterThan(60);
});
