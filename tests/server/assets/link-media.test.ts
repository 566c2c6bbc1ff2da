import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { assetsOfArtefacts } from '../../../server/assets/artefact-assets.ts';
import { linkMedia } from '../../../server/assets/link-media.ts';
import { assetsOfRecords } from '../../../server/assets/record-assets.ts';
import { attachScan, registerScan } from '../../../server/assets/scan-assets.ts';
import { isAssetVisible } from '../../../server/assets/visible.ts';
import type { Database } from '../../../server/database/database.ts';
import { openCatalogue, publish } from '../../support/catalogue.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';
import { aMuseum, anArtefact, anExhibit } from '../../support/records.ts';

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
beforeEach(async () => {
	await db.pool.query('alter table revision disable trigger user');
	await db.pool.query('truncate record, revision, asset, job cascade');
	await db.pool.query('alter table revision enable trigger user');
	await publish(db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact() },
	]);
});

const enqueue = async () => {};
const scanOf = (word: string) => ({ name: `${word}.ply`, bytes: 9, sha256: word.repeat(64) });

/** An asset that no record knows. */
async function anAsset(word: string): Promise<string> {
	const { asset } = await db.orm.transaction((tx) =>
		registerScan(tx, scanOf(word), 'river-museum', enqueue),
	);
	return asset;
}

/** What the import does at every start. */
function attachDemo(word = 'd'): Promise<boolean> {
	const scan = { ...scanOf(word), artefact: 'ridge-beast' };
	return db.orm.transaction((tx) => attachScan(tx, scan, enqueue));
}

/** A new published revision of the artefact, with `from` as the one whose media it takes over. */
function revise(
	to: number,
	from: number,
	more: { document?: object; given?: { medium: string; asset: string }[] } = {},
): Promise<void> {
	const { document = {}, given } = more;
	return db.orm.transaction(async (tx) => {
		await tx.execute(`insert into revision (resource, record_id, number, document, sha256, author, note)
			select resource, record_id, ${to}, document, sha256, 'curator', '' from revision
			where record_id = 'ridge-beast' and number = 1`);
		await linkMedia(tx, 'artefacts', 'ridge-beast', {
			...{ from, to, document },
			...(given ? { given } : {}),
		});
		await tx.execute(`update record set published_revision = ${to} where id = 'ridge-beast'`);
	});
}

const shown = async () => (await assetsOfArtefacts(db.orm, ['ridge-beast'])).get('ridge-beast')?.id;

it('a file that was handed in needs no record, and nobody else sees it', async () => {
	const asset = await anAsset('b');
	expect(await isAssetVisible(db.orm, asset)).toBe(false);
	expect(await shown()).toBeUndefined();
});

it('a restart never puts the demo scan over a newer one, and rolling back shows it again', async () => {
	await attachDemo();
	const demo = await shown();
	const newer = await anAsset('b');
	await revise(2, 1, { given: [{ medium: 'model', asset: newer }] });
	expect(await shown()).toBe(newer);
	await attachDemo();
	expect(await shown()).toBe(newer);
	await revise(3, 1);
	expect(await shown()).toBe(demo);
	await attachDemo();
	expect(await shown()).toBe(demo);
	await revise(4, 2);
	expect(await shown()).toBe(newer);
});

it('a revision that was cut before the demo scan came shows it, too, once it is published', async () => {
	await revise(2, 1);
	const back = `update record set published_revision = $1 where id = 'ridge-beast'`;
	await db.pool.query(back, [1]);
	await attachDemo();
	const demo = await shown();
	expect(demo).toBeDefined();
	await db.pool.query(back, [2]);
	expect(await shown()).toBe(demo);
});

it('a demo scan made anew by another pipeline takes the place of the old one, not of a newer one', async () => {
	await attachDemo();
	const demo = await shown();
	await db.pool.query('update medium set asset = $2 where asset = $1', [demo, await anAsset('e')]);
	await db.pool.query(`update asset set scan_sha256 = repeat('d', 64)`);
	await attachDemo();
	expect(await shown()).toBe(demo);
	await db.pool.query('delete from medium where asset = $1', [demo]);
	await revise(2, 1, { given: [{ medium: 'model', asset: await anAsset('b') }] });
	await attachDemo();
	expect(await shown()).toBe(await anAsset('b'));
});

it('any record may hold any medium: each by its own id, pinned or the latest', async () => {
	const [film, narration, wall, latest] = await Promise.all(['1', '2', '3', '4'].map(anAsset));
	const media = [
		{ id: 'drum-film', role: 'film', asset: film },
		{ id: 'told', role: 'narration', asset: narration },
		{ id: 'wall', role: 'picture', asset: 'latest' },
	];
	const pieces = [{ shows: { kind: 'artefact', artefact: 'ridge-beast', asset: wall } }];
	await publish(db, [{ resource: 'exhibits', document: anExhibit() }]);
	const given = [{ medium: 'wall', asset: latest ?? '' }];
	const id = anExhibit().id;
	await db.orm.transaction((tx) =>
		linkMedia(tx, 'exhibits', id, { from: null, to: 1, document: { media, pieces }, given }),
	);
	const byRole = (await assetsOfRecords(db.orm, 'exhibits', [id])).get(id);
	expect([...(byRole ?? [])].map(([role, asset]) => [role, asset.id])).toEqual([
		['drum-film', film],
		['pinned', wall],
		['told', narration],
		['wall', latest],
	]);
	for (const asset of [film, narration, wall, latest]) {
		expect(await isAssetVisible(db.orm, asset ?? '')).toBe(true);
	}
});

it('what a document no longer pins is not linked any more, unless its medium shows the latest', async () => {
	const [first, second, piece] = await Promise.all(['1', '2', '3'].map(anAsset));
	const pinning = (asset?: string) => ({ media: [{ id: 'model', role: 'model', asset }] });
	await revise(2, 1, { document: { ...pinning(first), pieces: [{ shows: { asset: piece } }] } });
	await revise(3, 2, { document: pinning(second) });
	expect(await shown()).toBe(second);
	expect(await isAssetVisible(db.orm, first ?? '')).toBe(false);
	expect(await isAssetVisible(db.orm, piece ?? '')).toBe(false);
	await revise(4, 3, { document: pinning('latest') });
	expect(await shown()).toBe(second);
});

it('a document that pins what is not there is refused, and says where', async () => {
	const asset = 'c'.repeat(32);
	await expect(
		revise(2, 1, { document: { media: [{ id: 'model', asset }] } }),
	).rejects.toMatchObject({
		name: 'InvalidError',
		errors: [{ path: 'media.0.asset', message: `no asset ${asset}` }],
	});
});
