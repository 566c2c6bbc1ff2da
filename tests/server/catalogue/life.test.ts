import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Museum } from '#schema/museum/museum';
import { approve } from '../../../server/catalogue/approve.ts';
import { cutRevision } from '../../../server/catalogue/cut-revision.ts';
import { listRecords } from '../../../server/catalogue/list-records.ts';
import { type PublishWish, publish } from '../../../server/catalogue/publish.ts';
import { readRecord } from '../../../server/catalogue/published-records.ts';
import {
	diffRevisions,
	readDraft,
	readDrafts,
	readHistory,
	readLife,
} from '../../../server/catalogue/read-history.ts';
import { rollBack } from '../../../server/catalogue/roll-back.ts';
import { saveDraft } from '../../../server/catalogue/save-draft.ts';
import { submit } from '../../../server/catalogue/submit.ts';
import { withdraw } from '../../../server/catalogue/withdraw.ts';
import type { Database, Transaction } from '../../../server/database/database.ts';
import { emptyCatalogue, openCatalogue } from '../../support/catalogue.ts';
import { actsOf, cut, NAME, publishByHand, renamed, withdrawal } from '../../support/life.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';
import { aMuseum } from '../../support/records.ts';

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

describe('a working draft', () => {
	const draft = (document: unknown, more: object = {}) => ({
		...NAME,
		...{ sitting: SITTING, actor: 'writer', base: 0, document },
		...more,
	});
	const SITTING = randomUUID();

	it('takes what is far from complete, over and over, in one row', async () => {
		await within((tx) => saveDraft(tx, draft({ id: NAME.id, name: {} })));
		await within((tx) => saveDraft(tx, draft({ id: NAME.id, name: { en: 'half' } })));
		expect(await readDrafts(db.orm, NAME)).toHaveLength(1);
		const { document } = await readDraft(db.orm, NAME, SITTING);
		expect(document).toEqual({ id: NAME.id, name: { en: 'half' } });
		expect(await readLife(db.orm, NAME)).toMatchObject({ state: 'draft', newest: 0 });
		await expect(readRecord(db.orm, NAME.resource, NAME.id)).rejects.toThrow(/no museums/);
		expect(await acts()).toEqual(['writer: record.draft']);
	});

	it('of another tab is another row, and a sitting is one person’s', async () => {
		await within((tx) => saveDraft(tx, draft({ id: NAME.id })));
		await within((tx) => saveDraft(tx, draft({ id: NAME.id }, { sitting: randomUUID() })));
		expect(await readDrafts(db.orm, NAME)).toHaveLength(2);
		const stolen = within((tx) => saveDraft(tx, draft({ id: NAME.id }, { actor: 'thief' })));
		await expect(stolen).rejects.toThrow(/someone else/);
	});

	it.each([
		['no object', []],
		['another id', { id: 'another' }],
		['a format that is not ours', { id: NAME.id, format: 'docx' }],
		['three megabytes', { id: NAME.id, name: 'x'.repeat(3e6) }],
	])('is refused where it is %s', async (_, document) => {
		await expect(within((tx) => saveDraft(tx, draft(document)))).rejects.toThrow(/^draft: /);
	});

	it('is folded into the revision that is cut from it', async () => {
		await within((tx) => saveDraft(tx, draft({ id: NAME.id })));
		await within((tx) => cutRevision(tx, cut(0, { id: NAME.id }, { sitting: SITTING })));
		expect(await readDrafts(db.orm, NAME)).toEqual([]);
		const late = within((tx) => saveDraft(tx, draft({ id: NAME.id })));
		await expect(late).rejects.toMatchObject({
			name: 'ConflictError',
			now: { revision: 1, author: 'writer', at: expect.stringMatching(/^20/) },
		});
	});
});

