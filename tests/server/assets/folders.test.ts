import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { insertFiles, type MadeFile } from '../../../server/assets/asset-files.ts';
import { findFile, findObject } from '../../../server/assets/find-file.ts';
import { FolderIndexes } from '../../../server/assets/folder-indexes.ts';
import type { Database } from '../../../server/database/database.ts';
import { giveAsset } from '../../support/assets.ts';
import { openCatalogue, publish } from '../../support/catalogue.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';
import { aMuseum, anArtefact } from '../../support/records.ts';

const ASSET = 'a'.repeat(32);
const TILES = 5_000;

let postgres: TestPostgres;
let db: Database;

function aFile(name: string): MadeFile {
	const sha256 = createHash('sha256').update(name).digest('hex');
	return { name, sha256, bytes: 10, isPublic: !name.startsWith('bag/') };
}

const add = (files: MadeFile[]) => db.orm.transaction((tx) => insertFiles(tx, ASSET, files));

beforeAll(async () => {
	postgres = await startEmbedded();
	db = await openCatalogue(postgres);
	await publish(db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact() },
	]);
	const job = '00000000-0000-4000-8000-000000000000';
	await giveAsset(db, 'ridge-beast', { id: ASSET, job, status: 'ready' });
	const tiles = Array.from({ length: TILES }, (_, i) => aFile(`tiles/${i % 7}/${i}.glb`));
	await add([...tiles, aFile('tiles/tileset.json'), aFile('bag/data/x.glb'), aFile('low.glb')]);
});
afterAll(async () => {
	await db?.[Symbol.asyncDispose]();
	await postgres?.[Symbol.asyncDispose]();
});
beforeEach(() => () => vi.restoreAllMocks());

async function count(table: string): Promise<number> {
	const { rows } = await db.pool.query(`select count(*)::int as count from ${table}`);
	return rows[0].count;
}

it('thousands of tiles are one row, and the files that stand alone one each', async () => {
	expect(await count('asset_folder')).toBe(2);
	expect(await count('asset_file')).toBe(1);
});

it('a tile is one query of one short row, once its folder is known', async () => {
	const asked = vi.spyOn(db.pool, 'query');
	const first = await findFile(db, ASSET, 'tiles/0/0.glb');
	expect(first?.file).toMatchObject({ sha256: aFile('tiles/0/0.glb').sha256, bytes: 10 });
	expect(asked).toHaveBeenCalledTimes(2);
	asked.mockClear();
	for (const i of [1, 2, 3, 4_999]) {
		expect(await findFile(db, ASSET, `tiles/${i % 7}/${i}.glb`)).toBeDefined();
	}
	// One that is not there costs no more.
	expect(await findFile(db, ASSET, 'tiles/0/none.glb')).toBeUndefined();
	expect(asked).toHaveBeenCalledTimes(5);
	const texts = asked.mock.calls.map(([query]) => (query as unknown as { text: string }).text);
	expect(texts.filter((text) => text.includes('"files"'))).toEqual([]);
});

it('what a second pass adds to a folder is found at once, and nothing of the first changes', async () => {
	const other = { ...aFile('tiles/0/0.glb'), sha256: 'f'.repeat(64) };
	await add([aFile('tiles/0/0.ktx2.glb'), other]);
	expect(await count('asset_folder')).toBe(2);
	const added = await findFile(db, ASSET, 'tiles/0/0.ktx2.glb');
	expect(added?.file.sha256).toBe(aFile('tiles/0/0.ktx2.glb').sha256);
	const first = await findFile(db, ASSET, 'tiles/0/0.glb');
	expect(first?.file.sha256).toBe(aFile('tiles/0/0.glb').sha256);
});

it('what a folder holds is found by its hash, too', async () => {
	const { sha256 } = aFile('tiles/3/3.glb');
	expect((await findObject(db, sha256, '3.glb'))?.file.sha256).toBe(sha256);
	expect(await findObject(db, sha256, '4.glb')).toBeUndefined();
	expect(await findObject(db, aFile('bag/data/x.glb').sha256, 'x.glb')).toBeUndefined();
	const plan = await db.orm.transaction(async (tx) => {
		await tx.execute('set local enable_seqscan = off');
		return await tx.execute(`explain select 1 from asset_folder
			where jsonb_path_query_array(files, '$.*[0,2]') @> '["${sha256}"]'`);
	});
	expect(JSON.stringify(plan.rows)).toContain('asset_folder_hashes');
});

it('folders are remembered up to a number of files, the least recently used forgotten first', async () => {
	const asked = vi.spyOn(db.pool, 'query');
	const indexes = new FolderIndexes(TILES + 10);
	const tiles = { asset: ASSET, folder: 'tiles', version: '1' };
	const bag = { asset: ASSET, folder: 'bag', version: '1' };
	const find = (of: typeof tiles) => indexes.find(db.orm, of, 'data/x.glb');
	await find(tiles);
	expect(await find(bag)).toEqual([aFile('bag/data/x.glb').sha256, 10]);
	await Promise.all([find(tiles), find(bag), find(tiles)]);
	expect(asked).toHaveBeenCalledTimes(2);
	// Another version of the one is read again, and so is the other after it had to go.
	await find({ ...bag, version: '2' });
	expect(asked).toHaveBeenCalledTimes(3);
	const small = new FolderIndexes(TILES);
	await small.find(db.orm, bag, '');
	await small.find(db.orm, tiles, '');
	await small.find(db.orm, bag, '');
	expect(asked).toHaveBeenCalledTimes(6);
});
