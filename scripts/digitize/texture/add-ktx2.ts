import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import Tinypool from 'tinypool';
import type { TierFile } from '#schema/asset/asset-manifest';
import { type SourceTexture, TEXTURE_ROLES } from '../mesh/mesh.ts';
import type { Work } from '../work.ts';
import { writeWithBrotli } from '../write.ts';
import type { Ktx2Map } from './encode-ktx2.ts';
import { swapImages, type TierImage, tierImages } from './swap-images.ts';
import { mapName } from './texture.ts';
import { textureGpuBytes } from './texture-gpu-bytes.ts';

/** The longest side of a KTX2 map: the encoder takes no 4096 × 4096, and headsets want none. */
const MAX_PX = 2048;
/** Threads: each holds 650 MB while it encodes 2048 × 2048. */
const THREADS = Math.min(availableParallelism(), 3);
/** Where this begins and ends, as shares of the whole. */
const FROM = 0.96;
const TO = 0.97;
/** Bytes of a block of 4 × 4 on phones and headsets: ETC2 without alpha, ETC2 with it, ASTC. */
const BLOCK_BYTES = { opaque: 8, alpha: 16, normal: 16 };

/** A map of a tier on its way to KTX2. */
interface PlannedMap {
	map: Ktx2Map;
	/** Names everything that decides its bytes. */
	inputs: Record<string, string | number | boolean>;
	/** Of the WebP it takes the place of, on the graphics card. */
	webpGpuBytes: number;
}

/** An image the scan brought. */
interface Source {
	bytes: Uint8Array;
	sha256: string;
}

interface PlannedTier {
	tier: TierFile;
	glb: Buffer;
	maps: PlannedMap[];
}

/**
 * Adds to each textured tier a second file `<tier>.ktx2.glb`: the same geometry with KTX2 maps, made
 * from the scan's own images at the sizes the tier has, rounded to multiples of four. The thumb has
 * none (it is 60 KB whole), nor has a tier with maps above 2048 px, which would lose detail by it. No
 * other file changes. Every map is a step of the cache, so tiers share maps of one size and a stopped
 * run goes on at the map it was at.
 *
 * Cost: about 16 CPU-seconds for 2048 × 2048, 5 for 1024 × 1024, on `THREADS` threads.
 */
export async function addKtx2(
	work: Work,
	tiers: readonly TierFile[],
	textures: readonly SourceTexture[],
): Promise<TierFile[]> {
	const gaining = tiers.filter(gainsKtx2);
	if (gaining.length === 0) return [...tiers];
	await work.begin('transcode', FROM);
	const sources = textures.map(({ bytes }) => ({ bytes, sha256: sha256Of(bytes) }));
	const planned: PlannedTier[] = [];
	for (const tier of gaining) {
		const glb = await readFile(await work.folder.path(tier.file));
		planned.push({ tier, glb, maps: await planMaps(tierImages(glb), sources) });
	}
	const filename = new URL('./encode-ktx2.ts', import.meta.url).href;
	const pool = new Tinypool({ filename, name: 'encodeKtx2', minThreads: 0, maxThreads: THREADS });
	try {
		const added = new Map<string, TierFile>();
		for (const [i, each] of planned.entries()) {
			await work.begin('transcode', FROM + ((TO - FROM) * i) / planned.length);
			added.set(each.tier.tier, await writeKtx2Tier(work, pool, each));
		}
		return tiers.map((tier) => added.get(tier.tier) ?? tier);
	} finally {
		await pool.destroy();
	}
}

function gainsKtx2({ tier, texturePx }: TierFile): boolean {
	return tier !== 'thumb' && texturePx > 0 && texturePx <= MAX_PX;
}

async function writeKtx2Tier(
	work: Work,
	pool: Tinypool,
	{ tier, glb, maps }: PlannedTier,
): Promise<TierFile> {
	const encoded = await Promise.all(maps.map((each) => encodedMap(work, pool, each)));
	const file = tier.file.replace(/\.glb$/, '.ktx2.glb');
	const written = await writeWithBrotli(work.folder, file, swapImages(glb, encoded));
	const saved = maps.reduce((sum, { map, webpGpuBytes }) => sum + webpGpuBytes - gpuBytes(map), 0);
	return { ...tier, ktx2: { ...written, gpuBytes: tier.gpuBytes - saved } };
}

/** The map as KTX2, from the cache or from a thread. */
async function encodedMap(work: Work, pool: Tinypool, planned: PlannedMap): Promise<Uint8Array> {
	const { dir } = await work.cache.step('ktx2', planned.inputs, async (made) => {
		const bytes: Uint8Array = await pool.run(planned.map, { signal: work.signal });
		await writeFile(join(made, 'map.ktx2'), bytes);
		return null;
	});
	return await readFile(join(dir, 'map.ktx2'));
}

async function planMaps(images: TierImage[], sources: readonly Source[]): Promise<PlannedMap[]> {
	return await Promise.all(
		images.map(async (image) => {
			const role = TEXTURE_ROLES.find((r) => image.name.startsWith(`${r}-`)) ?? 'baseColor';
			// What no scan brought is encoded from the tier's own picture of it.
			const source = sources.find(({ sha256 }) => mapName(role, sha256) === image.name);
			const { bytes, sha256 } = source ?? { bytes: image.bytes, sha256: sha256Of(image.bytes) };
			const { width, height, hasAlpha } = await sharp(image.bytes).metadata();
			const size = { widthPx: multipleOf4(width), heightPx: multipleOf4(height) };
			const keepsAlpha = hasAlpha && role === 'baseColor';
			return {
				map: { bytes, role, ...size, keepsAlpha },
				inputs: { source: sha256, role, ...size, keepsAlpha },
				webpGpuBytes: textureGpuBytes({ webp: image.bytes, widthPx: width, heightPx: height }),
			};
		}),
	);
}

function sha256Of(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

function multipleOf4(px: number): number {
	return Math.max(Math.round(px / 4) * 4, 4);
}

/** With all smaller levels, in whole blocks. Desktop cards without ETC2 take twice this for opaque maps. */
function gpuBytes({ widthPx, heightPx, role, keepsAlpha }: Ktx2Map): number {
	const opacity = keepsAlpha ? 'alpha' : 'opaque';
	const blockBytes = BLOCK_BYTES[role === 'normal' ? 'normal' : opacity];
	let blocks = 0;
	for (let [w, h] = [widthPx, heightPx]; ; [w, h] = [w >> 1, h >> 1]) {
		blocks += Math.ceil(Math.max(w, 1) / 4) * Math.ceil(Math.max(h, 1) / 4);
		if (w <= 1 && h <= 1) return blocks * blockBytes;
	}
}
