/// <reference path="../../../scripts/digitize/untyped-packages.d.ts" />
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { validateBytes } from 'gltf-validator';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetManifest } from '#schema/asset/asset-manifest';
import { digitizeReport } from '#schema/asset/digitize-report';
import { aGreedyGlb } from '../../support/greedy-glb.ts';
import { aBall, aGltf, anObj, anStl, aPly, aTexture } from '../../support/meshes.ts';
import { reportSkip } from '../../support/skip.ts';
import { spatial } from '../../support/spatial.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';
import { aUsdz, aZip } from '../../support/zips.ts';
import { type CliRun, runCli } from './run-cli.ts';

const ball = aBall(300);

/** A folder as a download site packs it: the scene in one subfolder, its textures in another. */
async function gltfFolder(): Promise<Record<string, Uint8Array | string>> {
	const { json, bin } = aGltf({ mesh: ball, texture: Buffer.from('elsewhere') });
	Object.assign((json.buffers as object[])[0] ?? {}, { uri: 'my%20scene.bin' });
	json.images = [{ uri: '../textures/glaze%20map.webp' }];
	json.textures = [{ extensions: { EXT_texture_webp: { source: 0 } } }];
	return {
		'site/source/scene.gltf': JSON.stringify(json),
		'site/source/my scene.bin': bin,
		'site/textures/glaze map.webp': await sharp(await aTexture())
			.webp()
			.toBuffer(),
		'site/scene.usdz': aUsdz(),
		'site/licence.txt': 'CC0',
	};
}

/** Quads, groups, negative indices and colours, with a material left behind by a Windows program. */
async function objZip(): Promise<Buffer> {
	const lines = anObj({ mesh: ball, library: 'My Vase.mtl', material: 'red glaze' });
	const quad = 'g lid\nv 2 0 0\nv 3 0 0\nv 3 1 0\nv 2 1 0\nvt 0 0\nf -4/-1 -3/-1 -2/-1 -1/-1\n';
	return await aZip({
		'Vase/Vase.obj': `${lines}${quad}`,
		'Vase/My Vase.mtl': 'newmtl red glaze\r\nmap_Kd D:\\Work\\tex\\GLAZE 1.png\r\n',
		'Vase/maps/glaze 1.PNG': await aTexture(),
		'__MACOSX/Vase/._Vase.obj': 'left behind',
	});
}

describe('a folder of awkward files', () => {
	let folder: TemporaryFolder;
	let run: CliRun;
	let zip: Buffer;

	beforeAll(async () => {
		folder = await temporaryFolder('awkward');
		zip = await objZip();
		const solid = anStl(ball);
		solid.write('solid scan', 0, 'latin1');
		const files: Record<string, Uint8Array | string> = {
			...(await gltfFolder()),
			'vase.zip': zip,
			'motorola.PLY': aPly({ mesh: ball, encoding: 'binary_big_endian', hasColours: true }),
			'solid.stl': solid,
		};
		for (const [path, bytes] of Object.entries(files)) {
			await mkdir(dirname(join(folder.path, path)), { recursive: true });
			await writeFile(join(folder.path, path), bytes);
		}
		const inputs = ['site', 'vase.zip', 'motorola.PLY', 'solid.stl'];
		run = await runCli([...inputs, '--out', 'out', '--json'], { cwd: folder.path });
	}, 300_000);

	afterAll(() => folder[Symbol.asyncDispose]());

	const made = (path: string) => readFile(join(folder.path, 'out', path));
	const json = async (path: string) => JSON.parse(String(await made(path)));

	it('is taken whole', () => {
		expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
		expect(run.events.filter((e) => e.event === 'done')).toHaveLength(4);
	});

	const pieces = ['site', 'vase', 'motorola', 'solid'];
	it.each(pieces)('%s becomes a piece without faults', async (name) => {
		const manifest = spatial(assetManifest.parse(await json(`${name}/manifest.json`)));
		expect(manifest.source.triangles).toBeGreaterThanOrEqual(ball.indices.length / 3);
		for (const tier of manifest.tiers) {
			const { issues } = await validateBytes(await made(`${name}/${tier.file}`));
			expect(issues.numErrors).toBe(0);
		}
	});

	it('keeps what was handed in apart from the file that holds the scan', async () => {
		const { source } = assetManifest.parse(await json('vase/manifest.json'));
		const sha256 = createHash('sha256').update(zip).digest('hex');
		expect(source).toMatchObject({ name: 'vase.zip', bytes: zip.length, sha256 });
		const site = assetManifest.parse(await json('site/manifest.json'));
		expect(site.source.name).toBe('site');
	});

	it('finds the textures, and says where it had to look for them', async () => {
		const report = digitizeReport.parse(await json('vase/report.json'));
		expect(report.measures.textures).toMatchObject([{ widthPx: 64 }]);
		expect(report.findings.map((f) => f.code)).toContain('found-by-name');
		expect((await json('site/report.json')).measures.textures).toHaveLength(1);
		expect(await readdir(folder.path)).not.toContain('.vase.digitize');
	});
});

it('a scan that wants more memory than there is is refused, and leaves nothing', async () => {
	if (!existsSync('/usr/bin/prlimit')) {
		reportSkip('a memory ceiling, without prlimit', { allowed: true });
		return;
	}
	await using place = await temporaryFolder('memory');
	await writeFile(join(place.path, 'greedy.glb'), aGreedyGlb());
	const words = ['greedy.glb', '--out', 'out', '--json', '--memory-mb', '512'];
	const run = await runCli(words, { cwd: place.path });
	expect(run.status).toBe(3);
	expect(run.stderr).toMatch(/^refused: memory-exhausted: greedy\.glb needs more memory/);
	expect(await readdir(place.path)).toEqual(['greedy.glb']);
}, 120_000);
