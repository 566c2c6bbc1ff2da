import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Tinypool } from 'tinypool';
import type { Material } from '../mesh/mesh.ts';
import { assertValidTile } from './assert-valid-tile.ts';
import { ownVertices } from './own-vertices.ts';
import type { TilePlan } from './plan-tiles.ts';
import type { SharedMesh } from './shared-mesh.ts';
import type { SimplifiedTile, SimplifyTask } from './simplify-tile.ts';
import { splitTriangles } from './split-triangles.ts';
import { type TileNode, unite } from './tile-tree.ts';
import type { PackTask, TileWorkerData, WrittenTile } from './tile-worker.ts';

const WORKER = new URL('./tile-worker.ts', import.meta.url).href;

/** How many tiles of a scan are proved by the validator: the root, and others spread evenly. */
const PROVED = 8;

/**
 * The simplifier's error is no bound: measured on scans, the surface lies up to about twice as far.
 * Source: pipeline notes §6.
 */
const ERROR_MARGIN = 2;

/** A vertex colour counts as seen at this share of the mean edge, in metres of error. */
const COLOUR_SHARE = 0.25;

export interface BuildTilesOptions {
	plan: TilePlan;
	/** Where the files go. */
	dir: string;
	/** How many threads work; the files are the same with any number. */
	threads: number;
	signal: AbortSignal;
	/** Told after each tile what share of all is done. */
	onTile: (share: number) => Promise<void>;
}

export interface BuiltTiles {
	root: TileNode;
	/** Triangles of each level in vertex numbers of the scan, coarse to fine, without the finest. */
	levels: Uint32Array[][];
}

/** Triangles of a tile before they are written. */
interface Draft {
	indices: Uint32Array;
	errorM: number;
	edgeM: number;
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
	const { plan, dir, threads, signal } = options;
	const starts = splitTriangles(mesh, plan.depth);
	ownVertices(mesh, starts);
	signal.throwIfAborted();
	for (const level of plan.levels.keys()) await mkdir(join(dir, `${level}`), { recursive: true });
	const workerData: TileWorkerData = { mesh, materials };
	const pool = new Tinypool({
		filename: WORKER,
		minThreads: threads,
		maxThreads: threads,
		workerData,
	});
	try {
		return await new Builder(mesh, starts, pool, options).build();
	} finally {
		await pool.destroy();
	}
}

/** Asks the threads for one tile after another, each as soon as those below it are there. */
class Builder {
	readonly #mesh: SharedMesh;
	readonly #starts: Uint32Array;
	readonly #pool: Tinypool;
	readonly #options: BuildTilesOptions;
	readonly #levels: Uint32Array[][];
	readonly #count: number;
	#done = 0;

	constructor(mesh: SharedMesh, starts: Uint32Array, pool: Tinypool, options: BuildTilesOptions) {
		this.#mesh = mesh;
		this.#starts = starts;
		this.#pool = pool;
		this.#options = options;
		const { levels } = options.plan;
		this.#levels = levels.slice(0, -1).map(() => []);
		this.#count = levels.reduce((sum, level) => sum + 2 ** level, 0);
	}

	async build(): Promise<BuiltTiles> {
		const { node } = await this.#tile(0, 1);
		return { root: node, levels: this.#levels };
	}

	async #tile(level: number, id: number): Promise<{ node: TileNode; draft: Draft }> {
		const { levels, triangles } = this.#options.plan;
		const halvings = (levels[level + 1] ?? levels[level] ?? 0) - (levels[level] ?? 0);
		if (halvings === 0) return await this.#leaf(level, id);
		const ids = Array.from({ length: 2 ** halvings }, (_, i) => id * 2 ** halvings + i);
		const below = await Promise.all(ids.map((child) => this.#tile(level + 1, child)));
		const lists = below.map(({ draft }) => draft.indices);
		const simplified = await this.#simplify({ id, lists, triangles });
		const own = simplified.errorM * ERROR_MARGIN;
		const worst = Math.max(...below.map(({ draft }) => draft.errorM));
		const draft = { ...simplified, errorM: own + worst };
		const place = id - 2 ** (levels[level] ?? 0);
		const ofLevel = this.#levels[level];
		if (ofLevel !== undefined) ofLevel[place] = draft.indices;
		const children = below.map(({ node }) => node);
		return { node: await this.#write(level, id, draft, children), draft };
	}

	async #leaf(level: number, id: number): Promise<{ node: TileNode; draft: Draft }> {
		const first = id - 2 ** this.#options.plan.depth;
		const [from, to] = [this.#starts[first] ?? 0, this.#starts[first + 1] ?? 0];
		const indices = this.#mesh.indices.subarray(from * 3, to * 3);
		const draft = { indices, errorM: 0, edgeM: 0 };
		return { node: await this.#write(level, id, draft, []), draft };
	}

	async #write(level: number, id: number, draft: Draft, children: TileNode[]): Promise<TileNode> {
		const { plan, dir, onTile } = this.#options;
		const first = 2 ** (plan.levels[level] ?? 0);
		const file = `${level}/${id - first}.glb`;
		const isOpen = this.#isProved(level, id - first);
		const written = await this.#pack({ indices: draft.indices, path: join(dir, file), isOpen });
		if (written.open !== undefined) await assertValidTile(file, written.open);
		const { bytes, triangles, box } = written;
		const boxes = children.length > 0 ? children.map((child) => child.box) : [box];
		const seenM = this.#mesh.colours === undefined ? 0 : draft.edgeM * COLOUR_SHARE;
		const errorM = Math.max(draft.errorM, seenM, ...children.map((child) => child.errorM));
		this.#done += 1;
		await onTile(this.#done / this.#count);
		return { id, errorM, box: unite(boxes), file, bytes, triangles, children };
	}

	async #simplify(task: SimplifyTask): Promise<SimplifiedTile> {
		return await this.#pool.run(task, { name: 'simplify', signal: this.#options.signal });
	}

	async #pack(task: PackTask): Promise<WrittenTile> {
		return await this.#pool.run(task, { name: 'pack', signal: this.#options.signal });
	}

	/** The first of each level, and every so many of the rest. */
	#isProved(level: number, place: number): boolean {
		const every = Math.ceil(this.#count / PROVED);
		return place === 0 || (level > 0 && place % every === 0);
	}
}
