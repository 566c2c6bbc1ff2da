import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertFiles } from '../../../server/assets/asset-files.ts';
import { assetIdOf, registerScan } from '../../../server/assets/scan-assets.ts';
import { sweep } from '../../../server/assets/sweep.ts';
import { startSweeper } from '../../../server/assets/sweeper.ts';
import { takeDown } from '../../../server/assets/take-down.ts';
import { whileStoring } from '../../../server/assets/while-storing.ts';
import { markReady, markRunning } from '../../../server/digitize/asset-progress.ts';
import { aManifest } from '../../support/assets.ts';
import { publish } from '../../support/catalogue.ts';
import { expectProblem } from '../../support/problems.ts';
import { aMuseum, anArtefact } from '../../support/records.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const ORDER = { reason: 'holder-claim: the holder asks for it', actor: 'account-1' };
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const scan = { name: 'scan.ply', bytes: 8, sha256: hashOf('original') };

let server: TestServer;
let first: string;
let other: string;

/** A published asset of some original, with these files: name → text. */
async function anAsset(original: string, artefact: string, files: Record<string, string>) {
	const { db, store } = server.context;
	return await whileStoring({ db, store }, async (orm) => {
		for (const text of [original, ...Object.values(files)]) await store.put(Buffer.from(text));
		return await orm.transaction(async (tx) => {
			const of = { ...scan, sha256: hashOf(original) };
			const { asset } = await registerScan(tx, of, 'cluster', async () => {});
			const made = Object.entries(files).map(([name, text]) => ({
				...{ name, sha256: hashOf(text), bytes: text.length, isPublic: !name.startsWith('bag/') },
			}));
			await insertFiles(tx, asset, made);
			await tx.execute(`update asset set status = 'ready' where id = '${asset}'`);
			await tx.execute(`insert into medium (resource, record_id, revision, role, asset)
				values ('artefacts', '${artefact}', 1, 'model', '${asset}')`);
			return asset;
		});
	});
}

const isStored = async (text: string) => (await server.context.store.stat(hashOf(text))) !== null;

async function stored(...texts: string[]): Promise<string[]> {
	const there = await Promise.all(texts.map(isStored));
	return texts.filter((_, i) => there[i]);
}

beforeAll(async () => {
	server = await startTestServer();
	await publish(server.context.db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact() },
		{ resource: 'artefacts', document: anArtefact({ id: 'other-piece' }) },
	]);
	first = await anAsset('original', 'ridge-beast', {
		'low.glb': 'a tier',
		'poster.webp': 'a shared picture',
		'tiles/0.glb': 'a tile',
		'tiles/1.glb': 'an empty tile',
		'bag/data/scan.ply': 'original',
	});
	other = await anAsset('other original', 'other-piece', {
		'poster.webp': 'a shared picture',
		'tiles/0.glb': 'an empty tile',
	});
	await takeDown(server.context, first, ORDER);
});
afterAll(() => server?.[Symbol.asyncDispose]());

it('takes away the original and what no other asset shares', async () => {
	expect(await stored('original', 'a tier', 'a tile')).toEqual([]);
	expect(await stored('a shared picture', 'an empty tile', 'other original')).toHaveLength(3);
	const paths = [`assets/${first}/low.glb`, `assets/${first}/tiles/0.glb`];
	for (const path of [...paths, `sha256/${hashOf('a tier')}/low.glb`]) {
		expectProblem(await server.ask(`/objects/${path}`), 404, 'not-found');
	}
	const shared = await server.ask(`/objects/assets/${other}/tiles/0.glb`);
	expect(shared.body.toString()).toBe('an empty tile');
});

it('is told by the record that showed it, and noted in the register', async () => {
	const shown = (await server.ask('/api/v1/artefacts/ridge-beast')).json();
	expect(shown).toMatchObject({ asset: { id: first, status: 'taken-down', manifest: null } });
	const detail = { reason: ORDER.reason, original: scan.sha256 };
	const { rows: acts } = await server.context.db.pool.query(
		`select actor, action, subject, detail from audit where action = 'asset.take-down' and subject = $1`,
		[`asset/${first}`],
	);
	expect(acts).toEqual([
		{
			...{ actor: ORDER.actor, action: 'asset.take-down', subject: `asset/${first}` },
			detail: expect.objectContaining(detail),
		},
	]);
	const { rows } = await server.context.db.pool.query('select sha256, removed_at from takedown');
	expect(rows.map((row) => row.sha256).sort()).toEqual([scan.sha256, hashOf('a tier')].sort());
	expect(rows.every((row) => row.removed_at !== null)).toBe(true);
});

it('the same bytes are not stored again, under whatever options and as whatever file', async () => {
	const { db, store } = server.context;
	for (const options of [{}, { unit: 'cm' }, { kind: 'points' }] as const) {
		const again = whileStoring({ db, store }, async (orm) => {
			await store.put(Buffer.from('original'));
			const of = { ...scan, ...options };
			await orm.transaction((tx) => registerScan(tx, of, 'cluster', async () => {}));
		});
		await expect(again).rejects.toThrow(/^store: .* was taken down \(holder-claim: .*\) .* — /);
		expect(await isStored('original')).toBe(false);
	}
	await expect(anAsset('another original', 'other-piece', { 'x.glb': 'a tier' })).rejects.toThrow(
		/taken down/,
	);
	expect(await isStored('a tier')).toBe(false);
});

it('what a restored backup brings back is removed at the next start and by each sweep', async () => {
	const { db, store, logger } = server.context;
	await store.put(Buffer.from('original'));
	await sweep({ db, store, graceDays: 30 });
	expect(await isStored('original')).toBe(false);
	await store.put(Buffer.from('a tier'));
	await using _sweeper = startSweeper({ db, store, logger, graceDays: 30 });
	await expect.poll(() => isStored('a tier')).toBe(false);
});

it('a job that was under way changes nothing any more', async () => {
	const { orm } = server.context.db;
	const task = {
		...{ asset: first, subject: `asset/${first}`, kind: 'digitize' },
		job: '00000000-0000-4000-8000-000000000000',
	};
	await orm.transaction((tx) => markRunning(tx, task));
	await orm.transaction((tx) => markReady(tx, task, aManifest()));
	const shown = (await server.ask('/api/v1/artefacts/ridge-beast')).json();
	expect(shown).toMatchObject({ asset: { status: 'taken-down', manifest: null } });
});

it('other assets of the same original go with it', async () => {
	const twin = await anAsset('twin original', 'other-piece', { 'a.glb': 'one' });
	const { db } = server.context;
	const id = assetIdOf({ ...scan, sha256: hashOf('twin original'), unit: 'cm' });
	await db.pool.query(
		`insert into asset (id, scan_sha256, scan_name, scan_bytes, options, status, job)
		select $1, scan_sha256, scan_name, scan_bytes, options, status, job from asset where id = $2`,
		[id, twin],
	);
	await takeDown(server.context, twin, ORDER);
	const { rows } = await db.pool.query('select status from asset where id = any($1)', [[id, twin]]);
	expect(rows).toEqual([{ status: 'taken-down' }, { status: 'taken-down' }]);
});

it('what is not there cannot be taken down', async () => {
	await expect(takeDown(server.context, 'f'.repeat(32), ORDER)).rejects.toMatchObject({
		name: 'NotFoundError',
	});
});
