import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postmasterPid } from '../../../../server/database/embedded/left-over.ts';
import { type Ground, openGround, query } from './ground.ts';

let ground: Ground;
beforeAll(async () => {
	ground = await openGround();
});
afterAll(() => ground[Symbol.asyncDispose]());

describe('the embedded PostgreSQL', () => {
	test('starts, keeps what it stored across a stop, and leaves no process', async () => {
		const dataDir = await ground.dataFolder('plain');
		{
			await using first = await ground.start(dataDir);
			await query(first.connection, "create table note as select '琉璃' as text");
			const [row] = await query(first.connection, "select current_setting('data_checksums') as on");
			expect(row).toEqual({ on: 'on' });
		}
		const data = join(dataDir, 'postgres/data');
		expect(await postmasterPid(data)).toBeNull();
		await using second = await ground.start(dataDir);
		expect(await query(second.connection, 'select text from note')).toEqual([{ text: '琉璃' }]);
		expect(await readdir(dataDir)).toEqual(['postgres', 'postgres.lock']);
	});

	test('listens on no network, only on a socket that nobody else can enter', async () => {
		await using running = await ground.start(await ground.dataFolder('quiet'));
		const rows = await query(running.connection, 'show listen_addresses');
		expect(rows).toEqual([{ listen_addresses: '' }]);
		expect((await stat(running.connection.host)).mode & 0o777).toBe(0o700);
	});

	test('a data folder with a very long path has its socket elsewhere, also after a kill', async () => {
		const dataDir = await ground.dataFolder(`long-${'x'.repeat(120)}`);
		const { owner, told, ended } = ground.startOwner(dataDir, 'hold');
		const earlier = (await told).ready?.host ?? '';
		expect(earlier.length).toBeLessThan(90);
		owner.kill('SIGKILL');
		await ended;
		const running = await ground.start(dataDir);
		expect(await query(running.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
		expect(await stat(earlier).catch(() => null)).toBeNull();
		await running[Symbol.asyncDispose]();
		expect(await stat(running.connection.host).catch(() => null)).toBeNull();
	});

	test('two clusters run side by side from different folders', async () => {
		const folders = [await ground.dataFolder('left'), await ground.dataFolder('right')];
		const [left, right] = await Promise.all(folders.map((each) => ground.start(each)));
		try {
			await query(left?.connection ?? {}, 'create table only_left (id int)');
			const tables = "select count(*)::int as n from pg_tables where tablename = 'only_left'";
			expect(await query(right?.connection ?? {}, tables)).toEqual([{ n: 0 }]);
		} finally {
			await Promise.all([left, right].map((each) => each?.[Symbol.asyncDispose]()));
		}
	});

	test('a busy folder is refused in one sentence that names the process', async () => {
		const dataDir = await ground.dataFolder('busy');
		await using running = await ground.start(dataDir);
		await expect(ground.start(dataDir)).rejects.toMatchObject({
			name: 'StartError',
			message: expect.stringMatching(
				new RegExp(`^data folder: .* is in use by process ${process.pid} — stop it`),
			),
		});
		expect(await query(running.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
	});

	test('the lock of a process that died, or that was cut short, counts for nothing', async () => {
		const dataDir = await ground.dataFolder('stale');
		for (const left of [`{"pid":${process.ppid},"identity":"another life"}`, '{"pid":', '']) {
			await writeFile(join(dataDir, 'postgres.lock'), left);
			await using running = await ground.start(dataDir);
			expect(await query(running.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
		}
	});

	test('a number in postmaster.pid that another program has by now does not stop a start', async () => {
		const dataDir = await ground.dataFolder('reused');
		await (await ground.start(dataDir))[Symbol.asyncDispose]();
		const data = join(dataDir, 'postgres/data');
		await writeFile(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n0\n5432\n\n\n0 0\n`);
		await using running = await ground.start(dataDir);
		expect(await query(running.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
	});

	test('a first start killed while the cluster is made leaves none half-made', async () => {
		const dataDir = await ground.dataFolder('unfinished');
		await mkdir(join(dataDir, 'postgres/data.new/base'), { recursive: true });
		await writeFile(join(dataDir, 'postgres/data.new/PG_VERSION'), '18\n');
		await using running = await ground.start(dataDir);
		expect(await query(running.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
	});

	test('a cluster of another PostgreSQL is refused in one sentence and left as it is', async () => {
		const dataDir = await ground.dataFolder('older');
		const data = join(dataDir, 'postgres/data');
		await mkdir(data, { recursive: true });
		await writeFile(join(data, 'PG_VERSION'), '15\n');
		await expect(ground.start(dataDir)).rejects.toThrow(
			/belongs to PostgreSQL 15, .* DATABASE_URL$/,
		);
		expect(await readdir(data)).toEqual(['PG_VERSION']);
	});
});
