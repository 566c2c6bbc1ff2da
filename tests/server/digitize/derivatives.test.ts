import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { attachScan } from '../../../server/assets/scan-assets.ts';
import { giveScan, readAsset } from '../../support/scans.ts';
import { spatial } from '../../support/spatial.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const cli = fileURLToPath(import.meta.resolve('../../support/fake-digitize.ts'));
const WAIT = { timeout: 55_000, interval: 100 };
const TILES = 2_300;

let server: TestServer;
let folder: TemporaryFolder;

beforeAll(async () => {
	folder = await temporaryFolder('derivatives');
	const workDir = join(folder.path, 'work');
	server = await startTestServer({ jobs: { isWorker: true, cli, workDir, memoryMB: 512 } });
});
afterAll(async () => {
	await server?.[Symbol.asyncDispose]();
	await folder?.[Symbol.asyncDispose]();
});

it('thousands of tiles are served under the paths by which they name each other', async () => {
	const tiles = Array.from({ length: TILES }, (_, i) => [`tiles/${i % 7}/${i}.glb`, `tile ${i}`]);
	const others = Object.fromEntries([
		...tiles,
		['tiles/tileset.json', '{"root":{"content":{"uri":"3/3.glb"}}}'],
		['bag/data/original.ply', 'the original'],
		['bag/data/low.glb', 'packed'],
		['bag/data/low.glb.br', 'packed smaller'],
	]);
	const scan = { behaviour: 'good', others, tiles: 'tiles/tileset.json' };
	const bytes = Buffer.from(JSON.stringify(scan));
	const { artefact, asset } = await giveScan(server.context, bytes, 'scan.ply');
	await expect
		.poll(async () => (await readAsset(server.context, artefact)).asset.status, WAIT)
		.toBe('ready');
	const { manifest } = (await readAsset(server.context, artefact)).asset;
	const root = spatial(manifest).tiles?.file ?? '';
	expect(root).toBe(`/objects/assets/${asset}/tiles/tileset.json`);
	const tileset = (await server.ask(root)).json() as { root: { content: { uri: string } } };
	const inner = new URL(tileset.root.content.uri, `http://site${root}`).pathname;
	const tile = await server.ask(inner);
	expect([tile.status, tile.body.toString()]).toEqual([200, 'tile 3']);
	expect(tile.headers['content-type']).toBe('model/gltf-binary');

	const { rows } = await server.context.db.pool.query(
		`select name, is_public, (select count(*)::int from jsonb_object_keys(files)) as count
		from asset_folder where asset = $1 order by name`,
		[asset],
	);
	expect(rows).toEqual([
		{ name: 'bag', is_public: false, count: 3 },
		{ name: 'tiles', is_public: true, count: TILES + 1 },
	]);
	const packed = await server.ask(`/objects/assets/${asset}/bag/data/original.ply`);
	expect(packed.status).toBe(404);
});

it('a scan may say what kind it is, which makes another asset of it', async () => {
	const bytes = Buffer.from(JSON.stringify({ behaviour: 'good', at: 'kind' }));
	const { artefact, scan } = await giveScan(server.context, bytes, 'scan.ply');
	const { db, jobs } = server.context;
	const asPoints = { ...scan, kind: 'points' as const };
	expect(await db.orm.transaction((tx) => attachScan(tx, asPoints, jobs.enqueue))).toBe(true);
	const options = async () =>
		(await readAsset(server.context, artefact)).asset.manifest?.recipe.options.arguments;
	await expect.poll(options, WAIT).toEqual(expect.arrayContaining(['--kind', 'points']));
});
