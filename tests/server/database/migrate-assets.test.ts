import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import { assetsOfArtefacts } from '../../../server/assets/artefact-assets.ts';
import { findFile, findObject } from '../../../server/assets/find-file.ts';
import { type Database, openDatabase } from '../../../server/database/database.ts';
import { migrate } from '../../../server/database/migrate.ts';
import { migrateFirst } from '../../support/landed-database.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';
import { anArtefact } from '../../support/records.ts';

/** How many migrations the version that landed first had. */
const LANDED = 3;
const MESH = 'a'.repeat(32);
const VIEW = 'b'.repeat(32);
const JOB = '00000000-0000-4000-8000-000000000000';

let postgres: TestPostgres;
let db: Database;

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** A file as the landed version kept it: every one a row, with bytes that are its name unless said. */
function row(name: string, text = name, brotli?: string) {
	const isPublic = !name.startsWith('bag/');
	return { name, sha256: hashOf(text), isPublic, brotli: brotli && hashOf(brotli) };
}

/** A tiled surface after its second pass, whose report lies beside the first one's. */
const REPORT = hashOf('the second report');
const MESH_ROWS = [
	...['thumb.glb', 'low.glb', 'poster.webp', 'turntable.webp', 'model.usdz'].map((name) =>
		row(name),
	),
	row('low.ktx2.glb', 'low.ktx2.glb', 'low.ktx2.glb.br'),
	row('report.json', 'the first report'),
	row(`refined/${REPORT}/report.json`, 'the second report'),
	row('tiles/tileset.json', 'tileset', 'tileset.br'),
	...['tiles/tileset.ktx2.json', 'tiles/0/0.glb', 'tiles/0/0.ktx2.glb'].map((name) => row(name)),
	// The package holds the same bytes as what is shown, and names of its own.
	...[row('bag/data/scan.ply', 'the original'), row('bag/data/low.glb', 'low.glb')],
	row('bag/data/low.glb.br', 'packed'),
];
const VIEW_ROWS = ['poster.webp', 'report.json', 'faces/0/px/0_0.webp', 'faces/一 二/x.webp'].map(
	(name) => row(name),
);

const byHash = (name: string, text = name) => `/objects/sha256/${hashOf(text)}/${name}`;
const byPath = (asset: string, name: string) => `/objects/assets/${asset}/${name}`;
const entry = (name: string) => ({ file: byHash(name), bytes: 10, sha256: hashOf(name) });
const tier = (name: string) => ({
	...{ ...entry(name), tier: 'low' as const, triangles: 1, texturePx: 512 },
	...{ errorM: 0.1, gpuBytes: 1, brotliBytes: 10 },
});

/** Manifests as the landed version stored them: with addresses in the place of names. */
const MESH_MANIFEST = {
	...{ format: 'xishan-asset/1', kind: 'mesh', bounds: { min: [0, 0, 0], max: [1, 1, 1] } },
	source: {
		...{ name: 'scan.ply', bytes: 10, sha256: hashOf('the original') },
		...{ triangles: 1, unit: 'm', up: 'Y' },
	},
	tiers: [
		tier('thumb.glb'),
		{ ...tier('low.glb'), ktx2: { ...entry('low.ktx2.glb'), gpuBytes: 1, brotliBytes: 10 } },
	],
	tiles: {
		...{ file: byPath(MESH, 'tiles/tileset.json'), errorM: 0.1, count: 1, bytes: 10 },
		ktx2: { file: byPath(MESH, 'tiles/tileset.ktx2.json'), count: 1, bytes: 10 },
	},
	turntable: {
		...entry('turntable.webp'),
		...{ frames: 24, columns: 6, frameWidthPx: 1, frameHeightPx: 1 },
	},
	ar: { usdz: byHash('model.usdz'), bytes: 10 },
	poster: { file: byHash('poster.webp'), widthPx: 1, heightPx: 1 },
	report: byHash('report.json', 'the second report'),
	recipe: { tools: {}, options: { nothing: null, none: [], empty: {}, yes: true, half: 0.5 } },
} as AssetManifest;
const VIEW_MANIFEST = {
	...{ format: 'xishan-asset/1', kind: 'panorama' },
	source: { name: 'view.jpg', bytes: 1, sha256: hashOf('view'), widthPx: 2, heightPx: 1 },
	faces: {
		...{ pattern: byPath(VIEW, 'faces/{level}/{face}/{column}_{row}.webp'), tilePx: 1 },
		...{ levels: [{ facePx: 1 }], count: 1, bytes: 1 },
	},
	poster: { file: byHash('poster.webp'), widthPx: 1, heightPx: 1 },
	report: byHash('report.json'),
	recipe: { tools: {}, options: {} },
} as AssetManifest;

