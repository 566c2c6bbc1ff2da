import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postmasterPid } from '../../../../server/database/embedded/left-over.ts';
import { processIdentity } from '../../../../server/database/embedded/process-identity.ts';
import { killPostgres } from '../../../support/kill-postgres.ts';
import {
	type Ground,
	groupOf,
	hasGone,
	idsReach,
	openGround,
	query,
	statFields,
} from './ground.ts';

let ground: Ground;
beforeAll(async () => {
	ground = await openGround();
});
afterAll(() => ground[Symbol.asyncDispose]());

describe('sudden ends', () => {
	test('kill -9 of everything at once loses no acknowledged row, round after round', async () => {
		const dataDir = await ground.dataFolder('killed');
		const data = join(dataDir, 'postgres/data');
		const acknowledged: number[] = [];
		for (const wanted of [20, 50, 80]) {
			const { owner, ids, ended } = ground.startOwner(dataDir, 'write');
			await idsReach(owner, ids, wanted);
			const postmaster = await killPostgres(data);
			process.kill(-Number(owner.pid), 'SIGKILL');
			await ended;
			await hasGone(postmaster);
			expect(await postmasterPid(data)).toBe(postmaster);
			acknowledged.push(...ids);
		}
		expect(acknowledged.length).toBeGreaterThanOrEqual(150);
		expect(new Set(acknowledged).size).toBe(acknowledged.length);
		await using running = await ground.start(dataDir);
		const rows = await query<{ id: string }>(running.connection, 'select id from acked');
		const kept = new Set(rows.map((row) => Number(row.id)));
		expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
	});

	test('when its owner is killed, PostgreSQL stops by itself, and a new owner need not wait', async () => {
		const dataDir = await ground.dataFolder('orphaned');
		const data = join(dataDir, 'postgres/data');
		const first = ground.startOwner(dataDir, 'hold');
		await first.told;
		const orphan = Number(await postmasterPid(data));
		first.owner.kill('SIGKILL');
		await first.ended;
		await using running = await ground.start(dataDir);
		expect(await query(running.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
		expect(await postmasterPid(data)).not.toBe(orphan);

		const second = ground.startOwner(await ground.dataFolder('left-alone'), 'hold');
		await second.told;
		const left = Number(await postmasterPid(join(ground.path, 'left-alone/postgres/data')));
		second.owner.kill('SIGKILL');
		await hasGone(left);
	});

	test('a PostgreSQL left behind with nobody to tell it is stopped by the next owner', async () => {
		const dataDir = await ground.dataFolder('left-behind');
		const data = join(dataDir, 'postgres/data');
		const { owner, told, ended } = ground.startOwner(dataDir, 'hold');
		await told;
		const orphan = Number(await postmasterPid(data));
		const guard = Number((await statFields(orphan))[1]);
		// The guard's whole group, save PostgreSQL itself, which is asked last of all.
		const group = await groupOf(guard);
		for (const pid of group.filter((pid) => pid !== orphan)) process.kill(pid, 'SIGKILL');
		owner.kill('SIGKILL');
		await ended;
		expect(await processIdentity(orphan)).not.toBeNull();
		await using running = await ground.start(dataDir);
		expect(await processIdentity(orphan)).toBeNull();
		expect(await query(running.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
	});

	test('a PostgreSQL that ends by itself is started again under the same address', async () => {
		const dataDir = await ground.dataFolder('restarted');
		await using running = await ground.start(dataDir);
		await query(running.connection, 'create table kept (id int)');
		const before = await killPostgres(join(dataDir, 'postgres/data'));
		for (;;) {
			const rows = await query(running.connection, 'select id from kept').catch(() => null);
			if (rows) break;
			await new Promise((done) => setTimeout(done, 50));
		}
		expect(await postmasterPid(join(dataDir, 'postgres/data'))).not.toBe(before);
	});

	test('an owner that ends well stops it, and a Ctrl-C to its group does not reach it first', async () => {
		const dataDir = await ground.dataFolder('ended');
		const data = join(dataDir, 'postgres/data');
		const { owner, told, ended } = ground.startOwner(dataDir, 'hold');
		await told;
		const pid = Number(await postmasterPid(data));
		expect(await groupOf(Number(owner.pid))).not.toContain(pid);
		owner.stdin?.end();
		expect(await ended).toEqual([0, null]);
		expect(await processIdentity(pid)).toBeNull();
		expect(await postmasterPid(data)).toBeNull();
	});
});
