import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FORMATS } from '#schema/record/document-format';
import type { PageQuery } from '#schema/record/page-query';
import { summarise } from '#schema/record/summarise';
import { listRecords } from '../../../server/catalogue/list-records.ts';
import { publishRecords } from '../../../server/catalogue/publish-records.ts';
import { readRecord } from '../../../server/catalogue/published-records.ts';
import { readRecords } from '../../../server/catalogue/read-records.ts';
import { saveDraft } from '../../../server/catalogue/save-draft.ts';
import { withdraw } from '../../../server/catalogue/withdraw.ts';
import type { Database } from '../../../server/database/database.ts';
import {
	aSmallCluster,
	emptyCatalogue,
	openCatalogue,
	publish,
	storeAsIs,
} from '../../support/catalogue.ts';
import { readFrozen } from '../../support/frozen-documents.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';
import { aMuseum, anArtefact, anArticle, anExhibit, aTradition } from '../../support/records.ts';

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

async function revisions(id: string): Promise<number[]> {
	const { rows } = await db.pool.query(
		'select number from revision where record_id = $1 order by 1',
		[id],
	);
	return rows.map((row) => row.number);
}

describe('publishing', () => {
	it('takes records that name each other, in any order', async () => {
		expect(await publish(db, aSmallCluster().reverse())).toBe(9);
		expect(await readRecord(db.orm, 'museums', 'river-museum')).toEqual(aMuseum());
	});

	it('changes nothing when everything is already so', async () => {
		await publish(db, aSmallCluster());
		expect(await publish(db, aSmallCluster())).toBe(0);
		expect(await revisions('river-museum')).toEqual([1]);
	});

	it('adds a revision for a change and shows the newest', async () => {
		await publish(db, [{ resource: 'museums', document: aMuseum() }]);
		const renamed = aMuseum({ name: { 'zh-CN': '新馆' } });
		expect(await publish(db, [{ resource: 'museums', document: renamed }])).toBe(1);
		expect(await revisions('river-museum')).toEqual([1, 2]);
		expect(await readRecord(db.orm, 'museums', 'river-museum')).toEqual(renamed);
	});

	it('refuses a record that names one nobody has, and keeps nothing', async () => {
		const batch = [
			{ resource: 'museums' as const, document: aMuseum() },
			{ resource: 'exhibits' as const, document: anExhibit() },
		];
		await expect(publish(db, batch)).rejects.toMatchObject({
			name: 'InvalidError',
			errors: [
				{
					path: 'exhibits/first-room.pieces.0.shows.artefact',
					message: 'no artefacts/ridge-beast',
				},
			],
		});
		await expect(readRecord(db.orm, 'museums', 'river-museum')).rejects.toThrow(/no museums/);
	});

	it('leaves alone what someone else published, when asked to yield', async () => {
		const ours = aMuseum({ name: { 'zh-CN': '馆长改过' } });
		await publish(db, [{ resource: 'museums', document: ours }], 'curator');
		const changed = await db.orm.transaction((tx) =>
			publishRecords(tx, [{ resource: 'museums', document: aMuseum(), weight: 0 }], {
				author: 'collection',
				note: '',
				isYielding: true,
			}),
		);
		expect(changed).toBe(0);
		expect(await readRecord(db.orm, 'museums', 'river-museum')).toEqual(ours);
	});

	it('leaves alone what someone is writing at, or has withdrawn, when asked to yield', async () => {
		const ids = ['written-at', 'withdrawn'] as const;
		const batch = ids.map((id) => ({ resource: 'museums' as const, document: aMuseum({ id }) }));
		await publish(db, batch, 'collection');
		const name = { resource: 'museums', id: 'written-at' } as const;
		const draft = { sitting: randomUUID(), actor: 'writer', base: 1, document: { id: name.id } };
		await db.orm.transaction((tx) => saveDraft(tx, { ...name, ...draft }));
		const gone = { ...name, id: 'withdrawn', actor: 'registrar', base: 1, reason: '' };
		await db.orm.transaction((tx) => withdraw(tx, gone));
		const changed = batch.map(({ resource, document }) => {
			return { resource, weight: 9, document: { ...document, name: { 'zh-CN': '新版' } } };
		});
		const options = { author: 'collection', note: '', isYielding: true };
		expect(await db.orm.transaction((tx) => publishRecords(tx, changed, options))).toBe(0);
	});

	it('keeps revision numbers whole when many publish at once', async () => {
		await Promise.all(
			Array.from({ length: 6 }, (_, i) =>
				publish(db, [{ resource: 'museums', document: aMuseum({ name: { 'zh-CN': `馆${i}` } }) }]),
			),
		);
		expect(await revisions('river-museum')).toEqual([1, 2, 3, 4, 5, 6]);
	});
});

