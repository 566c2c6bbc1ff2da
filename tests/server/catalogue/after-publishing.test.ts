import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Museum } from '#schema/museum/museum';
import { cancelSchedule } from '../../../server/catalogue/cancel-schedule.ts';
import { cutRevision } from '../../../server/catalogue/cut-revision.ts';
import { type PublishWish, publish } from '../../../server/catalogue/publish.ts';
import { readRecord } from '../../../server/catalogue/published-records.ts';
import { readHistory, readLife } from '../../../server/catalogue/read-history.ts';
import { rollBack } from '../../../server/catalogue/roll-back.ts';
import { runSchedule } from '../../../server/catalogue/run-schedule.ts';
import { withdraw } from '../../../server/catalogue/withdraw.ts';
import type { Database, Transaction } from '../../../server/database/database.ts';
import { emptyCatalogue, openCatalogue, publish as publishAll } from '../../support/catalogue.ts';
import { actsOf, cut, NAME, publishByHand, renamed, withdrawal } from '../../support/life.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';
import { aMuseum, anArtefact } from '../../support/records.ts';

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

const publishFirst = (...how: [document?: Museum, wish?: Partial<PublishWish>]) =>
	publishByHand(db, ...how);
const acts = () => actsOf(db);

function within<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
	return db.orm.transaction(work);
}

describe('withdrawing', () => {
	it('takes the record from readers and keeps its history', async () => {
		const base = await publishFirst();
		await within((tx) => withdraw(tx, withdrawal(base)));
		await expect(readRecord(db.orm, 'museums', NAME.id)).rejects.toThrow(/no museums/);
		expect((await readLife(db.orm, NAME)).state).toBe('withdrawn');
		const wish = { ...NAME, actor: 'second', base, languages: [] };
		await expect(within((tx) => publish(tx, wish))).rejects.toThrow(/not approved/);
		await expect(within((tx) => withdraw(tx, withdrawal(base)))).rejects.toThrow(/not published/);
	});

	it('is refused while something published needs it, unless that is accepted', async () => {
		const base = await publishFirst();
		await publishAll(db, [{ resource: 'artefacts', document: anArtefact() }]);
		await expect(within((tx) => withdraw(tx, withdrawal(base)))).rejects.toMatchObject({
			name: 'ConflictError',
			neededBy: ['artefacts/ridge-beast'],
		});
		await within((tx) => withdraw(tx, withdrawal(base, { acceptsDangling: true })));
		const { rows } = await db.pool.query(
			`select detail from audit where action = 'record.withdraw'`,
		);
		expect(rows[0].detail).toMatchObject({
			...{ acceptsDangling: true, neededBy: ['artefacts/ridge-beast'], reason: 'a mistake' },
		});
	});

	it('is free again once nothing needs it', async () => {
		const base = await publishFirst();
		await publishAll(db, [{ resource: 'artefacts', document: anArtefact() }]);
		const beast = { resource: 'artefacts', id: 'ridge-beast' } as const;
		await within((tx) => withdraw(tx, withdrawal(1, beast)));
		await within((tx) => withdraw(tx, withdrawal(base)));
	});
});