async function insertLanded(
	id: string,
	artefact: string,
	manifest: AssetManifest,
	rows: ReturnType<typeof row>[],
) {
	const { pool } = db;
	await pool.query(
		`insert into record (resource, id, published_revision, museums, libraries, tokens, weight, projection_version)
		values ('artefacts', $1, null, '{river-museum}', '{}', '', 0, 1)`,
		[artefact],
	);
	for (const number of [1, 2]) {
		await pool.query(
			`insert into revision (resource, record_id, number, document, sha256, author, note)
			values ('artefacts', $1, $2, $3, $4, 'collection', '')`,
			[artefact, number, anArtefact({ id: artefact }), hashOf(`${artefact}${number}`)],
		);
	}
	await pool.query('update record set published_revision = 2 where id = $1', [artefact]);
	await pool.query(
		`insert into asset (id, scan_sha256, scan_name, scan_bytes, options, status, manifest, job)
		values ($1, $2, 'scan', 10, '{}', 'ready', $3, $4)`,
		[id, hashOf('the original'), manifest, JOB],
	);
	for (const { name, sha256, isPublic, brotli } of rows) {
		await pool.query(
			`insert into asset_file (asset, name, sha256, bytes, content_type, is_public, brotli_sha256, brotli_bytes)
			values ($1, $2, $3, 10, 'x/y', $4, $5, $6)`,
			[id, name, sha256, isPublic, brotli, brotli && 5],
		);
	}
	await pool.query('insert into artefact_asset (artefact, asset) values ($1, $2)', [artefact, id]);
}

beforeAll(async () => {
	postgres = await startEmbedded();
	db = openDatabase(postgres.connection);
	await migrateFirst(db, LANDED);
	await insertLanded(MESH, 'ridge-beast', MESH_MANIFEST, MESH_ROWS);
	await insertLanded(VIEW, 'court', VIEW_MANIFEST, VIEW_ROWS);
	await db.pool.query(
		`insert into asset (id, scan_sha256, scan_name, scan_bytes, options, status, job)
		values ($1, '', 'scan', 10, '{}', 'running', $2)`,
		['c'.repeat(32), JOB],
	);
	await migrate(db);
});
afterAll(async () => {
	await db?.[Symbol.asyncDispose]();
	await postgres?.[Symbol.asyncDispose]();
});

it('manifests say again what the pipeline wrote', async () => {
	const { rows } = await db.pool.query<{ manifest: AssetManifest | null }>(
		'select manifest from asset order by id',
	);
	const [mesh, view, running] = rows.map((each) => each.manifest);
	expect(mesh).toMatchObject({
		tiers: [{ file: 'thumb.glb' }, { file: 'low.glb', ktx2: { file: 'low.ktx2.glb' } }],
		tiles: { file: 'tiles/tileset.json', ktx2: { file: 'tiles/tileset.ktx2.json' } },
		turntable: { file: 'turntable.webp' },
		ar: { usdz: 'model.usdz' },
		poster: { file: 'poster.webp' },
		report: `refined/${REPORT}/report.json`,
	});
	expect(mesh?.recipe).toEqual(MESH_MANIFEST.recipe);
	expect(view).toMatchObject({
		faces: { pattern: 'faces/{level}/{face}/{column}_{row}.webp' },
		report: 'report.json',
	});
	expect(JSON.stringify([mesh, view])).not.toContain('/objects/');
	expect(running).toBeNull();
});

it('visitors get the very manifests that they got before', async () => {
	const shown = await assetsOfArtefacts(db.orm, ['ridge-beast', 'court']);
	expect(shown.get('ridge-beast')?.manifest).toEqual(MESH_MANIFEST);
	expect(shown.get('court')?.manifest).toEqual(VIEW_MANIFEST);
});

it.each([
	[MESH, MESH_ROWS],
	[VIEW, VIEW_ROWS],
])(
	'every address of asset %s that was public gives the same bytes, and no other does',
	async (asset, rows) => {
		for (const { name, sha256, isPublic, brotli } of rows) {
			const file = { sha256, bytes: 10, brotliSha256: brotli ?? null };
			const wanted = isPublic ? expect.objectContaining(file) : undefined;
			expect((await findFile(db, asset, name))?.file, name).toEqual(wanted);
			const found = await findObject(db, sha256, name.replace(/^.*\//, ''));
			if (name === 'bag/data/low.glb') expect(found?.file.sha256).toBe(sha256);
			else expect(found?.file, name).toEqual(wanted);
		}
	},
);

it('what lies in a folder is one row', async () => {
	const { rows } = await db.pool.query(
		`select asset, name, is_public, (select count(*)::int from jsonb_object_keys(files)) as count
		from asset_folder order by asset, name`,
	);
	expect(rows).toEqual([
		{ asset: MESH, name: 'bag', is_public: false, count: 3 },
		{ asset: MESH, name: 'tiles', is_public: true, count: 4 },
		{ asset: VIEW, name: 'faces', is_public: true, count: 2 },
	]);
	const alone = await db.pool.query('select count(*)::int as count from asset_file');
	expect(alone.rows).toEqual([{ count: 10 }]);
});
