import { writeFileSync } from 'node:fs';
import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { MeshoptEncoder } from 'meshoptimizer/encoder';
import { MeshoptSimplifier } from 'meshoptimizer/simplifier';
import { Tinypool } from 'tinypool';
import type { Material } from '../mesh/mesh.ts';
import { Compactor } from './compactor.ts';
import { packTile } from './pack-tile.ts';
import type { SharedMesh } from './shared-mesh.ts';
import { type SimplifiedTile, type SimplifyTask, simplifyTile } from './simplify-tile.ts';
import { layOutTile, type MapSizes } from './tile-layout.ts';
import type { TileMap, TileSharpness } from './tile-maps.ts';
import type { CellBox } from './tile-tree.ts';

/** What every thread is given once. */
export interface TileWorkerData {
	mesh: SharedMesh;
	materials: Material[];
	sizes: MapSizes;
}

export interface PackTask {
	indices: Uint32Array;
	/** Where the file goes. */
	path: string;
	maps: TileMap[];
	/** How sharp they are at most. */
	scale: number;
	/** Whether to give back the uncompressed form. */
	isOpen: boolean;
}

/** A tile whose maps are to be as sharp as it needs. */
export interface MeasureTask {
	indices: Uint32Array;
	/** Its surface, and how far that may lie from the scan's. */
	areaM2: number;
	errorM: number;
}

/**
 * A tile's pixels need be no smaller than this share of its error: where it is shown at 6 pixels of
 * error, they are 1.5 pixels long.
 */
const LEAST_PIXEL = 0.25;

/** A tile's file as written. */
export interface WrittenTile {
	bytes: number;
	triangles: number;
	box: CellBox;
	open: Uint8Array | undefined;
}

const { mesh, materials, sizes } = Tinypool.workerData as TileWorkerData;
const compactor = new Compactor(mesh.owners.length);
await Promise.all([MeshoptDecoder.ready, MeshoptEncoder.ready, MeshoptSimplifier.ready]);

/** Makes one tile of those below it. */
export function simplify(task: SimplifyTask): SimplifiedTile {
	return simplifyTile(mesh, compactor, task);
}

/** How sharp the maps of a tile can be, and how many pixels they have together. */
export function measure({ indices, areaM2, errorM }: MeasureTask): TileSharpness {
	const sharpness = (most: number) => {
		const { materials: layouts, ...layout } = layOutTile(mesh, compactor, indices, sizes, most);
		const pixels = [...layouts.values()].reduce((sum, own) => sum + own.widthPx * own.heightPx, 0);
		return { ...layout, pixels };
	};
	const { scale, pixels, isRepeated } = sharpness(1);
	const pixelM = Math.sqrt(areaM2 / Math.max(pixels, 1));
	const wantedM = errorM * LEAST_PIXEL;
	if (isRepeated || pixelM >= wantedM) return { scale, pixels };
	const { scale: less, pixels: fewer } = sharpness((scale * pixelM) / wantedM);
	return { scale: less, pixels: fewer };
}

/** Writes one tile's file. */
export function pack({ indices, path, maps, scale, isOpen }: PackTask): WrittenTile {
	const options = { materials, sizes, maps, scale, isOpen };
	const { glb, open, triangles, box } = packTile(mesh, compactor, indices, options);
	writeFileSync(path, glb);
	return { bytes: glb.length, triangles, box, open };
}
