import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Tinypool } from 'tinypool';
import type { Material, SourceTexture } from '../mesh/mesh.ts';
import { assertValidTile } from './assert-valid-tile.ts';
import { type DraftTile, draftsOf, draftTiles } from './draft-tiles.ts';
import { ownVertices } from './own-vertices.ts';
import { paintTiles, type TileMap } from './paint-tiles.ts';
import type { TilePlan } from './plan-tiles.ts';
import type { SharedMesh } from './shared-mesh.ts';
import { splitTriangles } from './split-triangles.ts';
import { mapSizes, mapUses } from './tile-maps.ts';
import { type TileNode, unite } from './tile-tree.ts';
import type { PackTask, TileWorkerData, WrittenTile } from './tile-worker.ts';

const WORKER = new URL('./tile-worker.ts', import.meta.url).href;

/** How many tiles of a scan are proved by the validator: the first of each level, and others. */
const PROVED = 8;

/** A vertex colour counts as seen at this share of the mean edge, in metres of error. */
const COLOUR_SHARE = 0.25;

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
		const maps = uses.length === 0 ? new Map() : await paintTiles(draftsOf(draft), painting);
		return { root: await writeTree(mesh, draft, maps, pool, options), draft };
	} finally {
		await pool.destroy();
		await rm(paintings, { recursive: true, force: true });
	}
}

async function writeTree(
	mesh: SharedMesh,
	root: DraftTile,
	maps: ReadonlyMap<number, TileMap[]>,
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
			maps: maps.get(id) ?? [],
			isOpen: place % every === 0,
		};
		const [written, children] = await Promise.all([
			pool.run(task, { name: 'pack', signal }) as Promise<WrittenTile>,
			Promise.all(draft.children.map(write)),
		]);
		if (written.open !== undefined) await assertValidTile(file, written.open);
		const { bytes, triangles } = written;
		const boxes = children.length > 0 ? children.map((child) => child.box) : [written.box];
		const seenM = mesh.colours === undefined ? 0 : draft.edgeM * COLOUR_SHARE;
		const errorM = Math.max(draft.errorM, seenM, ...children.map((child) => child.errorM));
		done += 1;
		await onTile(done / count);
		return { id, errorM, box: unite(boxes), file, bytes, triangles, children };
	}

	return await write(root);
}
