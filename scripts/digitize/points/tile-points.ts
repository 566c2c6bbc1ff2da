import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bounds } from '#schema/value/geometry';
import { boundsOf } from '../mesh/inspect.ts';
import { nodeSpacingM, Octree, type OctreeNode } from './octree.ts';
import type { PlacedPoints } from './place-points.ts';
import { pointsGlb } from './points-glb.ts';
import { selectPoints } from './select-points.ts';

export const TILESET_FILE = 'tileset.json';

/** What was written: how many tiles, their bytes with the tileset's, and the error of the coarsest. */
export interface PointTiles {
	count: number;
	bytes: number;
	errorM: number;
	/** How far rounding moved a point at most, in metres. */
	roundingM: number;
}

interface Tile {
	boundingVolume: { box: number[] };
	geometricError: number;
	refine?: 'ADD';
	content: { uri: string };
	children?: Tile[];
}

/**
 * Writes a cloud as 3D Tiles 1.1 into `dir`: an additive octree of GLBs (`refine: ADD`), which a viewer
 * of 3D Tiles streams by what it shows. Boxes are Z-up, as the standard has them, the content is Y-up.
 * A tile's error is the edge of the cells of which it shows one point each; no point left out lies
 * farther from one that is shown than the cell's diagonal. `onTile` is told the share of points written.
 */
export async function tilePoints(
	points: PlacedPoints,
	detailM: number,
	dir: string,
	onTile: (share: number) => Promise<void>,
): Promise<PointTiles> {
	await mkdir(dir, { recursive: true });
	const { positions, bounds } = points;
	const octree = new Octree(positions, bounds.min, bounds.max);
	const nodes: { tile: Tile; node: OctreeNode; bounds: Bounds }[] = [];
	const sum = { count: 0, bytes: 0, errorM: 0, roundingM: 0, points: 0 };
	await octree.walk(async (node) => {
		const set = selectPoints(points, node.own);
		const pointSizeM = node.isLeaf ? detailM : Math.max(nodeSpacingM(node), detailM);
		const { glb, roundingM } = pointsGlb({ ...set, detailM, pointSizeM });
		const uri = `${node.name}.glb`;
		await writeFile(join(dir, uri), glb);
		const geometricError = node.isLeaf ? 0 : nodeSpacingM(node);
		const tile: Tile = { boundingVolume: { box: [] }, geometricError, content: { uri } };
		nodes.push({ tile, node, bounds: boundsOf(set.positions) });
		sum.count += 1;
		sum.bytes += glb.length;
		sum.roundingM = Math.max(sum.roundingM, roundingM);
		sum.points += node.own.length;
		await onTile((sum.points * 3) / positions.length);
	});
	const root = assemble(nodes);
	const rootError = Math.max(nodes[0]?.tile.geometricError ?? 0, detailM);
	const tileset = {
		asset: { version: '1.1', generator: 'xishan' },
		// What is missing while nothing is shown at all.
		geometricError: Math.max(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0))),
		root: { ...root, refine: 'ADD' },
	};
	const json = Buffer.from(JSON.stringify(tileset));
	await writeFile(join(dir, TILESET_FILE), json);
	const { count, roundingM } = sum;
	return { count, bytes: sum.bytes + json.length, errorM: rootError, roundingM };
}

/** Hangs every tile below its parent, children first, so that each box holds what is below it. */
function assemble(nodes: { tile: Tile; node: OctreeNode; bounds: Bounds }[]): Tile | undefined {
	const byName = new Map(nodes.map((entry) => [entry.node.name, entry]));
	for (const { tile, node, bounds } of nodes.toReversed()) {
		tile.boundingVolume.box = zUpBox(bounds);
		const parent = byName.get(node.name.slice(0, -1));
		if (parent === undefined) continue;
		parent.tile.children = [tile, ...(parent.tile.children ?? [])];
		for (let k = 0; k < 3; k += 1) {
			parent.bounds.min[k] = Math.min(parent.bounds.min[k] ?? 0, bounds.min[k] ?? 0);
			parent.bounds.max[k] = Math.max(parent.bounds.max[k] ?? 0, bounds.max[k] ?? 0);
		}
	}
	return nodes[0]?.tile;
}

/** Middle and half axes in the frame of 3D Tiles: (x, y, z) becomes (x, -z, y). Never without extent. */
function zUpBox({ min, max }: Bounds): number[] {
	const half = min.map((low, k) => Math.max(((max[k] ?? 0) - low) / 2, 1e-6));
	const middle = min.map((low, k) => (low + (max[k] ?? 0)) / 2);
	const [x = 0, y = 0, z = 0] = middle;
	const [hx = 0, hy = 0, hz = 0] = half;
	return [x, -z, y, hx, 0, 0, 0, hz, 0, 0, 0, hy];
}
