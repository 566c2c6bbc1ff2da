import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { makePiece } from '../make-piece.ts';
import { type Info, raw, tilesOf } from './pictures.ts';

describe('a picture of any kind', () => {
	let folder: TemporaryFolder;

	beforeAll(async () => {
		folder = await temporaryFolder('kinds');
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	async function make(name: string, picture: Sharp) {
		const path = join(folder.path, name);
		await picture.toFile(path);
		const out = join(folder.path, `${name}-out`);
		return { out, manifest: await makePiece('image', path, out) };
	}

	it.each([
		[2, 'bad'],
		[3, 'dcb'],
		[4, 'cda'],
		[5, 'acb'],
		[6, 'cad'],
		[7, 'dbc'],
		[8, 'bda'],
	])('turns a photo upright by its EXIF orientation %i', async (orientation, corners) => {
		const colours = { a: '#c83c32', b: '#3caa46', c: '#3246be', d: '#dcc83c' };
		const quarter = { width: 32, height: 24, channels: 3 } as const;
		const laid = [colours.a, colours.b, colours.c, colours.d].map((background, i) => ({
			input: { create: { ...quarter, background } },
			left: (i % 2) * 32,
			top: i < 2 ? 0 : 24,
		}));
		const photo = sharp({ create: { ...quarter, width: 64, height: 48, background: '#000' } });
		const jpeg = photo.composite(laid).withMetadata({ orientation }).jpeg({ quality: 95 });
		const { out } = await make(`turned-${orientation}.jpg`, jpeg);
		const { data, info } = await sharp(join(out, 'master.tif'))
			.raw()
			.toBuffer({ resolveWithObject: true });
		expect([info.width, info.height]).toEqual(orientation < 5 ? [64, 48] : [48, 64]);
		const seen = [0.25, 0.75].flatMap((y) =>
			[0.25, 0.75].map((x) => {
				const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
				return Object.entries(colours).find(([, hex]) =>
					[1, 3, 5].every(
						(k, c) => Math.abs(Number.parseInt(hex.slice(k, k + 2), 16) - (data[at + c] ?? 0)) < 12,
					),
				)?.[0];
			}),
		);
		expect(seen.slice(0, 3).join('')).toBe(corners);
	});

	it.each([
		['lines.tif', () => raw(64, 48).threshold(128).toColourspace('b-w').tiff({ bitdepth: 1 })],
		['few.png', () => raw(64, 48).png({ palette: true, colours: 4 })],
		['web.webp', () => raw(64, 48).webp()],
		['small.avif', () => raw(64, 48).avif({ effort: 0 })],
		['deep.avif', () => raw(64, 48).avif({ effort: 0, bitdepth: 10 })],
		['dot.png', () => raw(1, 1).png()],
		['strip.tif', () => raw(3000, 2).tiff()],
	])('takes %s', async (name, picture) => {
		const { out, manifest } = await make(name, picture());
		const info: Info = JSON.parse(await readFile(join(out, 'iiif/info.json'), 'utf8'));
		for (const { path, width, height } of tilesOf(info)) {
			const tile = await sharp(join(out, 'iiif', path)).metadata();
			expect([path, tile.width, tile.height]).toEqual([path, width, height]);
		}
		const { widthPx, heightPx } = manifest.master;
		expect([info.width, info.height]).toEqual([widthPx, heightPx]);
		expect(await sharp(join(out, 'master.tif')).metadata()).toMatchObject({
			space: 'srgb',
			channels: 3,
			depth: 'uchar',
		});
	});
});