describe('reading', () => {
	it('gives what the first version stored in the format of now, and leaves it as it lies', async () => {
		await publish(db, aSmallCluster());
		const old = readFrozen('museum-1.json');
		await storeAsIs(db, 'museums', 'river-museum', old);
		const read = await readRecord(db.orm, 'museums', 'river-museum');
		expect(read).toMatchObject({ ...old, format: FORMATS.museums, media: [] });
		const { items } = await listRecords(db.orm, 'museums', { limit: 5 });
		expect(items).toEqual([summarise('museums', read)]);
		const { rows } = await db.pool.query(
			`select document from revision where resource = 'museums' order by number desc limit 1`,
		);
		expect(rows[0].document).toEqual(old);
	});

	it('says so when a newer version stored it', async () => {
		await publish(db, aSmallCluster());
		const newer = { ...anExhibit(), format: 'xishan-exhibit/999' };
		await storeAsIs(db, 'exhibits', 'first-room', newer);
		await expect(readRecord(db.orm, 'exhibits', 'first-room')).rejects.toMatchObject({
			name: 'NewerFormatError',
			stored: 'xishan-exhibit/999',
			known: FORMATS.exhibits,
		});
	});

	it('finds an article by what stands in it', async () => {
		await publish(db, aSmallCluster());
		for (const q of ['凹处', 'hollows']) {
			const page = await listRecords(db.orm, 'articles', { limit: 5, q, museum: 'river-museum' });
			expect(page.items).toEqual([summarise('articles', anArticle())]);
		}
	});
});

const NAMES = [
	'太平鼓',
	'太平花',
	'琉璃鸱吻',
	'琉璃瓦当',
	'紫石砚',
	'法海寺壁画',
	'Drum of peace',
	'A lamp',
];

async function publishArtefacts(): Promise<void> {
	await publish(db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'museums', document: aMuseum({ id: 'kiln-museum' }) },
		...NAMES.map((name, i) => ({
			resource: 'artefacts' as const,
			document: anArtefact({
				id: `piece-${i}`,
				name: { 'zh-CN': name },
				kind: i % 2 ? 'object' : 'sculpture',
				museum: i < 5 ? 'river-museum' : 'kiln-museum',
			}),
		})),
	]);
}

function ask(query: Partial<PageQuery>) {
	return listRecords(db.orm, 'artefacts', { limit: 50, ...query });
}

async function walk(query: Partial<PageQuery>): Promise<string[]> {
	const ids: string[] = [];
	let cursor: string | undefined;
	do {
		const page = await ask({ ...query, ...(cursor ? { cursor } : {}) });
		ids.push(...page.items.map((item) => item.id));
		cursor = page.next;
	} while (cursor !== undefined && ids.length < 2000);
	return ids;
}

