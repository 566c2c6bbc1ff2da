import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealAudit } from '../../../server/audit/seal.ts';
import { verifyAudit } from '../../../server/audit/verify.ts';
import { type Act, writeAudit } from '../../../server/audit/write-audit.ts';
import type { Database } from '../../../server/database/database.ts';
import { emptyCatalogue, openCatalogue } from '../../support/catalogue.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';

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
beforeEach(() => emptyCatalogue(db));

/** Does what only the owner of the database can: changes what is only ever added to. */
async function tamper(statement: string): Promise<void> {
	for (const table of ['audit', 'seal']) {
		await db.pool.query(`alter table ${table} disable trigger user`);
	}
	await db.pool.query(statement);
	for (const table of ['audit', 'seal']) {
		await db.pool.query(`alter table ${table} enable trigger user`);
	}
}

const act = (n: number): Act => ({
	actor: 'account-1',
	action: 'record.publish',
	subject: `record/museums/m-${n}`,
	detail: { published: n, 标注: ['清', 0.1, null], nested: { z: true, a: '"\\\u2028' } },
});

function write(...numbers: number[]): Promise<void> {
	return db.orm.transaction((tx) => writeAudit(tx, ...numbers.map(act)));
}

async function faults() {
	return (await verifyAudit(db)).faults;
}

describe('the register of acts', () => {
	it('is whole when nobody touched it, and says what is not sealed yet', async () => {
		await write(1, 2, 3);
		expect(await sealAudit(db)).toBe(3);
		await write(4);
		await write(5);
		expect(await sealAudit(db)).toBe(2);
		await write(6);
		const report = await verifyAudit(db);
		expect(report).toMatchObject({ rows: 6, seals: 2, unsealed: 1, faults: [] });
		const { rows } = await db.pool.query('select root from seal order by id desc limit 1');
		expect(report.root).toBe(rows[0].root);
	});

	it('keeps nothing of an act that was rolled back', async () => {
		const failing = db.orm.transaction(async (tx) => {
			await writeAudit(tx, act(1));
			throw new Error('changed my mind');
		});
		await expect(failing).rejects.toThrow('changed my mind');
		expect(await sealAudit(db)).toBe(0);
	});

	it('is sealed once when many try at once', async () => {
		await write(1, 2, 3);
		const sealed = await Promise.all(Array.from({ length: 4 }, () => sealAudit(db)));
		expect(sealed.reduce((sum, count) => sum + count)).toBe(3);
		expect(await verifyAudit(db)).toMatchObject({ seals: 1, faults: [] });
	});

	it('refuses to be changed', async () => {
		await write(1);
		await expect(db.pool.query(`update audit set actor = 'another'`)).rejects.toThrow(/only ever/);
		await expect(db.pool.query('delete from audit')).rejects.toThrow(/only ever/);
		await sealAudit(db);
		await expect(db.pool.query('update audit set seal = null')).rejects.toThrow(/only ever/);
	});
});

describe('checking the register finds', () => {
	beforeEach(async () => {
		await write(1, 2, 3);
		await sealAudit(db);
		await write(4, 5);
		await sealAudit(db);
		await write(6);
	});

	it.each([
		['who', `actor = 'another'`],
		['what', `action = 'record.approve'`],
		['to what', `subject = 'record/museums/m-9'`],
		['when', `at = at + interval '1 ms'`],
		['a fact', `detail = detail || '{"published":9}'`],
	])('a row that says something else: %s', async (_, change) => {
		await tamper(`update audit set ${change} where id in (2, 6)`);
		const found = await faults();
		expect(found.map(({ kind }) => kind)).toEqual(['changed-row', 'changed-row']);
		expect(found[0]?.where).toMatch(/^row 2 /);
		expect(found[1]?.where).toMatch(/^row 6 /);
	});

	it('a row that is gone', async () => {
		await tamper('delete from audit where id = 2');
		expect(await faults()).toEqual([
			{ kind: 'missing-row', where: 'seal 1 closed 3 rows and holds 2 (1 to 3)' },
		]);
	});

	it('a row that was put in behind', async () => {
		await tamper(`insert into audit (at, actor, action, subject, detail, leaf, seal)
			select at, actor, action, subject, detail, leaf, 1 from audit where id = 1`);
		expect(await faults()).toEqual([
			{ kind: 'missing-row', where: 'seal 1 closed 3 rows and holds 4 (1 to 7)' },
		]);
	});

	it('a row that was changed together with its leaf', async () => {
		await tamper(`update audit set leaf = (select leaf from audit where id = 1) where id = 2`);
		expect(await faults()).toMatchObject([
			{ kind: 'changed-row' },
			{ kind: 'broken-seal', where: 'seal 1 does not follow from its rows' },
		]);
	});

	it('a seal that was changed, and the one that followed it', async () => {
		await tamper(`update seal set root = repeat('a', 64) where id = 1`);
		expect(await faults()).toEqual([
			{ kind: 'broken-seal', where: 'seal 1 does not follow from its rows' },
			{ kind: 'broken-seal', where: 'seal 2 does not continue the one before' },
		]);
	});

	it('a seal that is gone', async () => {
		await tamper('delete from seal where id = 1');
		expect((await faults())[0]).toEqual({
			kind: 'broken-seal',
			where: 'seal 2 follows seal 0: some are missing',
		});
		expect((await verifyAudit(db)).rows).toBe(6);
	});
});
