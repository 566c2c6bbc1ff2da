import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mesh } from '../../../../scripts/digitize/mesh/mesh.ts';
import { normalize } from '../../../../scripts/digitize/mesh/normals.ts';
import { readGltf } from '../../../../scripts/digitize/read/gltf/read-gltf.ts';
import type { TileNode } from '../../../../scripts/digitize/tiles/tile-tree.ts';
import { sourceOf } from '../source-of.ts';

/** What a written tile holds, in metres, as a viewer decodes it. */
export async function readTile(dir: string, file: string): Promise<Mesh> {
	const bytes = await readFile(join(dir, file));
	const { mesh, materials } = await readGltf(sourceOf(file.replace('/', '-'), bytes), 'glb');
	if (mesh.normals !== undefined) normalize(mesh.normals);
	mesh.colours = mesh.colours?.map((share, i) => {
		const material = materials[mesh.materialOf[i >> 2] ?? 0];
		return share * (material?.baseColor[i % 4] ?? 1);
	});
	return mesh;
}

/** Every triangle of some tiles by the places of its corners, turned so that the least comes first. */
export function trianglesOf(meshes: readonly Mesh[]): string[] {
	return meshes.flatMap(({ positions, indices }) => {
		const place = (index: number) => positions.subarray(index * 3, index * 3 + 3).join(' ');
		return Array.from({ length: indices.length / 3 }, (_, t) => {
			const corners = Array.from(indices.subarray(t * 3, t * 3 + 3), place);
			const least = corners.toSorted()[0] ?? '';
			const at = corners.indexOf(least);
			return [...corners.slice(at), ...corners.slice(0, at)].join(' | ');
		});
	});
}

/** How many edges of some tiles together have no partner of the other direction at the same places. */
export function openEdges(meshes: readonly Mesh[]): number {
	const uses = new Map<string, number>();
	for (const triangle of trianglesOf(meshes)) {
		const corners = triangle.split(' | ');
		for (const [k, from] of corners.entries()) {
			const to = corners[(k + 1) % 3] ?? '';
			const isForward = from < to;
			const edge = isForward ? `${from} | ${to}` : `${to} | ${from}`;
			uses.set(edge, (uses.get(edge) ?? 0) + (isForward ? 1 : -1));
		}
	}
	return [...uses.values()].filter((balance) => balance !== 0).length;
}

/** A set of tiles that shows everything once; `refines` says where to go deeper. */
export function cutOf(root: TileNode, refines: (tile: TileNode) => boolean): TileNode[] {
	const isCut = root.children.length === 0 || !refines(root);
	return isCut ? [root] : root.children.flatMap((child) => cutOf(child, refines));
}
