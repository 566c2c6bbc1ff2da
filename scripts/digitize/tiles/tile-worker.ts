import { writeFileSync } from 'node:fs';
import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { MeshoptEncoder } from 'meshoptimizer/encoder';
import { MeshoptSimplifier } from 'meshoptimizer/simplifier';
import { Tinypool } from 'tinypool';
import type { Material } from '../mesh/mesh.ts';
import { Compactor } from './compactor.ts';
import { type CellBox, packTile } from './pack-tile.ts';
import type { SharedMesh } from './shared-mesh.ts';
import { type SimplifiedTile, type SimplifyTask, simplifyTile } from './simplify-tile.ts';

/** What every thread is given once. */
export interface TileWorkerData {
	mesh: SharedMesh;
	materials: Material[];
}

export interface PackTask {
	indices: Uint32Array;
	/** Where the file goes. */
	path: string;
	/** Whether to give back the uncompressed form. */
	isOpen: boolean;
}

/** A tile's file as written. */
export interface WrittenTile {
	bytes: number;
	triangles: number;
	box: CellBox;
	open: Uint8Array | undefined;
}

const { mesh, materials } = Tinypool.workerData as TileWorkerData;
const compactor = new Compactor(mesh.owners.length);
await Promise.all([MeshoptDecoder.ready, MeshoptEncoder.ready, MeshoptSimplifier.ready]);

export function simplify(task: SimplifyTask): SimplifiedTile {
	return simplifyTile(mesh, compactor, task);
}

export function pack({ indices, path, isOpen }: PackTask): WrittenTile {
	const { glb, open, triangles, box } = packTile(
		mesh,
		compactor,
		indices,
		materials,
		undefined,
		isOpen,
	);
	writeFileSync(path, glb);
	return { bytes: glb.length, triangles, box, open };
}
