import { createHash } from 'node:crypto';
import { appendFile, cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../../../scripts/digitize/archive/verify.ts';
import { digitize } from '../../../../scripts/digitize/digitize.ts';
import { DIGITIZE_DEFAULTS } from '../../../../scripts/digitize/options.ts';
import { aGltf, aTexture } from '../../../support/meshes.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { runCli } from '../run-cli.ts';

/** Writes a scan of three files: a glTF, its buffer and its texture in a folder of its own. */
async function writeScan(folder: string): Promise<string> {
	const texture = await aTexture(32);
	const { json, bin } = aGltf({ texture });
	json.buffers = [{ uri: 'scan%20one.bin', byteLength: bin.length }];
	json.images = [{ uri: 'glaze.png' }];
	await writeFile(join(folder, 'scan one.bin'), bin);
	await writeFile(join(folder, 'glaze.png'), texture);
	await writeFile(join(folder, 'scan.gltf'), JSON.stringify(json));
	return join(folder, 'scan.gltf');
}

describe('an archived result', () => {
	let place: TemporaryFolder;
	let out: string;
	const text = (name: string) => readFile(join(out, name), 'utf8');
	/** A copy to do harm to. */
	const tampered = async (harm: (root: string) => Promise<void>) => {
		const root = join(place.path, 'tampered');
		await rm(root, { recursive: true, force: true });
		await cp(out, root, { recursive: true });
		await harm(root);
		return ((await verify(root))?.problems ?? []).map(({ code, file }) => `${code} ${file}`);
	};

	beforeAll(async () => {
		place = await temporaryFolder('archive');
		out = join(place.path, 'out');
		await digitize(await writeScan(place.path), out, {
			...DIGITIZE_DEFAULTS,
			archive: true,
			cacheDir: undefined,
			signal: new AbortController().signal,
			onProgress: () => undefined,
		});
	});
	afterAll(() => place[Symbol.asyncDispose]());

	it('is good when it is fresh, and says so on the command line', async () => {
		expect((await verify(out))?.problems).toEqual([]);
		const run = await runCli(['verify', out]);
		expect([run.status, run.stderr]).toEqual([0, '']);
		expect(run.stdout).toMatch(/^.*out: \d+ files, good\n$/);
		const bag = await runCli(['verify', join(out, 'bag')]);
		expect(bag.status).toBe(0);
	});

	it('holds the originals unchanged, with what they name', async () => {
		for (const name of ['scan.gltf', 'scan one.bin', 'glaze.png']) {
			const packed = await readFile(join(out, 'bag/data/original', name));
			expect(packed.equals(await readFile(join(place.path, name))), name).toBe(true);
		}
		const packed = await readFile(join(out, 'bag/data/derivatives/manifest.json'), 'utf8');
		expect(packed).toBe(await text('manifest.json'));
	});

	it('is a BagIt 1.0 bag without dates or places', async () => {
		expect(await text('bag/bagit.txt')).toBe(
			'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
		);
		expect(await text('bag/bag-info.txt')).toMatch(/^Payload-Oxum: \d+\.\d+$/m);
		const lines = (await text('bag/manifest-sha512.txt')).trim().split('\n');
		for (const line of lines) {
			const [hash, name = ''] = line.split('  ');
			const bytes = await readFile(join(out, 'bag', name));
			expect(createHash('sha512').update(bytes).digest('hex')).toBe(hash);
		}
		expect(lines).toEqual(lines.toSorted((a, b) => (a.slice(130) < b.slice(130) ? -1 : 1)));
		for (const name of ['provenance.json', 'bag/bag-info.txt']) {
			expect(await text(name)).not.toMatch(/\d{4}-\d\d-\d\d|\/tmp/);
		}
	});

	it('tells of every file where it comes from', async () => {
		const { '@graph': graph } = JSON.parse(await text('provenance.json'));
		const byId = new Map<string, Record<string, unknown>>();
		for (const node of graph) byId.set(node['@id'], node);
		const thumb = byId.get('derivatives/thumb.glb');
		expect(thumb).toMatchObject({
			wasGeneratedBy: '#simplify',
			wasDerivedFrom: ['original/scan.gltf', 'original/scan one.bin', 'original/glaze.png'],
			measuredDeviationM: expect.any(Number),
		});
		const bytes = await readFile(join(out, 'thumb.glb'));
		expect(thumb?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
		expect(byId.get('#ar')).toMatchObject({ parameters: { unit: 'detect' } });
		for (const node of byId.values()) {
			for (const id of [node.wasGeneratedBy, node.used, node.wasAssociatedWith].flat()) {
				if (id !== undefined) expect(byId.has(String(id)), String(id)).toBe(true);
			}
		}
	});

	it.each<[string, (root: string) => Promise<void>, string[]]>([
		['a changed byte', (root) => flip(join(root, 'thumb.glb')), ['checksum-wrong thumb.glb']],
		[
			'a longer file',
			(root) => appendFile(join(root, 'model.usdz'), '!'),
			['size-wrong model.usdz'],
		],
		['a lost file', (root) => rm(join(root, 'turntable.webp')), ['file-missing turntable.webp']],
		['a foreign file', (root) => writeFile(join(root, 'x.txt'), ''), ['file-unknown x.txt']],
		[
			'a broken picture',
			(root) => cut(join(root, 'card-240.webp')),
			['picture-wrong card-240.webp'],
		],
		[
			'another brotli form',
			(root) => flip(join(root, 'thumb.glb.br')),
			['brotli-wrong thumb.glb.br'],
		],
		[
			'a broken manifest',
			(root) => cut(join(root, 'manifest.json')),
			['manifest-invalid manifest.json'],
		],
		[
			'a manifest that leads out',
			(root) => replace(join(root, 'manifest.json'), '"report.json"', '"../report.json"'),
			[
				'reference-outside ../report.json',
				'file-unknown report.json',
				'checksum-wrong manifest.json',
			],
		],
		['a changed report', (root) => flip(join(root, 'report.json')), ['checksum-wrong report.json']],
		[
			'a longer poster',
			(root) => appendFile(join(root, 'poster.webp'), '!'),
			['checksum-wrong poster.webp'],
		],
		['a changed AR model', (root) => flip(join(root, 'model.usdz')), ['checksum-wrong model.usdz']],
		[
			'a figure changed in the manifest',
			(root) => replace(join(root, 'manifest.json'), '"errorM":', '"errorM": '),
			['checksum-wrong manifest.json'],
		],
		[
			'a lost list of checksums',
			(root) => rm(join(root, 'sha256sums.txt')),
			['file-missing sha256sums.txt'],
		],
		[
			'a lost manifest',
			(root) => rm(join(root, 'manifest.json')),
			['manifest-invalid manifest.json'],
		],
		[
			'a changed original',
			(root) => flip(join(root, 'bag/data/original/glaze.png')),
			['checksum-wrong bag/data/original/glaze.png'],
		],
		[
			'a renamed original',
			(root) =>
				rename(join(root, 'bag/data/original/glaze.png'), join(root, 'bag/data/original/b.png')),
			['payload-unknown bag/data/original/b.png', 'payload-missing bag/data/original/glaze.png'],
		],
		[
			'a lost payload manifest',
			(root) => rm(join(root, 'bag/tagmanifest-sha512.txt')),
			[
				'tag-wrong bag/bagit.txt',
				'tag-wrong bag/bag-info.txt',
				'tag-wrong bag/manifest-sha512.txt',
			],
		],
		[
			'a wrong oxum',
			(root) => replace(join(root, 'bag/bag-info.txt'), 'Payload-Oxum: ', 'Payload-Oxum: 1'),
			['oxum-wrong bag/bag-info.txt', 'tag-wrong bag/bag-info.txt'],
		],
	])('shows %s', async (_, harm, expected) => {
		expect(await tampered(harm)).toEqual(expected);
	});

	it('is reported line by line, with status 3; what is no result with status 2', async () => {
		const root = join(place.path, 'bad');
		await cp(out, root, { recursive: true });
		await rm(join(root, 'poster.webp'));
		const run = await runCli(['verify', root]);
		expect(run.status).toBe(3);
		expect(run.stdout).toMatch(/^file-missing: poster\.webp .*\n.*1 problem\n$/);
		const empty = await runCli(['verify', join(root, 'bag/data')]);
		expect(empty.status).toBe(2);
		expect(empty.stderr).toContain('neither a finished folder nor a bag');
	});
});

async function flip(path: string): Promise<void> {
	const bytes = await readFile(path);
	const at = Math.floor(bytes.length / 2);
	bytes[at] = (bytes[at] ?? 0) ^ 0xff;
	await writeFile(path, bytes);
}

async function cut(path: string): Promise<void> {
	const bytes = await readFile(path);
	await writeFile(path, bytes.subarray(0, Math.floor(bytes.length / 3)));
}

async function replace(path: string, from: string, to: string): Promise<void> {
	await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
}
