import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { hashesOf, makePiece, refusalOf } from '../make-piece.ts';

const WIDTH = 1024;
const HEIGHT = 512;

type Rgb = readonly [number, number, number];

/** A panorama coloured by the direction: red grows with +X, green with +Y, blue with +Z. */
function byDirection(column: number, row: number): Rgb {
	const longitude = ((column + 0.5) / WIDTH - 0.5) * 2 * Math.PI;
	const latitude = (0.5 - (row + 0.5) / HEIGHT) * Math.PI;
	const x = Math.cos(latitude) * Math.sin(longitude);
	const z = -Math.cos(latitude) * Math.cos(longitude);
	return [128 + x * 100, 128 + Math.sin(latitude) * 100, 128 + z * 100];
}

function aPanorama(): Sharp {
	const data = Buffer.alloc(WIDTH * HEIGHT * 3);
	for (let row = 0; row < HEIGHT; row += 1) {
		for (let column = 0; column < WIDTH; column += 1) {
			data.set(byDirection(column, row), (row * WIDTH + column) * 3);
		}
	}
	return sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
}

/** The axis each face looks along, and those that lie right of it and above it in its picture. */
const FRAMES: Record<string, { look: Rgb; right: Rgb; up: Rgb }> = {
	px: { look: [1, 0, 0], right: [0, 0, 1], up: [0, 1, 0] },
	nx: { look: [-1, 0, 0], right: [0, 0, -1], up: [0, 1, 0] },
	py: { look: [0, 1, 0], right: [1, 0, 0], up: [0, 0, 1] },
	ny: { look: [0, -1, 0], right: [1, 0, 0], up: [0, 0, -1] },
	pz: { look: [0, 0, 1], right: [-1, 0, 0], up: [0, 1, 0] },
	nz: { look: [0, 0, -1], right: [1, 0, 0], up: [0, 1, 0] },
};

describe('a panorama as a piece', () => {
	let folder: TemporaryFolder;
	let out: string;

	beforeAll(async () => {
		folder = await temporaryFolder('panorama');
		out = join(folder.path, 'out');
		const path = join(folder.path, 'hall.png');
		await aPanorama().png().toFile(path);
		await makePiece('panorama', path, out, { kind: 'panorama' });
		await makePiece('panorama', path, join(folder.path, 'again'), { kind: 'panorama' });
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	it.each(Object.entries(FRAMES))(
		'has every place of face %s in its direction, edges too',
		async (face, frame) => {
			const path = join(out, `faces/0/${face}/0-0.webp`);
			const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
			let worst = 0;
			for (let row = 0; row < info.height; row += 1) {
				for (let column = 0; column < info.width; column += 1) {
					const u = ((column + 0.5) / info.width) * 2 - 1;
					const v = 1 - ((row + 0.5) / info.height) * 2;
					const along = frame.look.map(
						(l, k) => l + u * (frame.right[k] ?? 0) + v * (frame.up[k] ?? 0),
					);
					const length = Math.hypot(...along);
					for (const [k, part] of along.entries()) {
						const wanted = 128 + (part / length) * 100;
						const found = data[(row * info.width + column) * 3 + k] ?? 0;
						worst = Math.max(worst, Math.abs(found - wanted));
					}
				}
			}
			expect(worst).toBeLessThan(12);
		},
	);

	it('names tiles of 512 pixels in levels, and shows its middle on the poster', async () => {
		const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
		expect(manifest.faces).toMatchObject({ tilePx: 512, count: 6, levels: [{ facePx: 512 }] });
		const { data, info } = await sharp(join(out, 'poster.webp'))
			.raw()
			.toBuffer({ resolveWithObject: true });
		const middle = ((info.height >> 1) * info.width + (info.width >> 1)) * 3;
		expect([...data.subarray(middle, middle + 3)].map((v) => Math.round(v / 10))).toEqual([
			13, 13, 3,
		]);
	});

	it('gives the same bytes again', async () => {
		expect(await hashesOf(join(folder.path, 'again'))).toEqual(await hashesOf(out));
	});

	it('is known by its GPano metadata, and refused when it is a part of a sphere or no sphere', async () => {
		const xmp = (part: number) =>
			`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" GPano:ProjectionType="equirectangular" GPano:CroppedAreaImageWidthPixels="${part}" GPano:FullPanoWidthPixels="1024"/></rdf:RDF></x:xmpmeta>`;
		const take = async (name: string, picture: Sharp) => {
			const path = join(folder.path, name);
			await writeFile(path, await picture.jpeg().toBuffer());
			return await refusalOf(makePiece('panorama', path, join(folder.path, `${name}-out`)));
		};
		expect(await take('part.jpg', aPanorama().withXmp(xmp(800)))).toMatch(/^panorama-shape: part/);
		const square = aPanorama().resize(600, 600, { fit: 'fill' });
		expect(await take('square.jpg', square.withXmp(xmp(1024)))).toMatch(/^panorama-shape: square/);
		const small = aPanorama().resize(64, 32).withXmp(xmp(1024));
		expect(await take('whole.jpg', small)).toBeUndefined();
	});
});
