import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { digitizeReport } from '#schema/asset/digitize-report';
import { refusalCode } from '#schema/digitize/refusal';
import { aGreedyGlb } from '../../support/greedy-glb.ts';
import { aBall, aGlb, aTexture } from '../../support/meshes.ts';
import { giveScan, readAsset } from '../../support/scans.ts';
import { spatial } from '../../support/spatial.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const WAIT = { timeout: 55_000, interval: 250 };
/** A second pass draws a turntable; the piece that needs one comes first, so that no other does. */
const WAIT_LONG = { ...WAIT, timeout: 200_000 };

let server: TestServer;
let folder: TemporaryFolder;

beforeAll(async () => {
	folder = await temporaryFolder('pipeline');
	const workDir = join(folder.path, 'work');
	server = await startTestServer({
		jobs: { isWorker: true, workDir, timeoutS: 600, refines: true },
	});
});
afterAll(async () => {
	await server?.[Symbol.asyncDispose]();
	await folder?.[Symbol.asyncDispose]();
});

/** A square pyramid of 100 centimetres as a scanner writes it: PLY with colours. */
const PYRAMID = `ply
format ascii 1.0
element vertex 5
property float x
property float y
property float z
property uchar red
property uchar green
property uchar blue
element face 6
property list uchar int vertex_indices
end_header
-50 -50 0 200 150 40
50 -50 0 200 150 40
50 50 0 200 150 40
-50 50 0 200 150 40
0 0 100 30 120 140
3 0 1 4
3 1 2 4
3 2 3 4
3 3 0 4
3 0 2 1
3 0 3 2
`;

async function ended(artefact: string) {
	await expect
		.poll(async () => (await readAsset(server.context, artefact)).job.status, WAIT)
		.toMatch(/done|failed/);
	return (await readAsset(server.context, artefact)).asset;
}

it('a real textured scan is shown with WebP, then gains KTX2, turntable and AR model', async () => {
	const scan = aGlb({ mesh: aBall(500), texture: await aTexture(260), hasColours: true });
	const { artefact } = await giveScan(server.context, scan, 'ball.glb');
	const { status, manifest: before } = await ended(artefact);
	expect(status).toBe('ready');
	const after = async () => spatial((await readAsset(server.context, artefact)).asset.manifest);
	await expect.poll(async () => (await after()).tiers.at(-1)?.ktx2, WAIT_LONG).toBeDefined();
	expect(spatial(before)).not.toHaveProperty('turntable');
	const { tiers, turntable, ar } = await after();
	for (const [added, type] of [
		[turntable?.file, 'image/webp'],
		[ar?.usdz, 'model/vnd.usdz+zip'],
	]) {
		const { status, headers } = await server.ask(added ?? '');
		expect([status, headers['content-type']]).toEqual([200, type]);
	}
	expect(tiers.map(({ ktx2: _, ...tier }) => tier)).toEqual(spatial(before).tiers);
	const { file = '', bytes } = tiers.at(-1)?.ktx2 ?? {};
	const model = await server.ask(file);
	expect([model.status, model.body.length]).toEqual([200, bytes]);
	expect(model.body.includes('KHR_texture_basisu')).toBe(true);

	// What the second pass found is in the report that the manifest names now; the first one stays.
	const reports = [before?.report, (await after()).report].map(async (address = '') =>
		digitizeReport.parse((await server.ask(address)).json()),
	);
	const [first, second] = await Promise.all(reports);
	const code = 'ar-colours-averaged';
	expect(first?.findings.map((found) => found.code)).not.toContain(code);
	expect(second?.findings.map((found) => found.code)).toContain(code);
	const { findings: _, sentences, ...rest } = first ?? {};
	expect(second).toMatchObject(rest);
	for (const language of ['zh-CN', 'en'] as const) {
		const told = second?.sentences[language] ?? [];
		expect(told).toEqual(expect.arrayContaining(sentences?.[language] ?? []));
		expect(told.filter((line) => line.includes('AR'))).toHaveLength(1);
	}
}, 260_000);

it('a real scan becomes a ladder that the server serves, true to scale', async () => {
	const { artefact } = await giveScan(server.context, Buffer.from(PYRAMID), 'pyramid.ply');
	const { status, manifest, failure } = await ended(artefact);
	expect({ status, failure }).toEqual({ status: 'ready', failure: null });
	const { bounds, tiers } = spatial(manifest);
	const heightM = bounds.max[1] - bounds.min[1];
	expect(heightM).toBeCloseTo(1, 3);
	expect(tiers.length).toBeGreaterThan(0);
	for (const tier of tiers) {
		const model = await server.ask(tier.file);
		expect([model.status, model.body.length]).toEqual([200, tier.bytes]);
		expect(model.body.subarray(0, 4).toString()).toBe('glTF');
	}
	const poster = await server.ask(manifest?.poster.file ?? '');
	expect(poster.headers['content-type']).toMatch(/^image\//);
	const report = digitizeReport.parse((await server.ask(manifest?.report ?? '')).json());
	expect(report.unit).toMatchObject({ value: 'cm', how: 'given' });
});

it('a real scan that wants more memory than a job may take is refused at once', async () => {
	const { artefact } = await giveScan(server.context, aGreedyGlb(), 'greedy.glb');
	const { status, failure } = await ended(artefact);
	expect([status, failure?.code]).toEqual(['failed', 'memory-exhausted']);
	expect(failure?.message).toMatch(/^greedy\.glb needs more memory .* — /);
	expect((await readAsset(server.context, artefact)).job.attempt).toBe(1);
});

it('a real scan that is cut off is refused in plain words', async () => {
	const cut = Buffer.from(PYRAMID.slice(0, PYRAMID.indexOf('3 1 2 4')));
	const { artefact } = await giveScan(server.context, cut, 'cut.ply');
	const { status, failure } = await ended(artefact);
	expect(status).toBe('failed');
	expect(refusalCode.options).toContain(failure?.code);
	expect(failure?.message).toMatch(/^cut\.ply .* — /);
	expect(failure?.message).not.toMatch(/\bat .*\.ts/);
});
