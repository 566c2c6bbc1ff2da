import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Tinypool } from 'tinypool';
import type { Material, SourceTexture } from '../mesh/mesh.ts';
import { assertValidTile } from './assert-valid-tile.ts';
import { type DraftTile, draftsOf, draftTiles } from './draft-tiles.ts';
import { ownVertices } from './own-vertices.ts';
import { type PaintedTile, paintTiles } from './paint-tiles.ts';
import type { TilePlan } from './plan-tiles.ts';
import type { SharedMesh } from './shared-mesh.ts';
import { splitTriangles } from './split-triangles.ts';
import { mapSizes, mapUses } from './tile-maps.ts';
import { type TileNode, unite } from './tile-tree.ts';
import type { PackTask, TileWorkerData, WrittenTile } from './tile-worker.ts';

const WORKER = new URL('./tile-worker.ts', import.meta.url).href;

/** How many tiles of a scan are proved by the validator: the first of each level, and others. */
const PROVED = 8;

/**
 * What a tile's colours lack counts as error too, or a flat painting would never sharpen: this much of
 * the distance between two vertices, or between two pixels of a map. At an error of 6 pixels on screen
 * that shows vertices 12 and pixels 3 apart.
 */
const DETAIL_SHARE = { vertex: 0.5, pixel: 2 };

const NO_MAPS: ReadonlyMap<number, PaintedTile> = new Map();

export interface BuildTilesOptions {
	plan: TilePlan;
	textures: SourceTexture[];
	/** Where the files go. */
	dir: string;
	/** How many threads work; the files are the same with any number. */
	threads: number;
	signal: AbortSignal;
	/** Told after each tile what share of all is written. */
	onTile: (share: number) => Promise<void>;
}

export interface BuiltTiles {
	root: TileNode;
	/** The same tiles as vertex numbers of the scan. */
	draft: DraftTile;
}

/**
 * Cuts a mesh into a tree of tiles and writes each as GLB: leaves are the scan itself, each coarser
 * tile is simplified from those below it. Sorts the mesh's triangles and fills in its owners. Throws
 * a plain error when a file is no valid glTF, `AbortError` when told to stop.
 */
export async function buildTiles(
	mesh: SharedMesh,
	materials: Material[],
	options: BuildTilesOptions,
): Promise<BuiltTiles> {
	const { plan, textures, dir, threads, signal } = options;
	const starts = splitTriangles(mesh, plan.depth);
	ownVertices(mesh, starts);
	signal.throwIfAborted();
	for (const level of plan.levels.keys()) await mkdir(join(dir, `${level}`), { recursive: true });
	const sizes = mapSizes(materials, textures);
	const workerData: TileWorkerData = { mesh, materials, sizes };
	const pool = new Tinypool({
		filename: WORKER,
		minThreads: threads,
		maxThreads: threads,
		workerData,
	});
	const paintings = join(dir, 'paintings');
	try {
		const draft = await draftTiles(mesh, { plan, starts, pool, signal });
		const uses = mesh.uvs === undefined ? [] : mapUses(materials, textures, sizes);
		const painting = { pool, uses, textures, dir: paintings, signal };
		const painted = uses.length === 0 ? NO_MAPS : await paintTiles(draftsOf(draft), mesh, painting);
		return { root: await writeTree(mesh, draft, painted, pool, options), draft };
	} finally {
		await pool.destroy();
		await rm(paintings, { recursive: true, force: true });
	}
}

async function writeTree(
	mesh: SharedMesh,
	root: DraftTile,
	painted: ReadonlyMap<number, PaintedTile>,
	pool: Tinypool,
	{ dir, signal, onTile }: BuildTilesOptions,
): Promise<TileNode> {
	const count = draftsOf(root).length;
	const every = Math.ceil(count / PROVED);
	let done = 0;

	async function write(draft: DraftTile): Promise<TileNode> {
		const { id, level, place, indices } = draft;
		const file = `${level}/${place}.glb`;
		const task: PackTask = {
			indices,
			path: join(dir, file),
			maps: painted.get(id)?.maps ?? [],
			scale: painted.get(id)?.scale ?? 1,
			isOpen: place % every === 0,
		};
		const [written, children] = await Promise.all([
			pool.run(task, { name: 'pack', signal }) as Promise<WrittenTile>,
			Promise.all(draft.children.map(write)),
		]);
		if (written.open !== undefined) await assertValidTile(file, written.open);
		const { bytes, triangles } = written;
		const boxes = children.length > 0 ? children.map((child) => child.box) : [written.box];
		const detailM = missingDetailM(mesh, draft, painted.get(id));
		const errorM = Math.max(draft.errorM, detailM, ...children.map((child) => child.errorM));
		done += 1;
		await onTile(done / count);
		return { id, errorM, box: unite(boxes), file, bytes, triangles, children };
	}

	return await write(root);
}

/** What a coarser tile does not show of the scan's colours, in metres. */
function missingDetailM(
	mesh: SharedMesh,
	{ areaM2, indices }: DraftTile,
	painted: PaintedTile | undefined,
): number {
	const vertices = indices.length / 6;
	const ofVertices =
		mesh.colours === undefined ? 0 : Math.sqrt(areaM2 / vertices) * DETAIL_SHARE.vertex;
	const isSharp = painted === undefined || painted.scale === 1;
	const ofMaps = isSharp ? 0 : Math.sqrt(areaM2 / painted.pixels) * DETAIL_SHARE.pixel;
	return Math.max(ofVertices, ofMaps);
}
