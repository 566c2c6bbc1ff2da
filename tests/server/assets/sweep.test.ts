import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { insertFiles } from '../../../server/assets/asset-files.ts';
import { registerScan } from '../../../server/assets/scan-assets.ts';
import { sweep } from '../../../server/assets/sweep.ts';
import { whileStoring } from '../../../server/assets/while-storing.ts';
import type { Database } from '../../../server/database/database.ts';
import { MemoryStore } from '../../../server/storage/memory-store.ts';
import { openCatalogue, publish } from '../../support/catalogue.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';
import { aMuseum, anArtefact } from '../../support/records.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let postgres: TestPostgres;
let db: Database;
let store: MemoryStore;

beforeAll(async () => {
	postgres = await startEmbedded();
	db = await openCatalogue(postgres);
});
afterAll(async () => {
	await db?.[Symbol.asyncDispose]();
	await postgres?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
	await db.pool.query('alter table revision disable trigger user');
	await db.pool.query('truncate record, revision, asset, job, takedown, draft cascade');
	await db.pool.query('alter table revision enable trigger user');
	await publish(db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact() },
	]);
	store = new MemoryStore();
});

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const later = (days: number) => Date.now() + days * DAY_MS;
const round = (days: number, of = store) =>
	sweep({ db, store: of, graceDays: 30, nowMs: later(days) });

/** An asset with an original, a file that stands alone, and two in a folder; its job is over. */
async function anAsset(word: string): Promise<string> {
	return await whileStoring({ db, store }, async (orm) => {
		for (const each of ['', '.glb', '.glb.br', '/0', '/1.br'])
			await store.put(Buffer.from(word + each));
		return await orm.transaction(async (tx) => {
			const scan = { name: 'scan.ply', bytes: 1, sha256: hashOf(word) };
			const { asset } = await registerScan(tx, scan, 'cluster', async () => {});
			const file = { bytes: 1, isPublic: true };
			await insertFiles(tx, asset, [
				{
					...file,
					name: 'low.glb',
					sha256: hashOf(`${word}.glb`),
					brotliSha256: hashOf(`${word}.glb.br`),
					brotliBytes: 1,
				},
				{ ...file, name: 'tiles/0.glb', sha256: hashOf(`${word}/0`) },
				{
					...file,
					name: 'tiles/1.glb',
					sha256: hashOf(`${word}/0`),
					brotliSha256: hashOf(`${word}/1.br`),
					brotliBytes: 1,
				},
			]);
			await tx.execute(`update asset set status = 'ready' where id = '${asset}'`);
			return asset;
		});
	});
}

async function stored(): Promise<number> {
	let count = 0;
	for await (const _ of store.list()) count += 1;
	return count;
}

it('what nothing links loses its rows after the days of grace, and its objects a round later', async () => {
	await anAsset('old');
	expect(await round(29)).toEqual({ assets: 0, objects: 0 });
	expect(await round(31)).toEqual({ assets: 1, objects: 0 });
	expect(await stored()).toBe(5);
	expect(await round(32)).toEqual({ assets: 0, objects: 5 });
	expect(await stored()).toBe(0);
});

it.each([
	[
		'a revision links, published or not',
		(id: string) => `insert into medium (resource, record_id, revision, role, asset)
			values ('artefacts', 'ridge-beast', 1, 'model', '${id}');
			update record set published_revision = null`,
	],
	[
		'a draft pins, wherever in it',
		(id: string) => `insert into draft (resource, record_id, sitting, author, base, document)
			values ('artefacts', 'ridge-beast', '${randomUUID()}', 'x', 1,
				'{"pieces":[{"shows":{"asset":"${id}"}}]}')`,
	],
	[
		'a job is to work on',
		(id: string) => `insert into job (id, kind, subject, status)
			values ('${randomUUID()}', 'refine', 'asset/${id}', 'queued')`,
	],
	['is not made yet', () => `update asset set status = 'queued'`],
])('what %s stays', async (_, statement) => {
	const asset = await anAsset('kept');
	const other = await anAsset('other');
	await db.pool.query(`delete from asset_file where asset = '${other}'`);
	await db.pool.query(`delete from asset_folder where asset = '${other}'`);
	await db.pool.query(`delete from asset where id = '${other}'`);
	await db.pool.query(statement(asset));
	expect(await round(400)).toEqual({ assets: 0, objects: 5 });
	expect(await stored()).toBe(5);
});