describe('rolling back', () => {
	it('shows again the words and the media of then, without a second approval', async () => {
		await db.pool.query(`insert into asset (id, scan_sha256, scan_name, scan_bytes, options, status, job)
			select id, '', '', 1, '{}', 'ready', gen_random_uuid() from unnest('{old,new}'::text[]) id`);
		const given = (asset: string) => [{ medium: 'model', asset }];
		await within((tx) => cutRevision(tx, cut(0, aMuseum(), { given: given('old') })));
		expect(await publishFirst()).toBe(1);
		// The words are the same: only what it shows is new.
		await within((tx) => cutRevision(tx, cut(1, aMuseum(), { given: given('new') })));
		expect(await publishFirst(renamed('二', 'Two'))).toBe(3);
		const roll = { ...NAME, actor: 'registrar', base: 3, to: 1, note: 'back' };
		expect(await within((tx) => rollBack(tx, roll))).toBe(4);
		expect(await readRecord(db.orm, 'museums', NAME.id)).toEqual(aMuseum());
		const { rows } = await db.pool.query(
			'select revision, asset from medium order by 1, linked_at',
		);
		expect(rows.map(({ revision, asset }) => `${revision} ${asset}`)).toEqual([
			...['1 old', '2 old', '2 new', '3 old', '3 new', '4 old'],
		]);
		expect((await readHistory(db.orm, NAME))[0]).toMatchObject({
			restores: 1,
			author: 'registrar',
		});
	});

	it('brings a withdrawn record back', async () => {
		const base = await publishFirst();
		await within((tx) => withdraw(tx, withdrawal(base)));
		await within((tx) => rollBack(tx, { ...NAME, actor: 'registrar', base, to: 1, note: '' }));
		expect(await readRecord(db.orm, 'museums', NAME.id)).toEqual(aMuseum());
	});

	it('is for what readers have seen', async () => {
		const base = await publishFirst();
		await within((tx) => cutRevision(tx, cut(base, renamed('二'))));
		const unseen = { ...NAME, actor: 'registrar', base: 2, to: 2, note: '' };
		await expect(within((tx) => rollBack(tx, unseen))).rejects.toThrow(/never published/);
	});
});

describe('at its time', () => {
	const soon = new Date(Date.now() + 3_600_000);
	const later = new Date(soon.getTime() + 1);

	it('a record is published, and withdrawn, in the name of who asked', async () => {
		const base = await publishFirst(aMuseum(), { at: soon });
		await within((tx) => withdraw(tx, withdrawal(base, { at: later })));
		expect(await runSchedule(db)).toBe(0);
		await expect(readRecord(db.orm, 'museums', NAME.id)).rejects.toThrow(/no museums/);
		expect(await runSchedule(db, soon)).toBe(1);
		expect(await readRecord(db.orm, 'museums', NAME.id)).toEqual(aMuseum());
		expect(await runSchedule(db, later)).toBe(1);
		await expect(readRecord(db.orm, 'museums', NAME.id)).rejects.toThrow(/no museums/);
		expect((await acts()).slice(-2)).toEqual([
			'second: record.publish',
			'registrar: record.withdraw',
		]);
		expect(await runSchedule(db, later)).toBe(0);
	});

	it('what was edited meanwhile is not published', async () => {
		const base = await publishFirst(aMuseum(), { at: soon });
		await within((tx) => cutRevision(tx, cut(base, renamed('二'))));
		expect(await runSchedule(db, soon)).toBe(0);
	});

	it('what was called off does not happen', async () => {
		const base = await publishFirst(aMuseum(), { at: soon });
		await within((tx) => withdraw(tx, withdrawal(base, { at: soon })));
		for (const what of ['publish', 'withdraw'] as const) {
			await within((tx) => cancelSchedule(tx, { ...NAME, actor: 'second', base, what }));
		}
		expect(await runSchedule(db, later)).toBe(0);
		expect((await readLife(db.orm, NAME)).state).toBe('approved');
	});

	it('what cannot be done is said and given up', async () => {
		const base = await publishFirst();
		await within((tx) => withdraw(tx, withdrawal(base, { at: soon })));
		await publishAll(db, [{ resource: 'artefacts', document: anArtefact() }]);
		expect(await runSchedule(db, soon)).toBe(1);
		expect((await acts()).at(-1)).toBe('registrar: record.withdraw-refused');
		expect(await runSchedule(db, soon)).toBe(0);
		expect(await readRecord(db.orm, 'museums', NAME.id)).toEqual(aMuseum());
	});

	it('many processes do each errand once', async () => {
		await publishFirst(aMuseum(), { at: soon });
		const done = await Promise.all(Array.from({ length: 4 }, () => runSchedule(db, soon)));
		expect(done.reduce((sum, count) => sum + count)).toBe(1);
		expect((await acts()).filter((act) => act.endsWith('record.publish'))).toHaveLength(1);
	});
});
