import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importRecords } from '../../../server/catalogue/import-records.ts';
import { listRecords } from '../../../server/catalogue/list-records.ts';
import { type Publication, publishRecords } from '../../../server/catalogue/publish-records.ts';
import { readRecord } from '../../../server/catalogue/published-records.ts';
import { readHistory } from '../../../server/catalogue/read-history.ts';
import { reproject } from '../../../server/catalogue/reproject.ts';
import { submit } from '../../../server/catalogue/submit.ts';
import { withdraw } from '../../../server/catalogue/withdraw.ts';
import type { Database, Transaction } from '../../../server/database/database.ts';
import {
	aSmallCluster,
	emptyCatalogue,
	openCatalogue,
	publish,
	storeAsIs,
} from '../../support/catalogue.ts';
import { cut, NAME, publishByHand, renamed, withdrawal } from '../../support/life.ts';
import { manyArtefacts, manyMuseums } from '../../support/many-artefacts.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';
import { aLibrary, aMuseum, anArtefact, aPlace } from '../../support/records.ts';

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

const BATCH = { author: 'importer', note: 'test' };

/** A transaction that has done its work and stays open until it is told to go on. */
async function open(work: (tx: Transaction) => Promise<unknown>) {
	const gate = Promise.withResolvers<void>();
	const worked = Promise.withResolvers<void>();
	const ended = db.orm.transaction(async (tx) => {
		await work(tx).finally(worked.resolve);
		await gate.promise;
	});
	ended.catch(worked.reject);
	await worked.promise;
	return {
		commit: () => {
			gate.resolve();
			return ended;
		},
	};
}

/** Resolves when somebody waits for a lock. */
async function somebodyWaits(): Promise<void> {
	for (;;) {
		const { rowCount } = await db.pool.query('select 1 from pg_locks where not granted');
		if (rowCount) return;
	}
}

const museum = (id: string, name = '馆'): Publication => ({
	...{ resource: 'museums', weight: 0 },
	document: aMuseum({ id, name: { 'zh-CN': name } }),
});
const beast: Publication = { resource: 'artefacts', document: anArtefact(), weight: 0 };

describe('side by side', () => {
	it('publishers of different records do not wait for each other, whatever they name', async () => {
		await publish(db, [{ resource: 'museums', document: aMuseum() }]);
		const first = await open((tx) => publishRecords(tx, [museum('one'), beast], BATCH));
		const other = { ...beast, document: anArtefact({ id: 'another-beast' }) };
		await publish(db, [museum('two'), other]);
		expect(await publishByHand(db, renamed('新名'))).toBe(2);
		await first.commit();
		expect((await readRecord(db.orm, 'artefacts', 'ridge-beast')).id).toBe('ridge-beast');
	});

	it('of two editors of one record, one is told what came between', async () => {
		await publishByHand(db);
		const first = await open((tx) => submit(tx, cut(1, renamed('先'))));
		const second = db.orm.transaction((tx) =>
			submit(tx, cut(1, renamed('后'), { actor: 'other' })),
		);
		const late = expect(second).rejects.toMatchObject({
			name: 'ConflictError',
			now: { revision: 2, author: 'writer' },
		});
		await somebodyWaits();
		await first.commit();
		await late;
	});

	it('a first publication by two at once is one, and the later one follows', async () => {
		const first = await open((tx) => publishRecords(tx, [museum('one', '先')], BATCH));
		const second = publish(db, [museum('one', '后')]);
		await somebodyWaits();
		await first.commit();
		expect(await second).toBe(1);
		const name = { resource: 'museums', id: 'one' } as const;
		expect((await readHistory(db.orm, name)).map(({ number }) => number)).toEqual([2, 1]);
		expect((await readRecord(db.orm, 'museums', 'one')).name['zh-CN']).toBe('后');
	});

	it('a withdrawal waits for whoever is publishing what needs it, and is then refused', async () => {
		await publishByHand(db);
		const publishing = await open((tx) => publishRecords(tx, [beast], BATCH));
		const withdrawing = db.orm.transaction((tx) => withdraw(tx, withdrawal(1)));
		const refused = expect(withdrawing).rejects.toMatchObject({
			neededBy: ['artefacts/ridge-beast'],
		});
		await somebodyWaits();
		await publishing.commit();
		await refused;
	});

	it('a publication waits for whoever is withdrawing what it needs, and is then refused', async () => {
		await publishByHand(db);
		const withdrawing = await open((tx) => withdraw(tx, withdrawal(1)));
		const refused = expect(publish(db, [beast])).rejects.toMatchObject({ name: 'InvalidError' });
		await somebodyWaits();
		await withdrawing.commit();
		await refused;
	});

	it('nothing published ever names what is not, however they race', async () => {
		for (let round = 0; round < 12; round++) {
			await emptyCatalogue(db);
			await publishByHand(db);
			await Promise.allSettled([
				publish(db, [beast]),
				db.orm.transaction((tx) => withdraw(tx, withdrawal(1))),
			]);
			const { rows } = await db.pool.query(`select f.* from reference f join record t
				on t.resource = f.to_resource and t.id = f.to_id where t.published_revision is null`);
			expect(rows).toEqual([]);
		}
	});

	it('batches in opposite order do not wait in a circle', async () => {
		const batch = (from: string) => Array.from({ length: 30 }, (_, i) => museum(`m-${i}`, from));
		await Promise.all([
			publish(db, batch('一')),
			publish(db, batch('二').reverse()),
			publish(db, batch('三')),
		]);
		const { rows } = await db.pool.query('select count(*)::int as n from revision');
		expect(rows[0].n).toBe(90);
	});
});

