import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { SpatialManifest } from '#schema/asset/asset-manifest';
import type { LadderInput } from '../ladder/build-ladder.ts';
import { readSurface, writeSurface } from '../ladder/surface-file.ts';
import { collectShared } from '../mesh/collect-shared.ts';
import type { Material, SourceTexture } from '../mesh/mesh.ts';
import { release } from '../mesh/release.ts';
import type { Work } from '../work.ts';
import { buildTiles } from './build-tiles.ts';
import { coarseSurface } from './coarse-surface.ts';
import { draftsOf } from './draft-tiles.ts';
import { planTiles, type TilePlan } from './plan-tiles.ts';
import { shareMesh } from './share-mesh.ts';
import { mapSizes } from './tile-maps.ts';
import { tilesOf } from './tile-tree.ts';
import { tilesetOf } from './tileset.ts';

/** Scans above either are tiled when nobody says otherwise. */
const LARGE_TRIANGLES = 1_000_000;
const LARGE_TEXTURE_PX = 8192;

/** The ladder of a very large scan starts from the coarsest level with this many triangles. */
const LADDER_TRIANGLES = 700_000;
/** Up to this many triangles the simplifier takes a scan whole within the memory of a run. */
const WHOLE_TRIANGLES = 3_000_000;

/** More threads than this would not fit the memory a run may take. */
const MOST_THREADS = 4;

/** Where the work of the tiles begins and ends, as shares of the whole. */
const FROM = 0.2;
const TO = 0.25;

const FOLDER = 'tiles';
const TILESET_FILE = 'tileset.json';
const COARSE_FILE = 'coarse.bin';

type TilesEntry = NonNullable<SpatialManifest['tiles']>;

export interface Tiled {
	/** What the manifest says about the tiles; undefined where there are none. */
	tiles: TilesEntry | undefined;
	/** What the ladder starts from: the scan, or a level of the tiles of a very large one. */
	input: LadderInput;
	/** How far that may lie from the scan, in metres. */
	errorM: number;
}

/**
 * Cuts a very large scan (over a million triangles, or a map over 8192 pixels, or when asked) into
 * tiles that stream: 3D Tiles 1.1 with meshopt GLB, in the folder `tiles` of the result. A scan too
 * large for the ladder is forgotten; go on with what comes back. About 2.5 CPU-seconds a million
 * triangles, and 25 bytes a triangle beside 0.2 GB.
 */
export async function tile(
	scan: LadderInput,
	{ options, cache, folder, begin, signal }: Work,
): Promise<Tiled> {
	const isLarge = scan.triangles > LARGE_TRIANGLES || scan.texturePx > LARGE_TEXTURE_PX;
	if (options.tiles === 'never' || (options.tiles === 'auto' && !isLarge)) {
		return { tiles: undefined, input: scan, errorM: 0 };
	}
	await begin('tile', FROM);
	const onTile = (share: number) => begin('tile', FROM + (TO - FROM) * share);
	let known: SourceTexture[] | undefined;
	const { key, dir, value } = await cache.step('tiles', { scan: scan.key }, async (into) => {
		known = (await scan.read()).textures;
		return await make(scan, { into, signal, onTile });
	});
	collectShared();
	await folder.adopt(join(dir, FOLDER), FOLDER);
	const { file, errorM, count, bytes, coarseErrorM, coarseTriangles: triangles } = value;
	const tiles = { file, errorM, count, bytes };
	if (coarseErrorM === 0) return { tiles, input: scan, errorM: 0 };
	const { texturePx } = scan;
	const read = async () => {
		known ??= texturePx > 0 ? (await scan.read()).textures : [];
		return { ...(await readSurface(join(dir, COARSE_FILE))), textures: known };
	};
	const input = { key, triangles, texturePx, read, forget: () => scan.forget() };
	return { tiles, input, errorM: coarseErrorM };
}

/** What the step gives beside its files. */
type Made = {
	file: string;
	errorM: number;
	count: number;
	bytes: number;
	/** Of the level a ladder starts from; 0 where that is the scan. */
	coarseErrorM: number;
	coarseTriangles: number;
};

interface Making {
	/** The folder of the step. */
	into: string;
	signal: AbortSignal;
	onTile: (share: number) => Promise<void>;
}

async function make(scan: LadderInput, { into, signal, onTile }: Making): Promise<Made> {
	const { mesh, materials, textures } = await scan.read();
	const shared = await shareMesh(mesh, materials);
	const triangles = shared.indices.length / 3;
	const plan = planTiles(triangles, mapPixels(materials, textures));
	const level = ladderLevel(plan);
	if (level !== undefined) {
		scan.forget();
		release(...Object.values(mesh));
	}
	const dir = join(into, FOLDER);
	const threads = Math.min(availableParallelism(), MOST_THREADS);
	const options = { plan, textures, dir, threads, signal, onTile };
	const { root, draft } = await buildTiles(shared, materials, options);
	const tileset = `${JSON.stringify(tilesetOf(root, shared.lattice))}\n`;
	await writeFile(join(dir, TILESET_FILE), tileset);
	const all = tilesOf(root);
	const file = `${FOLDER}/${TILESET_FILE}`;
	const bytes = all.reduce((sum, each) => sum + each.bytes, Buffer.byteLength(tileset));
	const made = {
		file,
		errorM: root.errorM,
		count: all.length,
		bytes,
		coarseErrorM: 0,
		coarseTriangles: 0,
	};
	if (level === undefined) return made;
	const coarse = draftsOf(draft).filter((each) => each.level === level);
	const lists = coarse.map((each) => each.indices);
	await writeSurface(join(into, COARSE_FILE), { mesh: coarseSurface(shared, lists), materials });
	// Of places only: the error of a written tile counts coarse colours too.
	const coarseErrorM = Math.max(...coarse.map((each) => each.errorM));
	const corners = lists.reduce((sum, list) => sum + list.length, 0);
	return { ...made, coarseErrorM, coarseTriangles: corners / 3 };
}

/** Of the largest map of each material, together. */
function mapPixels(materials: Material[], textures: SourceTexture[]): number {
	return mapSizes(materials, textures).reduce(
		(sum, size) => sum + (size === undefined ? 0 : size.widthPx * size.heightPx),
		0,
	);
}

/** The coarsest level a ladder can start from; undefined where it starts from the scan. */
function ladderLevel({ levels, depth, triangles }: TilePlan): number | undefined {
	if (triangles * 2 ** depth <= WHOLE_TRIANGLES) return undefined;
	const level = levels.findIndex((halvings) => triangles * 2 ** halvings >= LADDER_TRIANGLES);
	return level < levels.length - 1 ? level : undefined;
}