it('an object that came today stays, whoever it belongs to', async () => {
	await store.put(Buffer.from('upload'));
	expect(await round(0.9)).toEqual({ assets: 0, objects: 0 });
	expect(await round(1.1)).toEqual({ assets: 0, objects: 1 });
});

it('bytes that come again while the sweep would remove them are not lost', async () => {
	await store.put(Buffer.from('again'));
	await whileStoring({ db, store }, async (orm) => {
		expect((await store.put(Buffer.from('again'))).wasAbsent).toBe(false);
		// Whole rounds pass between the bytes and the rows that name them.
		expect(await round(2)).toEqual({ assets: 0, objects: 0 });
		const scan = { name: 'a.ply', bytes: 5, sha256: hashOf('again') };
		await orm.transaction((tx) => registerScan(tx, scan, 'cluster', async () => {}));
	});
	expect(await round(2)).toEqual({ assets: 0, objects: 0 });
	expect(await store.stat(hashOf('again'))).not.toBeNull();
});

it('who stores while the sweep is removing waits, and stores anew', async () => {
	let hasPut = false;
	let storing: Promise<boolean> | undefined;
	const storeAgain = (of: MemoryStore, sha256: string) =>
		whileStoring({ db, store: of }, async (orm) => {
			const { wasAbsent } = await of.put(Buffer.from('again'));
			hasPut = true;
			const scan = { name: 'a.ply', bytes: 5, sha256 };
			await orm.transaction((tx) => registerScan(tx, scan, 'cluster', async () => {}));
			return wasAbsent;
		});
	const isWaiting = async () => {
		const { rows } = await db.pool.query(
			`select 1 from pg_locks where locktype = 'advisory' and not granted`,
		);
		return rows.length > 0;
	};
	class SlowStore extends MemoryStore {
		override async remove(sha256: string): Promise<void> {
			storing = storeAgain(this, sha256);
			await expect.poll(async () => hasPut || (await isWaiting())).toBe(true);
			await super.remove(sha256);
		}
	}
	const slow = new SlowStore();
	await slow.put(Buffer.from('again'));
	expect(await round(2, slow)).toEqual({ assets: 0, objects: 1 });
	expect(await storing).toBe(true);
	expect(await slow.stat(hashOf('again'))).not.toBeNull();
});

it('a lost connection loses its lock, and commits nothing', async () => {
	await store.put(Buffer.from('again'));
	const scan = { name: 'a.ply', bytes: 5, sha256: hashOf('again') };
	const storing = whileStoring({ db, store }, async (orm) => {
		await store.put(Buffer.from('again'));
		await db.pool.query(
			`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'xishan-storing'`,
		);
		await orm.transaction((tx) => registerScan(tx, scan, 'cluster', async () => {}));
	});
	await expect(storing).rejects.toThrow();
	const { rows } = await db.pool.query('select id from asset');
	expect(rows).toEqual([]);
});

it('many who store the same bytes beside many sweeps lose none', async () => {
	const words = ['one', 'two', 'three'];
	const storers = Array.from({ length: 12 }, (_, i) =>
		whileStoring({ db, store }, async (orm) => {
			const word = words[i % words.length] ?? '';
			await store.put(Buffer.from(word));
			const scan = { name: `${i}.ply`, bytes: 5, sha256: hashOf(word), unit: 'm' } as const;
			await orm.transaction((tx) => registerScan(tx, scan, 'cluster', async () => {}));
		}),
	);
	await Promise.all([...storers, ...Array.from({ length: 6 }, () => round(2))]);
	const { rows } = await db.pool.query('select scan_sha256 as sha256 from asset');
	expect(rows).toHaveLength(words.length);
	for (const { sha256 } of rows) expect(await store.stat(sha256)).not.toBeNull();
});