describe('a large import', () => {
	function* source(count: number, dieAt = Number.POSITIVE_INFINITY): Generator<Publication> {
		yield* manyMuseums();
		let i = 0;
		for (const publication of manyArtefacts(count)) {
			if (i++ === dieAt) throw new Error('killed');
			yield publication;
		}
	}
	const run = (count: number, dieAt?: number) =>
		importRecords(db, source(count, dieAt), { ...BATCH, batchSize: 50 });

	it('leaves whole batches where it is stopped, and goes on the next time', async () => {
		await expect(run(200, 130)).rejects.toThrow('killed');
		const { rows } = await db.pool.query('select count(*)::int as n from record');
		expect(rows[0].n).toBe(150);
		expect(await run(200)).toEqual({ records: 240, changed: 90 });
		expect(await run(200)).toEqual({ records: 240, changed: 0 });
		const kept = await db.pool.query(`select (select count(*) from revision)::int as revisions,
			(select count(*) from audit where action = 'record.publish')::int as acts`);
		expect(kept.rows).toEqual([{ revisions: 240, acts: 240 }]);
	});

	it('does not hold up a publication', async () => {
		const batch = [...source(100)];
		const importing = await open((tx) => publishRecords(tx, batch, BATCH));
		await publish(db, [museum('meanwhile')]);
		await importing.commit();
	});

	it('says whose records they are', async () => {
		await publish(db, aSmallCluster());
		const { rows } = await db.pool.query('select resource, owner from record');
		expect(Object.fromEntries(rows.map(({ resource, owner }) => [resource, owner]))).toEqual({
			...{ museums: NAME.id, artefacts: NAME.id, exhibits: NAME.id, articles: NAME.id },
			...{
				stories: 'cluster',
				traditions: 'cluster',
				libraries: 'cluster',
				places: 'cluster',
				tours: 'cluster',
			},
		});
	});
});

describe('projecting again', () => {
	it('finds what older rules projected, and rewrites no document', async () => {
		await publish(db, aSmallCluster());
		await db.pool.query(`update record set projection_version = 1, tokens = '', museums = '{}'`);
		await db.pool.query('truncate reference');
		// As a version without named languages left it: a text in Japanese was public.
		const japanese = aLibrary({ name: { 'zh-CN': '库', ja: '文庫' } });
		await storeAsIs(db, 'libraries', 'river-library', japanese);
		await db.pool.query(`alter table revision disable trigger user;
			update revision set languages = null; alter table revision enable trigger user`);
		const withdrawing = db.orm.transaction((tx) => withdraw(tx, withdrawal(1)));
		await expect(withdrawing).rejects.toMatchObject({ name: 'UnavailableError' });
		const unreadable: string[] = [];
		const run = () => reproject(db, ({ id }) => unreadable.push(id));
		expect(await run()).toBe(9);
		expect(await run()).toBe(0);
		expect((await listRecords(db.orm, 'museums', { limit: 9, q: '河' })).items).toHaveLength(1);
		expect((await readRecord(db.orm, 'libraries', 'river-library')).name.ja).toBe('文庫');
		const again = db.orm.transaction((tx) => withdraw(tx, withdrawal(1)));
		await expect(again).rejects.toMatchObject({ name: 'ConflictError' });
		const { rows } = await db.pool.query('select count(*)::int as n from revision');
		expect(rows[0].n).toBe(10);
		// What a newer program wrote is left as it is.
		await storeAsIs(db, 'places', 'cuandixia', { ...aPlace(), format: 'xishan-place/999' });
		await db.pool.query('update record set projection_version = 1');
		expect(await run()).toBe(8);
		expect(unreadable).toEqual(['cuandixia']);
	});
});
