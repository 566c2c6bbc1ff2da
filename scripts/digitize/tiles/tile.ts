import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { SpatialManifest } from '#schema/asset-manifest';
import { canonicalJson } from '../cache/canonical-json.ts';
import type { Material, Mesh, SourceTexture } from '../mesh/mesh.ts';
import { dropUnused } from '../mesh/weld.ts';
import type { Work } from '../work.ts';
import { buildTiles } from './build-tiles.ts';
import { planTiles } from './plan-tiles.ts';
import { shareMesh } from './share-mesh.ts';
import { tilesOf } from './tile-tree.ts';
import { tilesetOf } from './tileset.ts';

/** Scans above either are tiled when nobody says otherwise. */
const LARGE_TRIANGLES = 1_000_000;
const LARGE_TEXTURE_PX = 8192;

/** The ladder of a very large scan starts from the coarsest level with this many triangles. */
const LADDER_TRIANGLES = 1_000_000;
/** Up to this many triangles the simplifier takes a scan whole within the memory of a run. */
const WHOLE_TRIANGLES = 3_000_000;

/** More threads than this would not fit the memory a run may take. */
const MOST_THREADS = 4;

/** Where the work of the tiles begins and ends, as shares of the whole. */
const FROM = 0.2;
const TO = 0.25;

const FOLDER = 'tiles';
const TILESET_FILE = 'tileset.json';
const COARSE_FILE = 'coarse.u32';

type TilesEntry = NonNullable<SpatialManifest['tiles']>;

export interface Tiled {
	/** What the manifest says about the tiles; undefined where there are none. */
	tiles: TilesEntry | undefined;
	/** What the ladder starts from: the scan, or a level of the tiles of a very large one. */
	mesh: Mesh;
	/** How far that may lie from the scan, in metres. */
	errorM: number;
}

/**
 * Cuts a very large scan (over a million triangles, or a map over 8192 pixels, or when asked) into
 * tiles that stream: 3D Tiles 1.1 with meshopt GLB, in the folder `tiles` of the result. The given
 * mesh is not changed. About 4 CPU-seconds a million triangles.
 */
export async function tile(
	mesh: Mesh,
	materials: Material[],
	textures: SourceTexture[],
	{ options, cache, folder, begin, signal }: Work,
): Promise<Tiled> {
	const triangles = mesh.indices.length / 3;
	const isLarge =
		triangles > LARGE_TRIANGLES ||
		textures.some(({ widthPx, heightPx }) => Math.max(widthPx, heightPx) > LARGE_TEXTURE_PX);
	if (options.tiles === 'never' || (options.tiles === 'auto' && !isLarge)) {
		return { tiles: undefined, mesh, errorM: 0 };
	}
	await begin('tile', FROM);
	const inputs = { scan: hashOf(mesh, materials, textures) };
	const onTile = (share: number) => begin('tile', FROM + (TO - FROM) * share);
	const { dir, value } = await cache.step('tiles', inputs, (into) =>
		make(mesh, materials, textures, { into, signal, onTile }),
	);
	await folder.adopt(join(dir, FOLDER), FOLDER);
	const { file, errorM, count, bytes, coarseErrorM } = value;
	const tiles = { file, errorM, count, bytes };
	if (coarseErrorM === 0) return { tiles, mesh, errorM: 0 };
	const coarse = await readFile(join(dir, COARSE_FILE));
	const indices = new Uint32Array(coarse.buffer, coarse.byteOffset, coarse.byteLength / 4);
	return { tiles, mesh: dropUnused({ ...mesh, indices }), errorM: coarseErrorM };
}

/** What the step gives beside its files. */
type Made = {
	file: string;
	errorM: number;
	count: number;
	bytes: number;
	/** Of the level a ladder starts from; 0 where that is the scan. */
	coarseErrorM: number;
};

interface Making {
	/** The folder of the step. */
	into: string;
	signal: AbortSignal;
	onTile: (share: number) => Promise<void>;
}

async function make(
	mesh: Mesh,
	materials: Material[],
	textures: SourceTexture[],
	{ into, signal, onTile }: Making,
): Promise<Made> {
	const triangles = mesh.indices.length / 3;
	const pixels = textures.map(({ widthPx, heightPx }) => widthPx * heightPx);
	const plan = planTiles(triangles, Math.max(0, ...pixels));
	const dir = join(into, FOLDER);
	const threads = Math.min(Math.max(availableParallelism(), 1), MOST_THREADS);
	const shared = await shareMesh(mesh, materials);
	const built = await buildTiles(shared, materials, { plan, dir, threads, signal, onTile });
	const tileset = `${JSON.stringify(tilesetOf(built.root, shared.lattice))}\n`;
	await mkdir(dir, { recursive: true });
	await writeFile(join(dir, TILESET_FILE), tileset);
	const level = built.levels.findIndex(
		(lists) => lists.reduce((sum, list) => sum + list.length / 3, 0) >= LADDER_TRIANGLES,
	);
	const isWhole = triangles <= WHOLE_TRIANGLES || level === -1;
	if (!isWhole) await writeFile(join(into, COARSE_FILE), joined(built.levels[level] ?? []));
	const all = tilesOf(built.root);
	const ofLevel = all.filter(({ file }) => file.startsWith(`${level}/`));
	return {
		file: `${FOLDER}/${TILESET_FILE}`,
		errorM: built.root.errorM,
		count: all.length,
		bytes: all.reduce((sum, { bytes }) => sum + bytes, Buffer.byteLength(tileset)),
		coarseErrorM: isWhole ? 0 : Math.max(...ofLevel.map(({ errorM }) => errorM)),
	};
}

function joined(lists: Uint32Array[]): Buffer {
	return Buffer.concat(
		lists.map((list) => Buffer.from(list.buffer, list.byteOffset, list.byteLength)),
	);
}

/** Names a scan by all that decides its tiles. About 1 s a gigabyte. */
function hashOf(mesh: Mesh, materials: Material[], textures: SourceTexture[]): string {
	const hash = createHash('sha256');
	const { positions, normals, uvs, colours, materialOf, indices } = mesh;
	for (const [i, array] of [positions, normals, uvs, colours, materialOf, indices].entries()) {
		hash.update(`${i}:${array?.byteLength ?? 'none'}`);
		if (array !== undefined) hash.update(array);
	}
	const looks = materials.map((material) => ({ ...material }));
	hash.update(canonicalJson(JSON.parse(JSON.stringify(looks))));
	for (const { bytes } of textures) hash.update(`:${bytes.length}:`).update(bytes);
	return hash.digest('hex');
}
