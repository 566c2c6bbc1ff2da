import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { hashesOf, holds, makePiece } from '../make-piece.ts';
import { HEIGHT, type Info, raw, tilesOf, WIDTH } from './pictures.ts';

async function meanDifference(a: Buffer, b: Buffer): Promise<number> {
	expect(a.length).toBe(b.length);
	let sum = 0;
	for (const [i, value] of a.entries()) sum += Math.abs(value - (b[i] ?? 0));
	return sum / a.length;
}

describe('a picture as a piece', () => {
	let folder: TemporaryFolder;
	let info: Info;
	let out: string;

	beforeAll(async () => {
		folder = await temporaryFolder('image');
		out = join(folder.path, 'out');
		const path = join(folder.path, 'scroll.tif');
		await raw().tiff({ compression: 'lzw', tile: true, bigtiff: true }).toFile(path);
		await makePiece('image', path, out);
		await makePiece('image', path, join(folder.path, 'again'));
		info = JSON.parse(await readFile(join(out, 'iiif/info.json'), 'utf8'));
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	it('lies as IIIF tiles where its info.json says, each of the size it says', async () => {
		expect(info).toMatchObject({ id: '.', width: WIDTH, height: HEIGHT });
		const tiles = tilesOf(info);
		expect(tiles.length).toBeGreaterThan(6);
		for (const { path, width, height } of tiles) {
			const found = await sharp(join(out, 'iiif', path)).metadata();
			expect([path, found.width, found.height]).toEqual([path, width, height]);
		}
		for (const { width, height } of info.sizes) {
			const whole = await sharp(join(out, `iiif/full/${width},${height}/0/default.jpg`)).metadata();
			expect([whole.width, whole.height]).toEqual([width, height]);
		}
		const max = await sharp(join(out, 'iiif/full/max/0/default.jpg')).metadata();
		expect(max.width).toBe(info.maxWidth ?? WIDTH);
	});

	it.each([1, 2])('is whole again when the tiles of factor %i are put together', async (factor) => {
		const tiles = tilesOf(info).filter((tile) => tile.factor === factor);
		const size = { width: Math.ceil(WIDTH / factor), height: Math.ceil(HEIGHT / factor) };
		const canvas = sharp({ create: { ...size, channels: 3, background: '#f0f' } });
		const inputs = tiles.map(({ path, left, top }) => ({
			input: join(out, 'iiif', path),
			left,
			top,
		}));
		const joined = await canvas.composite(inputs).removeAlpha().raw().toBuffer();
		const wanted = await raw().resize(size.width, size.height, { fit: 'fill' }).raw().toBuffer();
		expect(await meanDifference(joined, wanted)).toBeLessThan(2);
	});

	it('has one pyramidal tiled master in sRGB that any region can be cut from', async () => {
		const path = join(out, 'master.tif');
		const master = await sharp(path).metadata();
		expect(master).toMatchObject({ width: WIDTH, height: HEIGHT, pages: 3, space: 'srgb' });
		expect(master).toMatchObject({ depth: 'uchar', hasProfile: true });
		const region = { left: 500, top: 300, width: 256, height: 200 };
		const cut = await sharp(path).extract(region).raw().toBuffer();
		const wanted = await raw().extract(region).raw().toBuffer();
		expect(await meanDifference(cut, wanted)).toBeLessThan(2);
	});

	it('gives the same bytes again', async () => {
		expect(await hashesOf(join(folder.path, 'again'))).toEqual(await hashesOf(out));
	});
});

/** A grey TIFF of 16 bits, as scanners write it, all of one value. */
function aDeepTiff(side: number, value: number): Buffer {
	const tags = [
		[256, side],
		[257, side],
		[258, 16],
		[259, 1],
		[262, 1],
		[273, 256],
		[277, 1],
		[278, side],
		[279, side * side * 2],
	] as const;
	const bytes = Buffer.alloc(256 + side * side * 2);
	bytes.write('II*\0\u0008', 'latin1');
	bytes.writeUInt16LE(tags.length, 8);
	for (const [i, [tag, content]] of tags.entries()) {
		bytes.writeUInt16LE(tag, 10 + i * 12);
		bytes.writeUInt16LE(4, 12 + i * 12);
		bytes.writeUInt32LE(1, 14 + i * 12);
		bytes.writeUInt32LE(content, 18 + i * 12);
	}
	new Uint16Array(bytes.buffer, bytes.byteOffset + 256, side * side).fill(value);
	return bytes;
}

describe('pictures as museums keep them', () => {
	let folder: TemporaryFolder;

	beforeAll(async () => {
		folder = await temporaryFolder('pictures');
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	async function make(name: string, picture: Sharp) {
		const path = join(folder.path, name);
		await picture.toFile(path);
		const out = join(folder.path, `${name}-out`);
		const manifest = await makePiece('image', path, out);
		const report = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
		const codes = report.findings.map((finding: { code: string }) => finding.code);
		return { out, manifest, report, codes };
	}

	it('turns a phone photo upright, tells its camera, and keeps its place and owner to itself', async () => {
		const photo = raw(600, 400)
			.withMetadata({ orientation: 6 })
			.withExifMerge({
				IFD0: { Make: 'Huawei', Model: 'P60', Artist: 'Zhang Secret' },
				IFD2: {
					LensModel: 'XMAGE 24mm',
					DateTimeOriginal: '2024:05:01 10:20:30',
					ExposureTime: '1/50',
					BodySerialNumber: 'SN-0815-4711',
				},
				IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 56/1 4711/100' },
			})
			.jpeg();
		const { out, manifest, report, codes } = await make('photo.jpg', photo);
		expect(manifest.source).toMatchObject({ widthPx: 400, heightPx: 600 });
		expect(report.measures.facts).toMatchObject({
			camera: 'Huawei P60',
			lens: 'XMAGE 24mm',
			takenAt: '2024-05-01T10:20:30',
			exposureS: 0.02,
		});
		expect(codes).toEqual(expect.arrayContaining(['location-removed', 'image-turned']));
		for (const secret of ['Zhang Secret', 'SN-0815-4711', 'GPS', 'Exif\0\0', 'Huawei']) {
			const files = await holds(out, secret);
			expect(files.filter((file) => file !== 'report.json')).toEqual([]);
		}
		expect(await holds(out, 'Secret')).toEqual([]);
		expect(await holds(out, '0815')).toEqual([]);
	});

	it('brings wide gamut, CMYK and 16 bits to sRGB, and says so', async () => {
		const flat = sharp({
			create: { width: 64, height: 64, channels: 3, background: { r: 200, g: 60, b: 50 } },
		});
		const p3 = await make('p3.png', flat.clone().withIccProfile('p3').png());
		const stats = await sharp(join(p3.out, 'master.tif')).stats();
		expect(stats.channels.map((c) => Math.round(c.mean / 8))).toEqual([25, 8, 6]);
		const cmyk = await make(
			'cmyk.jpg',
			flat.clone().toColourspace('cmyk').withIccProfile('cmyk').jpeg(),
		);
		expect(cmyk.codes).toContain('image-from-cmyk');
		const [red, green] = (await sharp(join(cmyk.out, 'master.tif')).stats()).channels;
		expect(red?.mean).toBeGreaterThan(170);
		expect(green?.mean).toBeLessThan(100);
		const deep = await make(
			'deep.png',
			flat.clone().pipelineColourspace('rgb16').toColourspace('rgb16').png(),
		);
		expect(deep.codes).toContain('image-from-deep');
		const [deepRed] = (await sharp(join(deep.out, 'master.tif')).stats()).channels;
		expect(Math.abs((deepRed?.mean ?? 0) - 200)).toBeLessThan(3);
	});

	it('reads a 16-bit scan of a page', async () => {
		const path = join(folder.path, 'page.tif');
		await writeFile(path, aDeepTiff(300, 40_000));
		const out = join(folder.path, 'page-out');
		await makePiece('image', path, out);
		const [grey] = (await sharp(join(out, 'master.tif')).stats()).channels;
		expect(Math.abs((grey?.mean ?? 0) - (40_000 / 65_535) * 255)).toBeLessThan(2);
		expect(await readFile(join(out, 'report.json'), 'utf8')).toContain('"image-from-deep"');
	});

	it('takes a stamp of nine pixels and a scroll of twenty thousand', async () => {
		const create = { channels: 3, background: '#a84' } as const;
		const stamp = sharp({ create: { ...create, width: 9, height: 7 } });
		const small = await make('stamp.png', stamp.png());
		expect(small.manifest.master).toMatchObject({ widthPx: 9, heightPx: 7, levels: 1 });
		const scroll = sharp({ create: { ...create, width: 20_000, height: 300 } });
		const long = await make('scroll.png', scroll.png());
		expect(long.manifest.poster).toMatchObject({ widthPx: 1600, heightPx: 24 });
	});

	it('takes the first of several pages and says so; a pyramid is one picture', async () => {
		const pages = [raw(60, 40), raw(60, 40)].map((page) => page.png().toBuffer());
		const book = sharp(await Promise.all(pages), { join: { animated: true } }).tiff();
		const { codes, manifest } = await make('book.tif', book);
		expect(codes).toContain('image-pages');
		expect(manifest.source).toMatchObject({ widthPx: 60, heightPx: 40 });
		const pyramid = raw(600, 400).tiff({
			pyramid: true,
			tile: true,
			tileWidth: 256,
			tileHeight: 256,
		});
		expect((await make('pyramid.tif', pyramid)).codes).not.toContain('image-pages');
	});

	it('reads the scale of a scanner, and lays transparency on white', async () => {
		const drawing = sharp({
			create: { width: 200, height: 100, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
		});
		const { out, manifest, codes } = await make(
			'drawing.png',
			drawing.withMetadata({ density: 600 }).png(),
		);
		expect(manifest.source.pxPerMm).toBeCloseTo(600 / 25.4, 2);
		expect(codes).toEqual(expect.arrayContaining(['image-scale-known', 'image-on-white']));
		const [channel] = (await sharp(join(out, 'poster.webp')).stats()).channels;
		expect(channel?.mean).toBeGreaterThan(250);
	});
});
