import type { Lattice } from '../glb/lattice.ts';
import type { CellBox, TileNode } from './tile-tree.ts';

/** A tile as 3D Tiles 1.1 writes it. */
export interface TileJson {
	boundingVolume: { box: number[] };
	geometricError: number;
	refine?: 'REPLACE';
	content: { uri: string };
	children?: TileJson[];
}

export interface TilesetJson {
	asset: { version: '1.1'; generator: string };
	geometricError: number;
	root: TileJson;
}

/**
 * The tileset of a tree (3D Tiles 1.1, OGC 22-025r4): boxes and errors in metres, children take the
 * place of their parent. Content is glTF, +Y up; boxes are +Z up, as the standard's frame is.
 */
export function tilesetOf(root: TileNode, lattice: Lattice): TilesetJson {
	const box = boxOf(root.box, lattice);
	return {
		asset: { version: '1.1', generator: 'xishan' },
		// Of showing nothing at all.
		geometricError: 2 * Math.hypot(box[3] ?? 0, box[7] ?? 0, box[11] ?? 0),
		root: { ...tileOf(root, lattice), refine: 'REPLACE' },
	};
}

function tileOf(node: TileNode, lattice: Lattice): TileJson {
	const children = node.children.map((child) => tileOf(child, lattice));
	return {
		boundingVolume: { box: boxOf(node.box, lattice) },
		geometricError: node.errorM,
		content: { uri: node.file },
		...(children.length > 0 ? { children } : {}),
	};
}

/** Middle and three half axes; (x, y, z) of glTF is (x, −z, y) of 3D Tiles. */
function boxOf({ min, max }: CellBox, { origin, stepM }: Lattice): number[] {
	const middle = (k: number) => (origin[k] ?? 0) + (((min[k] ?? 0) + (max[k] ?? 0)) / 2) * stepM;
	// Half a cell more keeps a flat tile from having no thickness.
	const half = (k: number) => (((max[k] ?? 0) - (min[k] ?? 0)) / 2 + 0.5) * stepM;
	const centre = [middle(0), 0 - middle(2), middle(1)];
	return [...centre, half(0), 0, 0, 0, half(2), 0, 0, 0, half(1)];
}
