import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../server/database/database.ts';
import { isAtHead, migrate } from '../../../server/database/migrate.ts';
import { publish } from '../../support/catalogue.ts';
import {
	findSystemPostgres,
	startEmbedded,
	startSystemPostgres,
	type TestPostgres,
} from '../../support/postgres.ts';
import { aPlace } from '../../support/records.ts';
import { reportSkip } from '../../support/skip.ts';

const binDir = await findSystemPostgres();
if (binDir === null) reportSkip('the catalogue on a PostgreSQL of the system: none is installed');

const KINDS: [string, () => Promise<TestPostgres>][] = [
	['embedded', startEmbedded],
	...(binDir === null
		? []
		: [
				['system', () => startSystemPostgres(binDir)] satisfies [
					string,
					() => Promise<TestPostgres>,
				],
			]),
];

describe.each(KINDS)('the schema on the %s PostgreSQL', (_, start) => {
	let postgres: TestPostgres;
	let db: Database;

	beforeAll(async () => {
		postgres = await start();
	});
	afterAll(async () => {
		await db?.[Symbol.asyncDispose]();
		await postgres?.[Symbol.asyncDispose]();
	});

	it('is made once when several processes start together', async () => {
		await using other = openDatabase(postgres.connection);
		db = openDatabase(postgres.connection);
		await Promise.all([migrate(db), migrate(other), migrate(db)]);
		expect(await isAtHead(db)).toBe(true);
		const { rows } = await db.pool.query('select hash from drizzle.__drizzle_migrations');
		expect(new Set(rows.map((row) => row.hash)).size).toBe(rows.length);
	});

	it('knows when it is behind the program', async () => {
		const newest = 'select max(id) from drizzle.__drizzle_migrations';
		await db.pool.query(
			`update drizzle.__drizzle_migrations set created_at = created_at - 1 where id = (${newest})`,
		);
		expect(await isAtHead(db)).toBe(false);
		await db.pool.query(
			`update drizzle.__drizzle_migrations set created_at = created_at + 1 where id = (${newest})`,
		);
		expect(await isAtHead(db)).toBe(true);
	});

	it('lets nobody change or remove a revision', async () => {
		await publish(db, [{ resource: 'places', document: aPlace() }]);
		for (const statement of [
			`update revision set note = 'changed'`,
			'delete from revision',
			'truncate revision cascade',
		]) {
			await expect(db.pool.query(statement)).rejects.toThrow(/only ever added/);
		}
		const { rows } = await db.pool.query('select note from revision');
		expect(rows).toEqual([{ note: 'test' }]);
	});

	it('lets no record publish a revision that does not exist', async () => {
		await expect(db.pool.query('update record set published_revision = 99')).rejects.toThrow(
			/record_published_revision_fk/,
		);
	});
});