describe('listing', () => {
	beforeEach(publishArtefacts);

	it.each([1, 3, 8, 100])('pages of %i cover everything once, in order', async (limit) => {
		expect(await walk({ limit })).toEqual(NAMES.map((_, i) => `piece-${i}`));
	});

	it('a page says how many there are in all', async () => {
		expect((await ask({ limit: 2 })).total).toEqual({ value: 8, exact: true });
	});

	it('neither repeats nor hides records published between two pages', async () => {
		const first = await ask({ limit: 4 });
		await publish(db, [{ resource: 'artefacts', document: anArtefact({ id: 'a-new-one' }) }]);
		const rest = await ask({ limit: 100, cursor: first.next ?? '' });
		expect(rest.items.map((item) => item.id)).toEqual(['piece-4', 'piece-5', 'piece-6', 'piece-7']);
	});

	it('filters narrow together', async () => {
		const page = await ask({ museum: 'kiln-museum', kind: 'object' });
		expect(page.items.map((item) => item.id)).toEqual(['piece-5', 'piece-7']);
		expect((await ask({ museum: 'nobody' })).items).toEqual([]);
	});

	it('a cursor is refused by another list', async () => {
		const { next = '' } = await ask({ limit: 1 });
		await expect(ask({ cursor: next, kind: 'object' })).rejects.toThrow(/another list/);
		await expect(ask({ cursor: `${next}x` })).rejects.toThrow(/not one of ours/);
	});

	it.each([
		['太平', ['piece-0', 'piece-1']],
		['太平鼓', ['piece-0']],
		['砚', ['piece-4']],
		['drum', ['piece-6']],
		['琉璃 瓦', ['piece-3']],
		['nothing like it', []],
		['?!', []],
	])('%s finds %j', async (q, ids) => {
		const page = await ask({ q });
		expect(page.items.map((item) => item.id)).toEqual(ids);
		expect(page.total).toEqual({ value: ids.length, exact: true });
	});

	it('ranked results page like any other', async () => {
		const all = await walk({ q: '脊' });
		expect(all).toHaveLength(NAMES.length);
		expect(await walk({ q: '脊', limit: 3 })).toEqual(all);
	});

	it('a name counts more than a text', async () => {
		await publish(db, [
			{
				resource: 'traditions',
				document: aTradition({ id: 'text-only', description: { 'zh-CN': '用紫石砚' } }),
			},
			{
				resource: 'traditions',
				document: aTradition({ id: 'by-name', name: { 'zh-CN': '紫石砚制作' } }),
			},
		]);
		const page = await listRecords(db.orm, 'traditions', { limit: 10, q: '紫石砚' });
		expect(page.items.map((item) => item.id)).toEqual(['by-name', 'text-only']);
	});

	it('stops counting at a thousand, and still pages through them all', async () => {
		await db.orm.transaction(async (tx) => {
			await tx.execute(`insert into record (resource, id, museums, libraries, tokens, weight, projection_version, kind)
				select resource, 'many-' || n, museums, libraries, tokens, 100, 1, kind
				from record, generate_series(1, 1001) n where id = 'piece-0'`);
			await tx.execute(`insert into revision (resource, record_id, number, document, sha256, author, note)
				select r.resource, r.id, 1, jsonb_set(v.document, '{id}', to_jsonb(r.id)), '', '', ''
				from record r, revision v where r.id like 'many-%' and v.record_id = 'piece-0'`);
			await tx.execute(`update record set published_revision = 1 where id like 'many-%'`);
		});
		expect((await ask({ limit: 1 })).total).toEqual({ value: 1000, exact: false });
		expect((await ask({ limit: 1, q: '太平鼓' })).total).toEqual({ value: 1000, exact: false });
		const { rows } = await db.pool.query(`select id from record where resource = 'artefacts'`);
		expect(new Set(await walk({ limit: 100 })).size).toBe(rows.length);
	});

	it('named records come whole, in the order asked, once each, those that are missing left out', async () => {
		const named = ['piece-5', 'nobody', 'piece-0', 'piece-5'];
		const found = await readRecords(db.orm, 'artefacts', named);
		expect(found.map((item) => item.id)).toEqual(['piece-5', 'piece-0']);
		expect(found[0]).toEqual(await readRecord(db.orm, 'artefacts', 'piece-5'));
		expect(await readRecords(db.orm, 'museums', ['piece-0'])).toEqual([]);
	});

	it('an artefact without a scan says so', async () => {
		expect((await ask({ limit: 1 })).items[0]?.asset).toBeNull();
	});
});
