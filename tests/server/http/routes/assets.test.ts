import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addressManifest } from '../../../../server/assets/address-manifest.ts';
import { filesOfAssets, insertFiles } from '../../../../server/assets/asset-files.ts';
import { signedAssetAddress } from '../../../../server/assets/signed-assets.ts';
import { ANONYMOUS, type Identify } from '../../../../server/auth/principal.ts';
import { aManifest, giveAsset } from '../../../support/assets.ts';
import { publish } from '../../../support/catalogue.ts';
import { expectProblem } from '../../../support/problems.ts';
import { aMuseum, anArtefact } from '../../../support/records.ts';
import { startTestServer, type TestServer } from '../../../support/test-server.ts';

const ASSET = 'a'.repeat(32);
const JOB = '00000000-0000-4000-8000-000000000000';
const BYTES = Buffer.from('#EXTM3U segment.m4s');
const HASH = createHash('sha256').update(BYTES).digest('hex');
const ADDRESSES = [
	`/objects/sha256/${HASH}/sound.opus`,
	`/objects/assets/${ASSET}/sound.opus`,
	`/objects/assets/${ASSET}/hls/master.m3u8`,
];
const MANIFEST = `/api/v1/assets/${ASSET}/manifest`;

let server: TestServer;

beforeAll(async () => {
	const identify: Identify = async ({ cookie }) =>
		cookie === undefined
			? ANONYMOUS
			: { kind: 'account', id: 'x', grants: [{ role: 'docent', node: cookie }] };
	server = await startTestServer({ identify });
	const { store, db } = server.context;
	await store.put(BYTES);
	await publish(db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact() },
	]);
	await giveAsset(db, 'ridge-beast', {
		...{ id: ASSET, job: JOB, status: 'ready', manifest: aManifest(), scanSha256: 'f'.repeat(64) },
	});
	const file = { sha256: HASH, bytes: BYTES.length, isPublic: true };
	const names = ['sound.opus', 'hls/master.m3u8', 'hls/info.json'];
	await db.orm.transaction((tx) =>
		insertFiles(tx, ASSET, [
			...names.map((name) => ({ ...file, name })),
			{ ...file, name: 'bag/data/scan.ply', isPublic: false },
		]),
	);
});
afterAll(() => server?.[Symbol.asyncDispose]());
beforeEach(() => showRevision(1));

/** Publishes the artefact's revision, or withdraws it. */
async function showRevision(number: number | null): Promise<void> {
	await server.context.db.pool.query(
		`update record set published_revision = $1 where resource = 'artefacts'`,
		[number],
	);
}

it('what a published record shows is kept by who has it, and asked for by caches that others share', async () => {
	for (const address of ADDRESSES) {
		const { status, headers } = await server.ask(address);
		const caching = headers['cache-control'];
		expect([address, status, caching]).toEqual([
			...[address, 200, 'public, max-age=31536000, s-maxage=60'],
		]);
	}
	expect((await server.ask(MANIFEST)).headers['cache-control']).toBe('no-cache');
});

it('a withdrawal takes all of it away with the next request, also from who has it', async () => {
	const etag = { 'if-none-match': `"${HASH}"` };
	const { headers } = await server.ask(MANIFEST);
	for (const address of ADDRESSES) {
		expect((await server.ask(address, { headers: etag })).status).toBe(304);
	}
	await showRevision(null);
	for (const address of ADDRESSES) {
		for (const asked of [{}, etag, { range: 'bytes=0-1' }]) {
			const answer = await server.ask(address, { headers: asked });
			expectProblem(answer, 404, 'not-found');
			expect(answer.headers['cache-control']).toBe('no-store');
		}
	}
	const known = { 'if-none-match': headers.etag ?? '' };
	expectProblem(await server.ask(MANIFEST, { headers: known }), 404, 'not-found');
	await showRevision(1);
	for (const address of ADDRESSES) expect((await server.ask(address)).status).toBe(200);
});

it('jobs about it are told of while everyone may see it', async () => {
	const jobs = ['', `/${JOB}`, `/${JOB}/events`].map((path) => `/api/v1/jobs${path}`);
	const [list = '', one = '', events = ''] = jobs;
	const count = async () => ((await server.ask(list)).json() as { items: [] }).items.length;
	expect([await count(), (await server.ask(one)).status]).toEqual([1, 200]);
	await showRevision(null);
	expect(await count()).toBe(0);
	expectProblem(await server.ask(one), 404, 'not-found');
	expectProblem(await server.ask(events), 404, 'not-found');
});

