import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssetKind } from '#schema/asset/asset-manifest';
import { digitizeReport } from '#schema/asset/digitize-report';
import { RangeReader } from '../../../scripts/digitize/points/range-reader.ts';
import { readSplat } from '../../../scripts/digitize/splats/read/read-splat.ts';
import { writeSpz } from '../../../scripts/digitize/splats/write/write-spz.ts';
import { ffmpegMakes, hasFfmpeg } from '../../scripts/digitize/media-tool.ts';
import { filesOf } from '../../support/assets.ts';
import { aBall, anObj, aTexture } from '../../support/meshes.ts';
import { giveScan, readAsset } from '../../support/scans.ts';
import { aSplatFile, someSplats } from '../../support/splat-files.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { aZip } from '../../support/zips.ts';

const WAIT = { timeout: 110_000, interval: 250 };

/** As the media types are registered; splats have none. */
const TYPES: Record<string, string> = {
	'.glb': 'model/gltf-binary',
	'.spz': 'application/octet-stream',
	'.sog': 'application/octet-stream',
	'.webp': 'image/webp',
	'.jpg': 'image/jpeg',
	'.tif': 'image/tiff',
	'.json': 'application/json; charset=utf-8',
	'.opus': 'audio/ogg; codecs=opus',
	'.m4a': 'audio/mp4',
	'.m3u8': 'application/vnd.apple.mpegurl',
	'.m4s': 'video/iso.segment',
	'.mp4': 'video/mp4',
};

let server: TestServer;
let folder: TemporaryFolder;

beforeAll(async () => {
	folder = await temporaryFolder('kinds');
	const workDir = join(folder.path, 'work');
	server = await startTestServer({ jobs: { isWorker: true, workDir, timeoutS: 600 } });
});
afterAll(async () => {
	await server?.[Symbol.asyncDispose]();
	await folder?.[Symbol.asyncDispose]();
});

async function media(words: string[], name: string): Promise<Buffer> {
	const path = join(folder.path, name);
	ffmpegMakes(words, path);
	return await readFile(path);
}

async function objZip(): Promise<Buffer> {
	return await aZip({
		'vase/vase.obj': anObj({ mesh: aBall(60), library: 'vase.mtl', material: 'glaze' }),
		'vase/vase.mtl': 'newmtl glaze\nmap_Kd maps/glaze.png\n',
		'vase/maps/glaze.png': await aTexture(),
	});
}

/** Points without faces, as a scanner on a tripod gives them. */
function pointPly(): Buffer {
	const { positions } = aBall(400);
	const rows = positions.flatMap((_, i) => (i % 3 === 0 ? [positions.slice(i, i + 3)] : []));
	const header = `ply\nformat ascii 1.0\nelement vertex ${rows.length}\n`;
	const properties = ['x', 'y', 'z'].map((axis) => `property float ${axis}\n`).join('');
	return Buffer.from(
		`${header}${properties}end_header\n${rows.map((row) => row.join(' ')).join('\n')}\n`,
	);
}

async function spz(): Promise<Uint8Array> {
	const path = join(folder.path, 'lion.splat');
	await writeFile(path, aSplatFile(someSplats(60)));
	using file = RangeReader.open({ path, name: 'lion.splat' });
	return writeSpz(readSplat(file), 0);
}

const picture = (width: number, height: number) =>
	sharp({ create: { width, height, channels: 3, background: '#a63' } });

interface Handed {
	kind: AssetKind;
	name: string;
	bytes: () => Promise<Uint8Array> | Uint8Array;
	/** What must be among the endings of what is served, beside report and poster. */
	endings: string[];
}

const HANDED: Handed[] = [
	{ kind: 'mesh', name: 'vase.zip', bytes: objZip, endings: ['.glb'] },
	{ kind: 'points', name: 'hall.ply', bytes: pointPly, endings: ['.glb'] },
	{
		kind: 'splats',
		name: 'lion.spz',
		bytes: spz,
		endings: ['.spz', '.sog'],
	},
	{
		kind: 'image',
		name: 'scroll.tif',
		bytes: () => picture(600, 400).tiff().toBuffer(),
		endings: ['.tif', '.jpg'],
	},
	{
		kind: 'panorama',
		name: 'court.jpg',
		bytes: () => picture(256, 128).jpeg().toBuffer(),
		endings: ['.webp'],
	},
];

const RECORDED: Handed[] = [
	{
		kind: 'audio',
		name: 'talk.wav',
		bytes: () => media(['-f', 'lavfi', '-i', 'sine=f=440:d=1'], 'talk.wav'),
		endings: ['.opus', '.m4a'],
	},
	{
		kind: 'video',
		name: 'drum.mp4',
		bytes: () =>
			media(
				[
					...['-f', 'lavfi', '-i', 'testsrc2=s=160x100:r=10:d=1'],
					...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
				],
				'drum.mp4',
			),
		endings: ['.m3u8', '.m4s', '.mp4'],
	},
];

const known = hasFfmpeg('sound and film through the server') ? [...HANDED, ...RECORDED] : HANDED;

async function ended(artefact: string) {
	const read = async () => (await readAsset(server.context, artefact)).asset;
	await expect.poll(async () => (await read()).status, WAIT).toMatch(/ready|failed/);
	return await read();
}

describe('whatever is handed in', () => {
	it.each(known)(
		'as $name becomes a piece whose every file is served as what it is',
		async (handed) => {
			const { kind, name, endings } = handed;
			const bytes = await handed.bytes();
			const given = kind === 'panorama' ? kind : undefined;
			const { artefact, asset } = await giveScan(server.context, bytes, name, given);
			const { manifest, failure } = await ended(artefact);
			expect({ kind: manifest?.kind, failure }).toEqual({ kind, failure: null });
			const shown = await server.ask(`/api/v1/assets/${asset}/manifest`);
			expect(shown.json()).toEqual(manifest);
			const report = digitizeReport.parse((await server.ask(manifest?.report ?? '')).json());
			for (const language of ['zh-CN', 'en'] as const) {
				expect(report.sentences[language].length).toBeGreaterThan(0);
			}
			const files = await filesOf(server.context.db, asset);
			expect(files.map((file) => extname(file.name))).toEqual(expect.arrayContaining(endings));
			for (const file of files) {
				const byHash = `/objects/sha256/${file.sha256}/${file.name.split('/').at(-1)}`;
				for (const address of [byHash, `/objects/assets/${asset}/${file.name}`]) {
					if (address.endsWith('iiif/info.json')) continue;
					const answer = await server.ask(address);
					expect([address, answer.status, answer.body.length]).toEqual([address, 200, file.bytes]);
					expect(answer.headers).toMatchObject({
						'content-type': TYPES[extname(file.name)],
						'cache-control': 'public, max-age=31536000, s-maxage=60',
						'x-content-type-options': 'nosniff',
					});
				}
			}
		},
		120_000,
	);

	const notes = Buffer.from('these are notes');

	it.each([
		['notes.glb', () => notes, 'format-unknown'],
		['notes.zip', () => aZip({ 'notes.txt': notes }), 'archive-empty'],
	])('as %s but is something else is refused in one sentence', async (name, bytes, code) => {
		const { artefact } = await giveScan(server.context, await bytes(), name);
		const { status, failure } = await ended(artefact);
		expect([status, failure?.code]).toEqual(['failed', code]);
		expect(failure?.message).toMatch(new RegExp(`^${name} .* — [^\\n]+$`));
	});
});