describe('on its way to readers, a record', () => {
	it('is written, submitted, approved by another, published, each in the register', async () => {
		await within((tx) => cutRevision(tx, cut(0, { id: NAME.id })));
		expect(await publishFirst()).toBe(2);
		expect(await readRecord(db.orm, 'museums', NAME.id)).toEqual(aMuseum());
		expect(await readLife(db.orm, NAME)).toMatchObject({
			...{ state: 'published', publishedRevision: 2, owner: 'river-museum' },
			languages: ['zh-CN', 'en'],
		});
		expect(await acts()).toEqual([
			'writer: record.save',
			'writer: record.submit',
			'second: record.approve',
			'second: record.publish',
		]);
		const history = await readHistory(db.orm, NAME);
		expect(history.map(({ number, base }) => [number, base])).toEqual([
			[2, 1],
			[1, null],
		]);
	});

	it('is not submitted while it lacks something, and every fault is named', async () => {
		const { district, name, ...rest } = aMuseum();
		const half = within((tx) => submit(tx, cut(0, { ...rest, name: { en: name.en } })));
		await expect(half).rejects.toMatchObject({
			name: 'InvalidError',
			errors: [{ path: 'name.zh-CN' }, { path: 'district' }],
		});
		const mute = within((tx) => submit(tx, cut(0, aMuseum(), { note: ' ' })));
		await expect(mute).rejects.toThrow(/says nothing/);
	});

	it('is approved by nobody who wrote it', async () => {
		const base = await within((tx) => submit(tx, cut(0, aMuseum())));
		const own = within((tx) => approve(tx, { ...NAME, actor: 'writer', base }));
		await expect(own).rejects.toThrow(/your own/);
		const wish = { ...NAME, actor: 'writer', base, languages: [] };
		await expect(within((tx) => publish(tx, wish))).rejects.toThrow(/not approved/);
	});

	it('loses its approval by an edit, which readers do not see', async () => {
		await publishFirst();
		const base = await within((tx) => submit(tx, cut(1, renamed('二'))));
		await within((tx) => approve(tx, { ...NAME, actor: 'second', base }));
		await within((tx) => cutRevision(tx, cut(base, renamed('三'))));
		const wish = { ...NAME, actor: 'second', base: base + 1, languages: [] };
		await expect(within((tx) => publish(tx, wish))).rejects.toThrow(/not approved/);
		expect(await readRecord(db.orm, 'museums', NAME.id)).toEqual(aMuseum());
		expect((await readLife(db.orm, NAME)).state).toBe('draft');
		expect(await diffRevisions(db.orm, NAME, 'published', base + 1)).toMatchObject([
			{ path: 'name.en', kind: 'removed' },
			{ path: 'name.zh-CN', kind: 'changed', after: '三' },
		]);
	});

	it('is refused to whoever has not seen the newest revision', async () => {
		const base = await publishFirst();
		await within((tx) => cutRevision(tx, cut(base, renamed('二'), { actor: 'quicker' })));
		const now = { revision: 2, author: 'quicker', at: expect.any(String) };
		const late: ((tx: Transaction) => Promise<unknown>)[] = [
			(tx) => cutRevision(tx, cut(base, renamed('三'))),
			(tx) => submit(tx, cut(base, renamed('三'))),
			(tx) => approve(tx, { ...NAME, actor: 'second', base }),
			(tx) => publish(tx, { ...NAME, actor: 'second', base, languages: [] }),
			(tx) => withdraw(tx, withdrawal(base)),
			(tx) => rollBack(tx, { ...NAME, actor: 'registrar', base, to: 1, note: '' }),
		];
		for (const work of late) {
			await expect(within(work)).rejects.toMatchObject({ name: 'ConflictError', now });
		}
	});
});

describe('languages', () => {
	it('are published by name; readers and search get no other', async () => {
		const base = await publishFirst(renamed('河馆', 'River house'), { languages: [] });
		const shown = await readRecord(db.orm, 'museums', NAME.id);
		expect(shown.name).toEqual({ 'zh-CN': '河馆' });
		expect(JSON.stringify(shown)).not.toContain('"en"');
		const find = async (q: string) => (await listRecords(db.orm, 'museums', { limit: 9, q })).items;
		expect(await find('river')).toEqual([]);
		expect((await find('河馆'))[0]?.name).toEqual({ 'zh-CN': '河馆' });
		await within((tx) => publish(tx, { ...NAME, actor: 'second', base, languages: ['en'] }));
		expect((await find('river'))[0]?.name).toEqual({ 'zh-CN': '河馆', en: 'River house' });
	});

	it('without a text cannot be', async () => {
		await expect(publishFirst(aMuseum(), { languages: ['ja'] })).rejects.toMatchObject({
			errors: [{ path: 'languages.ja' }],
		});
	});

	it('know when their source has changed', async () => {
		const stateOf = async () => (await readHistory(db.orm, NAME))[0]?.languages?.en?.state;
		await within((tx) => cutRevision(tx, cut(0, renamed('一', 'One'), { checked: ['en'] })));
		expect(await stateOf()).toBe('checked');
		await within((tx) => cutRevision(tx, cut(1, renamed('二', 'One'))));
		expect(await stateOf()).toBe('stale');
		await within((tx) => cutRevision(tx, cut(2, renamed('二', 'Two'))));
		expect(await stateOf()).toBe('draft');
		// The words are the same: only that a person found them right is new.
		expect(await within((tx) => cutRevision(tx, cut(3, renamed('二', 'Two'))))).toBe(3);
		const checked = cut(3, renamed('二', 'Two'), { checked: ['en'] });
		expect(await within((tx) => cutRevision(tx, checked))).toBe(4);
	});
});
