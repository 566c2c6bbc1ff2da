import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../../../server/audit/verify.ts';
import { publish as publishRecord } from '../../../server/catalogue/publish.ts';
import type { Database } from '../../../server/database/database.ts';
import { startBackgroundWork } from '../../../server/start/background-work.ts';
import { openCatalogue } from '../../support/catalogue.ts';
import { NAME, publishByHand } from '../../support/life.ts';
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

async function until(query: string): Promise<void> {
	for (;;) if ((await db.pool.query(query)).rowCount) return;
}

test('while the site runs, dates are kept, acts sealed and old projections made anew', async () => {
	const base = await publishByHand(db);
	await db.pool.query(`update record set projection_version = 1, publish_at = now(),
		publish_languages = '{zh-CN}', publish_actor = 'second'`);
	{
		await using _ = startBackgroundWork({ db, logger: pino({ level: 'silent' }) });
		await until(`select from record where projection_version > 1 and languages = '{zh-CN}'`);
		await until('select from audit having count(*) = 4 and count(seal) = 4');
	}
	expect(await verifyAudit(db)).toMatchObject({ unsealed: 0, faults: [] });
	// Stopped: nothing is sealed any more.
	const again = { ...NAME, actor: 'second', base, languages: ['en'] };
	await db.orm.transaction((tx) => publishRecord(tx, again));
	expect(await verifyAudit(db)).toMatchObject({ unsealed: 1 });
});
