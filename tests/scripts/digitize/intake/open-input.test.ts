import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openInput } from '../../../../scripts/digitize/intake/open-input.ts';
import { unpackArchive } from '../../../../scripts/digitize/intake/unpack-archive.ts';
import { RefusalError } from '../../../../scripts/digitize/refusal-error.ts';
import { aGlb, anObj, aPly } from '../../../support/meshes.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { aForgedZip, aUsdz, aZip, type ZipEntry } from '../../../support/zips.ts';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

let place: TemporaryFolder;
let run = 0;
const at = (path: string) => join(place.path, String(run), path);

beforeAll(async () => {
	place = await temporaryFolder('intake');
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(() => {
	run += 1;
});

async function put(path: string, bytes: Uint8Array | string): Promise<string> {
	await mkdir(dirname(at(path)), { recursive: true });
	await writeFile(at(path), bytes);
	return at(path);
}

const open = (path: string) => openInput(path, at('unpacked'));

async function refusal(promise: Promise<unknown>): Promise<string> {
	const error = await promise.then(
		() => undefined,
		(e: unknown) => e,
	);
	if (!(error instanceof RefusalError)) throw new Error(`not refused: ${String(error)}`);
	expect(error.message).toMatch(/ — \w/);
	expect(error.message).not.toContain(place.path);
	return error.code;
}

describe('a folder', () => {
	it('gives its one scan, with a hash and a size of all it holds', async () => {
		await put('vase/model.obj', anObj());
		await put('vase/maps/glaze.png', 'pixels');
		await put('vase/.DS_Store', 'left behind');
		await put('vase/source/raw.zip', 'an archive within');
		const source = await open(at('vase/'));
		const lines = `${sha256('pixels')}  maps/glaze.png\n${sha256(anObj())}  model.obj\n`;
		expect(source).toMatchObject({
			name: 'model.obj',
			root: at('vase'),
			sha256: sha256(lines),
			handedIn: { name: 'vase', sizeBytes: anObj().length + 6, sha256: sha256(lines) },
		});
	});

	it('never follows a link out of itself', async () => {
		await put('outside.glb', aGlb());
		await put('vase/readme.txt', 'nothing');
		await symlink(at('outside.glb'), at('vase/scan.glb'));
		expect(await refusal(open(at('vase')))).toBe('archive-empty');
	});

	it('is refused with several scans in it, which are named', async () => {
		await put('two/a.glb', aGlb());
		await put('two/b.ply', aPly());
		await expect(open(at('two'))).rejects.toThrow(/"a\.glb", "b\.ply"/);
		expect(await refusal(open(at('two')))).toBe('archive-ambiguous');
	});

	it('takes a lone picture, and pictures beside a surface for its textures', async () => {
		await put('page/scan.jpg', '');
		await writeFile(at('page/scan.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0]));
		expect((await open(at('page'))).name).toBe('scan.jpg');
		await put('page/bowl.stl', 'solid x\nendsolid x\n');
		expect((await open(at('page'))).name).toBe('bowl.stl');
	});
});

describe('a ZIP', () => {
	it('gives its one scan, and its own name, size and hash', async () => {
		const zip = await aZip({ 'source/bowl.ply': aPly(), 'textures/a.png': 'pixels' });
		const path = await put('bowl.zip', zip);
		const source = await open(path);
		expect(source).toMatchObject({
			name: 'bowl.ply',
			sha256: sha256(zip),
			handedIn: { name: 'bowl.zip', sizeBytes: zip.length, sha256: sha256(zip) },
		});
		expect(await readFile(join(source.root, 'textures/a.png'), 'utf8')).toBe('pixels');
	});

	it('reads names that Chinese Windows wrote', async () => {
		const name = Buffer.from([0xb9, 0xde, 0x2e, 0x6f, 0x62, 0x6a]); // 罐.obj in GB18030
		const path = await put('jar.zip', aForgedZip([{ name, bytes: anObj() }]));
		expect((await open(path)).name).toBe('罐.obj');
	});

	it('is refused empty, cut, or with a USDZ alone', async () => {
		expect(await refusal(open(await put('empty.zip', await aZip({}))))).toBe('archive-empty');
		const zip = await aZip({ 'a.ply': aPly() });
		expect(await refusal(open(await put('cut.zip', zip.subarray(0, 900))))).toBe('file-truncated');
		const usdz = await aZip({ 'a.usdz': aUsdz() });
		expect(await refusal(open(await put('ar.zip', usdz)))).toBe('usdz-alone');
		expect(await refusal(open(await put('a.usdz', aUsdz())))).toBe('usdz-alone');
	});

	const obj = anObj();
	const link = Buffer.from('/etc/passwd');
	it.each<[string, ZipEntry[]]>([
		['climbs', [{ name: '../evil.obj', bytes: obj }]],
		['climbs with backslashes', [{ name: 'a\\..\\..\\evil.obj', bytes: obj }]],
		['starts at the root', [{ name: '/etc/evil.obj', bytes: obj }]],
		['names a drive', [{ name: 'C:/evil.obj', bytes: obj }]],
		['holds a zero byte', [{ name: 'a\0.obj', bytes: obj }]],
		['is a link', [{ name: 'a.obj', bytes: link, mode: 0o120777 }]],
		['is a device', [{ name: 'a.obj', bytes: '', mode: 0o020666 }]],
		['is locked', [{ name: 'a.obj', bytes: obj, flags: 1 }]],
		[
			'comes twice',
			[
				{ name: 'a.obj', bytes: obj },
				{ name: 'A.OBJ', bytes: obj },
			],
		],
		[
			'is file and folder',
			[
				{ name: 'a', bytes: obj },
				{ name: 'a/b.obj', bytes: obj },
			],
		],
		['is a bomb', [{ name: 'a.ply', bytes: Buffer.alloc(8_000_000) }]],
		['is a bomb of text', [{ name: 'a.obj', bytes: Buffer.alloc(8_000_000, '# ') }]],
		['says too little', [{ name: 'a.ply', bytes: Buffer.alloc(8_000_000), sizeBytes: 1000 }]],
		['says too much', [{ name: 'a.obj', bytes: obj, sizeBytes: 900_000 }]],
		['has a wrong checksum', [{ name: 'a.obj', bytes: obj, checksum: 7 }]],
	])('is refused when an entry %s', async (_what, entries) => {
		const path = await put('evil.zip', aForgedZip(entries));
		expect(await refusal(open(path))).toBe('archive-unsafe');
	});

	it('is refused beyond its number of entries and bytes, whatever its headers say', async () => {
		const files = Object.fromEntries([1, 2, 3].map((i) => [`${i}.txt`, 'x'.repeat(100)]));
		const path = await put('many.zip', await aZip(files));
		const limits = { entries: 3, totalBytes: 300, ratio: 200 };
		await unpackArchive(path, at('fits'), 'many.zip', limits);
		const few = { ...limits, entries: 2 };
		expect(await refusal(unpackArchive(path, at('no'), 'many.zip', few))).toBe('archive-unsafe');
		const small = { ...limits, totalBytes: 299 };
		expect(await refusal(unpackArchive(path, at('no'), 'many.zip', small))).toBe('archive-unsafe');
	});
});

describe('what is no file', () => {
	it('is refused at once, also a pipe that nobody writes to', async () => {
		const pipe = at('pipe.obj');
		await mkdir(dirname(pipe), { recursive: true });
		execFileSync('/usr/bin/mkfifo', [pipe]);
		expect(await refusal(open(pipe))).toBe('file-unreadable');
	});
});

describe('a USDZ beside a scan', () => {
	it('goes along: the one of the same name, or the only one', async () => {
		await put('bell/bell.glb', aGlb());
		await put('bell/ar/phone.usdz', aUsdz());
		expect((await open(at('bell'))).usdz).toBe(at('bell/ar/phone.usdz'));
		await put('bell/BELL.usdz', aUsdz());
		expect((await open(at('bell'))).usdz).toBe(at('bell/BELL.usdz'));
	});

	it('stays out, with a finding, when a phone would not open it', async () => {
		const packed = aForgedZip([{ name: 'a.usda', bytes: '#usda 1.0' }]);
		const reversed = aForgedZip([
			{ name: 'a.png', bytes: 'p', isStored: true, alignment: 64 },
			{ name: 'a.usda', bytes: '#usda 1.0', isStored: true, alignment: 64 },
		]);
		for (const usdz of [packed, reversed, aUsdz(63), Buffer.from('no zip at all')]) {
			run += 1;
			await put('bell/bell.glb', aGlb());
			await put('bell/bell.usdz', usdz);
			const source = await open(at('bell'));
			expect(source.usdz).toBeUndefined();
			expect(source.findings).toMatchObject([{ code: 'usdz-left-out' }]);
		}
	});
});

describe('what lies beside a recording', () => {
	const namesOf = (paths: string[] | undefined) => paths?.map((path) => path.split('/').at(-1));

	it('are its captions: by its name with a language or without, or by a language alone', async () => {
		await put('film/Talk.mp4', 'film');
		for (const name of ['talk.vtt', 'talk.zh-CN.vtt', 'Talk.mp4.de.vtt', 'subs/en.vtt']) {
			await put(`film/${name}`, 'WEBVTT');
		}
		const { captions, findings } = await open(at('film'));
		expect(namesOf(captions)).toEqual(['Talk.mp4.de.vtt', 'en.vtt', 'talk.vtt', 'talk.zh-CN.vtt']);
		expect(findings).toEqual([]);
	});

	it('is a finding where captions have another name, unless they are the only ones', async () => {
		await put('one/talk.mp3', 'sound');
		await put('one/words.vtt', 'WEBVTT');
		expect(namesOf((await open(at('one'))).captions)).toEqual(['words.vtt']);
		await put('one/talk.en.vtt', 'WEBVTT');
		const { captions, findings } = await open(at('one'));
		expect(namesOf(captions)).toEqual(['talk.en.vtt']);
		expect(findings).toEqual([
			{ code: 'captions-left-out', level: 'warning', values: { files: 1, file: 'words.vtt' } },
		]);
	});

	it('decides nothing of the hash that its film is coded by, but of that of the whole', async () => {
		await put('film/talk.mp4', 'film');
		await put('film/talk.vtt', 'WEBVTT');
		const first = await open(at('film'));
		await put('film/talk.vtt', 'WEBVTT again');
		const second = await open(at('film'));
		expect(second.sha256).toBe(first.sha256);
		expect(second.handedIn?.sha256).not.toBe(first.handedIn?.sha256);
	});
});

describe('files beside a scan that nothing is made of', () => {
	it('are counted, and one is named; textures and materials are not among them', async () => {
		await put('vase/vase.obj', anObj());
		for (const name of ['vase.mtl', 'maps/glaze.png', 'licence.txt', 'zz.pdf']) {
			await put(`vase/${name}`, 'x');
		}
		expect((await open(at('vase'))).findings).toEqual([
			{ code: 'files-left-out', level: 'info', values: { files: 2, file: 'licence.txt' } },
		]);
	});
});
