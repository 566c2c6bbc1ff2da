/// <reference path="../../../../scripts/digitize/untyped-packages.d.ts" />
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { validateBytes } from 'gltf-validator';
import {
	KHR_DF_MODEL_ETC1S,
	KHR_DF_MODEL_UASTC,
	KHR_DF_PRIMARIES_BT709,
	KHR_DF_PRIMARIES_UNSPECIFIED,
	KHR_DF_TRANSFER_LINEAR,
	KHR_DF_TRANSFER_SRGB,
	KHR_SUPERCOMPRESSION_BASISLZ,
	KHR_SUPERCOMPRESSION_ZSTD,
	type KTX2Container,
	read,
} from 'ktx-parse';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpatialManifest } from '#schema/asset/asset-manifest';
import { digitize } from '../../../../scripts/digitize/digitize.ts';
import type { TextureRole } from '../../../../scripts/digitize/mesh/mesh.ts';
import { DIGITIZE_DEFAULTS } from '../../../../scripts/digitize/options.ts';
import { encodeKtx2 } from '../../../../scripts/digitize/texture/encode-ktx2.ts';
import { tierImages } from '../../../../scripts/digitize/texture/swap-images.ts';
import { aNormalMap } from '../../../support/maps.ts';
import { aBall, aGlb, aTexture, type LooseGltf } from '../../../support/meshes.ts';
import { spatial } from '../../../support/spatial.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

/** Not a multiple of four, so that it has to give way. */
const TEXTURE_PX = 270;

/** A ball of one material with a base colour and the same picture as its roughness and metal. */
async function aScan(): Promise<Buffer> {
	const change = (json: LooseGltf) => {
		const [material] = json.materials as { pbrMetallicRoughness: LooseGltf }[];
		if (material) material.pbrMetallicRoughness.metallicRoughnessTexture = { index: 0 };
	};
	return aGlb({ mesh: aBall(600), texture: await aTexture(TEXTURE_PX), change });
}

