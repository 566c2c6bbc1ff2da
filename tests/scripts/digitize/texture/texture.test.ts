import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TextureRole } from '../../../../scripts/digitize/mesh/mesh.ts';
import { decodeTexture } from '../../../../scripts/digitize/texture/raw-texture.ts';
import { encodeTexture } from '../../../../scripts/digitize/texture/texture.ts';
import { ADOBE_RGB, anIccProfile } from '../../../support/icc-profile.ts';
import { aNormalMap } from '../../../support/maps.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

const OPAQUE = { alphaMode: 'OPAQUE' } as const;
const GLAZE = [200, 120, 40];
const PX = 32;

let folder: TemporaryFolder;
let adobe: string;
let linearGrey: string;

beforeAll(async () => {
	folder = await temporaryFolder('profiles');
	adobe = join(folder.path, 'adobe.icc');
	linearGrey = join(folder.path, 'grey.icc');
	await writeFile(adobe, anIccProfile(2.2, ADOBE_RGB));
	await writeFile(linearGrey, anIccProfile(1));
});
afterAll(() => folder?.[Symbol.asyncDispose]());

function sourceOf(bytes: Buffer) {
	return { name: 'map', bytes, widthPx: PX, heightPx: PX, hasAlpha: false };
}

/** A picture of one colour of glaze. */
function glaze(): Sharp {
	const data = Buffer.from(Array.from({ length: PX * PX }, () => GLAZE).flat());
	return sharp(data, { raw: { width: PX, height: PX, channels: 3 } });
}

function grey(): Sharp {
	const raw = { width: PX, height: PX, channels: 1 } as const;
	return sharp(Buffer.alloc(PX * PX, 128), { raw });
}

/** The numbers a file stores, whatever they mean. */
async function stored(bytes: Uint8Array): Promise<number[]> {
	const data = await sharp(bytes, { ignoreIcc: true }).toColourspace('srgb').raw().toBuffer();
	return [...data.subarray(0, 3)];
}

async function encoded(bytes: Buffer, role: TextureRole): Promise<number[]> {
	const { webp } = await encodeTexture(sourceOf(bytes), role, OPAQUE, { px: PX, quality: 100 });
	expect((await sharp(webp).metadata()).icc).toBeUndefined();
	return await stored(webp);
}

function furthest(a: number[], b: number[]): number {
	return Math.max(...a.map((value, k) => Math.abs(value - (b[k] ?? 0))));
}

describe('a colour stored in another way than sRGB', () => {
	const ways: [name: string, make: () => Promise<Buffer>, isFar: boolean, within: number][] = [
		['Display P3', () => glaze().withIccProfile('p3').png().toBuffer(), true, 1],
		['Adobe RGB', () => glaze().withIccProfile(adobe).png().toBuffer(), true, 2],
		['Adobe RGB as JPEG', () => glaze().withIccProfile(adobe).jpeg().toBuffer(), true, 4],
		['16 bits', () => glaze().toColourspace('rgb16').png().toBuffer(), false, 1],
		[
			'Display P3 in 16 bits',
			() => glaze().toColourspace('rgb16').withIccProfile('p3').png().toBuffer(),
			true,
			2,
		],
		[
			'Adobe RGB in 16 bits',
			() => glaze().toColourspace('rgb16').withIccProfile(adobe).tiff().toBuffer(),
			true,
			3,
		],
		[
			// Its blue lies outside what these inks can print.
			'CMYK with a profile',
			() => glaze().toColourspace('cmyk').withIccProfile('cmyk').tiff().toBuffer(),
			false,
			25,
		],
		['CMYK without one', () => glaze().toColourspace('cmyk').tiff().toBuffer(), false, 30],
	];

	it.each(ways)('%s looks the same', async (_, make, isFar, within) => {
		const bytes = await make();
		if (isFar) expect(furthest(await stored(bytes), GLAZE)).toBeGreaterThan(9);
		expect(furthest(await encoded(bytes, 'baseColor'), GLAZE)).toBeLessThanOrEqual(within);
		const raw = await decodeTexture(sourceOf(bytes), PX, false);
		expect(furthest([...raw.data.subarray(0, 3)], GLAZE)).toBeLessThanOrEqual(within);
	});

	it.each([
		['grey', () => grey().toColourspace('b-w').png().toBuffer()],
		['grey of 16 bits', () => grey().toColourspace('grey16').png().toBuffer()],
		[
			'grey under a linear curve',
			() => grey().toColourspace('b-w').withIccProfile(linearGrey).png().toBuffer(),
		],
	])('%s looks the same', async (_, make) => {
		expect(furthest(await encoded(await make(), 'baseColor'), [128, 128, 128])).toBeLessThan(2);
	});

	it('grey of 16 bits under a linear curve is brightened as the curve says', async () => {
		// 16-bit greys are stored as they are: 128 of 255 in linear light is 188 in sRGB.
		const plain = await grey().toColourspace('grey16').png().toBuffer();
		const tagged = await sharp(plain, { ignoreIcc: true })
			.toColourspace('grey16')
			.withIccProfile(linearGrey)
			.png()
			.toBuffer();
		const [before = 0] = await stored(tagged);
		const [after = 0] = await encoded(tagged, 'baseColor');
		const expected = 255 * (1.055 * (before / 255) ** (1 / 2.4) - 0.055);
		expect(Math.abs(after - expected)).toBeLessThan(2);
	});
});

it.each(['normal', 'metallicRoughness', 'occlusion'] as const)(
	'the numbers of a %s map stay, whatever profile they carry',
	async (role) => {
		for (const bytes of [
			await glaze().withIccProfile(adobe).png().toBuffer(),
			await glaze().toColourspace('rgb16').withIccProfile('p3').png().toBuffer(),
		]) {
			const numbers = await stored(bytes);
			const kept = role === 'occlusion' ? Array(3).fill(numbers[0]) : numbers;
			expect(furthest(await encoded(bytes, role), kept)).toBeLessThanOrEqual(2);
		}
	},
);

it('a normal map keeps unit length when it shrinks', async () => {
	const { bytes, px } = await aNormalMap();
	const source = { name: 'normal', bytes, widthPx: px, heightPx: px, hasAlpha: false };
	const plain = await sharp(bytes)
		.resize(px / 8, px / 8, { kernel: 'linear' })
		.raw()
		.toBuffer();
	const { webp } = await encodeTexture(source, 'normal', OPAQUE, { px: px / 8, quality: 100 });
	expect(meanLength(plain)).toBeLessThan(0.9);
	expect(Math.abs(meanLength(await sharp(webp).raw().toBuffer()) - 1)).toBeLessThan(0.01);
});

function meanLength(data: Uint8Array): number {
	let sum = 0;
	for (let i = 0; i < data.length; i += 3) {
		sum += Math.hypot(...[...data.subarray(i, i + 3)].map((byte) => byte / 127.5 - 1));
	}
	return sum / (data.length / 3);
}