it('a revision that is not the published one makes nothing visible', async () => {
	const { pool } = server.context.db;
	const other = 'b'.repeat(32);
	await pool.query(
		`insert into asset (id, scan_sha256, scan_name, scan_bytes, options, status, job)
		values ($1, '', '', 1, '{}', 'ready', $2)`,
		[other, JOB],
	);
	const file = { name: 'draft.glb', sha256: HASH, bytes: BYTES.length, isPublic: true };
	await server.context.db.orm.transaction((tx) => insertFiles(tx, other, [file]));
	await pool.query(`insert into revision (resource, record_id, number, document, sha256, author, note)
		select resource, record_id, 2, document, sha256, author, note from revision where number = 1
		and resource = 'artefacts'`);
	await pool.query(
		`insert into medium (resource, record_id, revision, role, asset)
		values ('artefacts', 'ridge-beast', 2, 'model', $1)`,
		[other],
	);
	const address = `/objects/assets/${other}/draft.glb`;
	expectProblem(await server.ask(address), 404, 'not-found');
	expectProblem(await server.ask(`/objects/sha256/${HASH}/draft.glb`), 404, 'not-found');
	await showRevision(2);
	expect((await server.ask(address)).status).toBe(200);
});

it('a signed address opens the whole asset to who has it, and keeps nothing', async () => {
	await showRevision(null);
	const { addressSecret: secret, db } = server.context;
	const files = (await filesOfAssets(db.orm, [ASSET])).get(ASSET);
	if (!files) throw new Error('the asset has no files');
	const shown = addressManifest(aManifest(), files, { kind: 'signed', expiresS: 60, secret });
	const root = shown.poster.file.replace(/\/poster\.webp$/, '');
	const playlist = await server.ask(`${root}/hls/master.m3u8`);
	expect(playlist.body).toEqual(BYTES);
	expect(playlist.headers).toMatchObject({
		'cache-control': 'private, no-store',
		'cross-origin-resource-policy': 'same-origin',
	});
	expect(playlist.headers).not.toHaveProperty('access-control-allow-origin');
	expect((await server.ask(`${root}/sound.opus`)).status).toBe(200);
	for (const name of ['bag/data/scan.ply', 'none.glb', 'hls', 'hls/..%2fsound.opus']) {
		expectProblem(await server.ask(`${root}/${name}`), 404, 'not-found');
	}
	const elsewhere = root.replace(ASSET, 'b'.repeat(32));
	expectProblem(await server.ask(`${elsewhere}/sound.opus`), 403, 'forbidden');
	const longer = root.replace(/\/(\d+)\./, (_, e) => `/${Number(e) + 1}.`);
	expectProblem(await server.ask(`${longer}/sound.opus`), 403, 'forbidden');
	expectProblem(await server.ask(`${root}x/sound.opus`), 403, 'forbidden');
	const past = signedAssetAddress(secret, ASSET, -1);
	expectProblem(await server.ask(`${past}/sound.opus`), 410, 'expired');
});

it('who works for the owner sees what is not published, keeps none of it, and gets signed addresses', async () => {
	await showRevision(null);
	const ours = { headers: { cookie: 'river-museum' } };
	const others = { headers: { cookie: 'hill-museum' } };
	const { pool } = server.context.db;
	await pool.query(`update asset set owner = 'river-museum' where id = $1`, [ASSET]);
	for (const address of [...ADDRESSES, MANIFEST]) {
		expectProblem(await server.ask(address, others), 404, 'not-found');
		const { status, headers } = await server.ask(address, ours);
		expect([status, headers['cache-control']]).toEqual([200, 'private, no-store']);
	}
	const manifest = (await server.ask(MANIFEST, ours)).json() as { report: string };
	expect(manifest.report).toMatch(`/objects/signed-assets/${ASSET}/`);
	expect((await server.ask(`/api/v1/jobs/${JOB}`, ours)).status).toBe(200);
	expectProblem(await server.ask(`/api/v1/jobs/${JOB}`, others), 404, 'not-found');
});
