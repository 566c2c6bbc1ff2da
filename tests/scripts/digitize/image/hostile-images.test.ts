import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { makePiece, refusalOf } from '../make-piece.ts';

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const head = Buffer.alloc(4);
	head.writeUInt32BE(data.length);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(crc32(body));
	return Buffer.concat([head, body, sum]);
}

/** A PNG that announces a square of `side` grey pixels in a few bytes. */
function aPngBomb(side: number): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([8, 0, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

/** A little-endian TIFF of these tags: number, type (3 short, 4 long), value. */
function aTiff(tags: readonly (readonly [tag: number, type: number, value: number])[]): Buffer {
	const bytes = Buffer.alloc(8 + 2 + tags.length * 12 + 4 + 64);
	bytes.write('II*\0', 0, 'latin1');
	bytes.writeUInt32LE(8, 4);
	bytes.writeUInt16LE(tags.length, 8);
	for (const [i, [tag, type, value]] of tags.entries()) {
		const at = 10 + i * 12;
		bytes.writeUInt16LE(tag, at);
		bytes.writeUInt16LE(type, at + 2);
		bytes.writeUInt32LE(1, at + 4);
		bytes.writeUInt32LE(value, at + 8);
	}
	return bytes;
}

/** The beginning of a file of boxes, as HEIC and JPEG 2000 are made of. */
function aBox(type: string): Buffer {
	return Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(type, 'latin1'), Buffer.alloc(40)]);
}

async function aJpeg(): Promise<Buffer> {
	const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
	const create = { width: 800, height: 600, channels: 3, background: '#888', noise } as const;
	return await sharp({ create }).jpeg().toBuffer();
}

const ABSURD = 4_000_000_000;

describe('a picture that cannot be used', () => {
	let folder: TemporaryFolder;

	beforeAll(async () => {
		folder = await temporaryFolder('hostile-images');
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	it.each([
		['bomb.png', () => aPngBomb(30_000), 'image-too-large'],
		['dense.png', () => aPngBomb(15_000), 'image-too-large'],
		['cut.jpg', async () => (await aJpeg()).subarray(0, 20_000), 'image-unreadable'],
		[
			'vector.png',
			() => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
			'format-unknown',
		],
		['paper.jpg', () => Buffer.from('%PDF-1.7 and so on'), 'format-unknown'],
		['photo.png', aJpeg, 'extension-wrong'],
		['phone.heic', () => aBox('ftypheic'), 'format-unknown'],
		['archive.jp2', () => aBox('jP  '), 'format-unknown'],
		['old.gif', () => Buffer.from('GIF89a'), 'format-unknown'],
		['raw.dng', () => Buffer.from('II*\0\u0008\0\0\0', 'latin1'), 'format-unknown'],
		['head.tif', () => Buffer.from('II*\0\u0008\0\0\0', 'latin1'), 'image-unreadable'],
		[
			'tile.tif',
			() =>
				aTiff([
					[256, 4, 60_000],
					[257, 4, 60_000],
					[258, 3, 8],
					[259, 3, 1],
					[262, 3, 1],
					[277, 3, 1],
					[322, 4, ABSURD],
					[323, 4, ABSURD],
					[324, 4, 8],
					[325, 4, 64],
				]),
			'image-unreadable',
		],
		[
			'wide.tif',
			() =>
				aTiff([
					[256, 4, ABSURD],
					[257, 4, ABSURD],
					[258, 3, 8],
					[259, 3, 1],
					[262, 3, 1],
					[273, 4, 8],
					[277, 3, 1],
					[278, 4, ABSURD],
					[279, 4, 64],
				]),
			'image-unreadable',
		],
		[
			'height-map.tif',
			() =>
				aTiff([
					[256, 4, 4],
					[257, 4, 4],
					[258, 3, 32],
					[259, 3, 1],
					[262, 3, 1],
					[273, 4, 8],
					[277, 3, 1],
					[278, 4, 4],
					[279, 4, 64],
					[339, 3, 3],
				]),
			'image-unreadable',
		],
	] as const)('%s is refused', async (name, bytes, code) => {
		const path = join(folder.path, name);
		await writeFile(path, await bytes());
		const refusal = await refusalOf(makePiece('image', path, join(folder.path, 'out')));
		expect(refusal).toMatch(new RegExp(`^${code}: ${name} .+ — .+`));
		expect(refusal).not.toContain(folder.path);
		expect(await readdir(folder.path)).not.toContain('out');
	});
});
