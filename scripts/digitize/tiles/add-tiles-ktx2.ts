import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { Tinypool } from 'tinypool';
import type { SpatialManifest } from '#schema/asset/asset-manifest';
import { TEXTURE_ROLES } from '../mesh/mesh.ts';
import type { Ktx2Map } from '../texture/encode-ktx2.ts';
import { swapImages, type TierImage, tierImages } from '../texture/swap-images.ts';
import type { Work } from '../work.ts';
import { multipleOf4 } from './tile-layout.ts';
import type { TileJson, TilesetJson } from './tileset.ts';

const WORKER = new URL('../texture/encode-ktx2.ts', import.meta.url).href;

/** Pixels of maps that are encoded, coarse tiles first: about a minute of CPU time. */
const MOST_PIXELS = 40_000_000;
/** Threads: each holds 650 MB while it encodes 2048 × 2048. */
const THREADS = Math.min(availableParallelism(), 3);
/** Where this begins and ends, as shares of the whole. */
const FROM = 0.95;
const TO = 0.96;

type TilesEntry = NonNullable<SpatialManifest['tiles']>;

/** A tile on its way to KTX2. */
interface PlannedTile {
	json: TileJson;
	glb: Buffer;
	maps: Ktx2Map[];
}

/**
 * Adds a second tileset `tileset.ktx2.json` beside a textured one, whose coarsest tiles are second
 * files `<tile>.ktx2.glb`: the same geometry with KTX2 maps of the same size. No other file changes.
 * Tiles from the first on that would bring the maps above 40 million pixels stay the first set's, which
 * the second names too: headsets and phones, which are short of graphics memory, look at coarse ones
 * first. Each map is a step of the cache, so that a stopped run goes on at the map it was at.
 *
 * Made from the tiles' WebP, and with the encoder's least effort: 1.3 CPU-seconds a megapixel. Rejected:
 * the scan's own images (the whole mesh would be cut again); full effort (three times as long).
 */
export async function addTilesKtx2(
	work: Work,
	tiles: TilesEntry | undefined,
): Promise<TilesEntry | undefined> {
	if (tiles === undefined) return undefined;
	const path = await work.folder.path(tiles.file);
	const dir = dirname(path);
	const tileset = JSON.parse(await readFile(path, 'utf8')) as TilesetJson;
	const planned = await planTiles(tileset, dir);
	if (planned.length === 0) return tiles;
	await work.begin('transcode', FROM);
	const pool = new Tinypool({
		filename: WORKER,
		name: 'encodeKtx2',
		minThreads: 0,
		maxThreads: THREADS,
	});
	try {
		let done = 0;
		const sizes = await Promise.all(
			planned.map(async (tile) => {
				const bytes = await writeTile(work, pool, tile, dir);
				done += 1;
				await work.begin('transcode', FROM + ((TO - FROM) * done) / planned.length);
				return bytes;
			}),
		);
		const json = `${JSON.stringify(tileset)}\n`;
		const file = ktx2Name(tiles.file);
		await writeFile(await work.folder.path(file), json);
		const bytes = sizes.reduce((sum, each) => sum + each, Buffer.byteLength(json));
		return { ...tiles, ktx2: { file, count: planned.length, bytes } };
	} finally {
		await pool.destroy();
	}
}

/** The tiles with maps, level by level, as far as the pixels reach. */
async function planTiles({ root }: TilesetJson, dir: string): Promise<PlannedTile[]> {
	const planned: PlannedTile[] = [];
	let pixels = 0;
	for (let level = [root]; level.length > 0; level = level.flatMap((t) => t.children ?? [])) {
		for (const json of level) {
			const glb = await readFile(join(dir, json.content.uri));
			const maps = await Promise.all(tierImages(glb).map(planMap));
			if (maps.length === 0) continue;
			pixels += maps.reduce((sum, { widthPx, heightPx }) => sum + widthPx * heightPx, 0);
			if (pixels > MOST_PIXELS && planned.length > 0) return planned;
			planned.push({ json, glb, maps });
		}
	}
	return planned;
}

async function planMap({ name, bytes }: TierImage): Promise<Ktx2Map> {
	const role = TEXTURE_ROLES.find((each) => each === name) ?? 'baseColor';
	const { width, height, hasAlpha } = await sharp(bytes).metadata();
	const size = { widthPx: multipleOf4(width), heightPx: multipleOf4(height) };
	return { bytes, role, ...size, keepsAlpha: hasAlpha && role === 'baseColor', isQuick: true };
}

/** Writes one tile and names it in the tileset; gives its bytes. */
async function writeTile(
	{ cache, signal }: Work,
	pool: Tinypool,
	{ json, glb, maps }: PlannedTile,
	dir: string,
): Promise<number> {
	const encoded = await Promise.all(
		maps.map(async (map) => {
			const { bytes, ...facts } = map;
			const source = createHash('sha256').update(bytes).digest('hex');
			const step = await cache.step('ktx2', { source, ...facts }, async (made) => {
				const ktx2: Uint8Array = await pool.run(map, { signal });
				await writeFile(join(made, 'map.ktx2'), ktx2);
				return null;
			});
			return await readFile(join(step.dir, 'map.ktx2'));
		}),
	);
	const swapped = swapImages(glb, encoded);
	json.content.uri = ktx2Name(json.content.uri);
	await writeFile(join(dir, json.content.uri), swapped);
	return swapped.length;
}

function ktx2Name(file: string): string {
	return file.replace(/\.(glb|json)$/, '.ktx2.$1');
}