describe('digitising again with --ktx2', () => {
	let folder: TemporaryFolder;
	let fast: SpatialManifest;
	let full: SpatialManifest;
	const file = (run: string, name: string) => readFile(join(folder.path, run, name));

	beforeAll(async () => {
		folder = await temporaryFolder('ktx2');
		const scan = join(folder.path, 'scan.glb');
		await writeFile(scan, await aScan());
		const run = async (out: string, ktx2: boolean) => {
			const { signal } = new AbortController();
			const cacheDir = join(folder.path, 'cache');
			const options = {
				...DIGITIZE_DEFAULTS,
				fast: true,
				ktx2,
				cacheDir,
				signal,
				onProgress: () => undefined,
			};
			return spatial(await digitize(scan, join(folder.path, out), options));
		};
		fast = await run('fast', false);
		full = await run('full', true);
	}, 300_000);
	afterAll(() => folder?.[Symbol.asyncDispose]());

	it('adds files and changes none', async () => {
		const before = await readdir(join(folder.path, 'fast'));
		const after = await readdir(join(folder.path, 'full'));
		const added = after.filter((name) => !before.includes(name));
		expect(added.filter((name) => !name.endsWith('.br'))).toEqual(['low.ktx2.glb']);
		const lists = ['manifest.json', 'sha256sums.txt'];
		for (const name of before.filter((each) => !lists.includes(each))) {
			expect((await file('full', name)).equals(await file('fast', name)), name).toBe(true);
		}
	});

	it('adds to the manifest and changes nothing else in it', () => {
		expect(fast.recipe.options.ktx2).toBe(false);
		expect({
			...full,
			tiers: full.tiers.map(({ ktx2: _, ...tier }) => tier),
			recipe: { ...full.recipe, options: { ...full.recipe.options, ktx2: false } },
			profiles: fast.profiles,
		}).toEqual(fast);
		expect([fast.profiles?.headset?.texture, full.profiles?.headset?.texture]).toEqual([
			'webp',
			'ktx2',
		]);
		expect(full.tiers.map((tier) => tier.ktx2 !== undefined)).toEqual([false, true]);
	});

	it('remembers each map by itself', async () => {
		const steps = await readdir(join(folder.path, 'cache'));
		expect(steps.filter((name) => name.startsWith('ktx2-'))).toHaveLength(2);
	});

	it('states what is true of the new file', async () => {
		const tier = full.tiers[1];
		if (tier?.ktx2 === undefined) throw new Error('a tier with KTX2');
		const bytes = await file('full', tier.ktx2.file);
		expect(bytes.length).toBe(tier.ktx2.bytes);
		expect(createHash('sha256').update(bytes).digest('hex')).toBe(tier.ktx2.sha256);
		expect(tier.ktx2.brotliBytes).toBeLessThanOrEqual(tier.ktx2.bytes);
		// Two maps: RGBA with mips against half a byte a pixel with mips.
		const saved = (2 * 4 * TEXTURE_PX ** 2 * 4) / 3 - (2 * 0.5 * 272 ** 2 * 4) / 3;
		expect(tier.gpuBytes - tier.ktx2.gpuBytes).toBeGreaterThan(saved * 0.98);
		expect(tier.gpuBytes - tier.ktx2.gpuBytes).toBeLessThan(saved * 1.02);
		const { issues } = await validateBytes(bytes);
		expect(issues.messages.filter((m) => m.severity === 0)).toEqual([]);
	});

	it('keeps the geometry, byte for byte', async () => {
		const [webp, ktx2] = [await file('full', 'low.glb'), await file('full', 'low.ktx2.glb')];
		expect(geometryOf(ktx2)).toEqual(geometryOf(webp));
		expect(geometryOf(ktx2).length).toBeGreaterThan(3);
	});

	it('gives each map what it needs, at a multiple of four', async () => {
		const maps = tierImages(await file('full', 'low.ktx2.glb'));
		const [colour, metal] = maps.map(({ bytes }) => read(bytes));
		if (colour === undefined || metal === undefined) throw new Error('two maps');
		for (const map of [colour, metal]) {
			expect([map.pixelWidth, map.pixelHeight]).toEqual([272, 272]);
			expect(map.levels.length).toBe(9);
			expect(map.supercompressionScheme).toBe(KHR_SUPERCOMPRESSION_BASISLZ);
		}
		expect(meaningOf(colour)).toEqual([
			KHR_DF_MODEL_ETC1S,
			KHR_DF_TRANSFER_SRGB,
			KHR_DF_PRIMARIES_BT709,
		]);
		expect(meaningOf(metal)).toEqual([
			KHR_DF_MODEL_ETC1S,
			KHR_DF_TRANSFER_LINEAR,
			KHR_DF_PRIMARIES_UNSPECIFIED,
		]);
	});
});

describe('one map', () => {
	it('of directions is UASTC, linear, and of unit length down to its small levels', async () => {
		const { bytes } = await aNormalMap(128);
		const encoded = await encodeKtx2(aMap(bytes, 'normal', 64));
		expect(Buffer.compare(encoded, await encodeKtx2(aMap(bytes, 'normal', 64)))).toBe(0);
		const container = read(encoded);
		expect(container.supercompressionScheme).toBe(KHR_SUPERCOMPRESSION_ZSTD);
		expect(meaningOf(container)).toEqual([
			KHR_DF_MODEL_UASTC,
			KHR_DF_TRANSFER_LINEAR,
			KHR_DF_PRIMARIES_UNSPECIFIED,
		]);
		expect(container.levels.length).toBe(7);
		for (const level of [0, 1, 2, 3]) {
			const pixels = await transcoded(encoded, level);
			let sum = 0;
			for (let i = 0; i < pixels.length; i += 4) {
				sum += Math.hypot(...[...pixels.subarray(i, i + 3)].map((byte) => byte / 127.5 - 1));
			}
			expect(Math.abs(sum / (pixels.length / 4) - 1), `level ${level}`).toBeLessThan(0.03);
		}
	});

	it.each([
		['occlusion', [200, 200, 200]],
		['metallicRoughness', [200, 120, 40]],
		['emissive', [200, 120, 40]],
	] as const)(
		'of %s keeps its numbers, from a picture in colour or in grey',
		async (role, numbers) => {
			const create = { width: 64, height: 64, channels: 3, background: '#c87828' } as const;
			const bytes = await sharp({ create }).png().toBuffer();
			const pixels = await transcoded(await encodeKtx2(aMap(bytes, role, 32)), 0);
			for (const [k, value] of numbers.entries()) {
				expect(Math.abs((pixels[k] ?? 0) - value)).toBeLessThan(10);
			}
			const grey = await sharp(bytes).toColourspace('b-w').png().toBuffer();
			const [r = 0, g = 0, b = 0, a = 0] = await transcoded(
				await encodeKtx2(aMap(grey, role, 32)),
				0,
			);
			expect([Math.abs(r - g) < 3, Math.abs(g - b) < 3, a]).toEqual([true, true, 255]);
		},
	);

	it('of colour keeps its colours, and its alpha where the material uses it', async () => {
		const data = Buffer.from(Array.from({ length: 64 * 64 }, () => [200, 120, 40, 90]).flat());
		const image = sharp(data, { raw: { width: 64, height: 64, channels: 4 } });
		const bytes = await image.withIccProfile('p3').png().toBuffer();
		for (const keepsAlpha of [true, false]) {
			const encoded = await encodeKtx2({ ...aMap(bytes, 'baseColor', 32), keepsAlpha });
			const [r = 0, g = 0, b = 0, a = 0] = await transcoded(encoded, 0);
			for (const [k, value] of [200, 120, 40, keepsAlpha ? 90 : 255].entries()) {
				expect(Math.abs(([r, g, b, a][k] ?? 0) - value)).toBeLessThan(10);
			}
		}
	});
});

function aMap(bytes: Buffer, role: TextureRole, px: number) {
	return { bytes, role, widthPx: px, heightPx: px, keepsAlpha: false };
}

function meaningOf({ dataFormatDescriptor: [descriptor] }: KTX2Container): unknown[] {
	return [descriptor?.colorModel, descriptor?.transferFunction, descriptor?.colorPrimaries];
}

/** The packed bytes of every stream of geometry. */
function geometryOf(glb: Buffer): string[] {
	const jsonLength = glb.readUInt32LE(12);
	const json = JSON.parse(glb.toString('utf8', 20, 20 + jsonLength));
	const bin = glb.subarray(28 + jsonLength);
	return json.bufferViews.flatMap((view: { extensions?: Record<string, LooseGltf> }) =>
		Object.values(view.extensions ?? {}).map(({ byteOffset = 0, byteLength, ...how }) => {
			const bytes = bin.subarray(Number(byteOffset), Number(byteOffset) + Number(byteLength));
			return `${JSON.stringify(how)} ${createHash('sha256').update(bytes).digest('hex')}`;
		}),
	);
}

/** The transcoder that comes with the encoder; browsers run the same code. */
interface Transcoder {
	KTX2File: new (
		bytes: Uint8Array,
	) => {
		startTranscoding(): number;
		getImageTranscodedSizeInBytes(l: number, y: number, f: number, format: number): number;
		transcodeImage(out: Uint8Array, ...how: number[]): number;
		close(): void;
		delete(): void;
	};
}
const RGBA = 13;
/** Under a name the compiler does not follow: it sees the package as browsers do. */
const ENCODER: string = 'ktx2-encoder';

async function transcoded(ktx2: Uint8Array, level: number): Promise<Uint8Array> {
	const { NodeBasisEncoder } = await import(ENCODER);
	const module = (await new NodeBasisEncoder().init()) as Transcoder;
	const file = new module.KTX2File(ktx2);
	expect(file.startTranscoding()).toBe(1);
	const pixels = new Uint8Array(file.getImageTranscodedSizeInBytes(level, 0, 0, RGBA));
	expect(file.transcodeImage(pixels, level, 0, 0, RGBA, 0, -1, -1)).toBe(1);
	file.close();
	file.delete();
	return pixels;
}
