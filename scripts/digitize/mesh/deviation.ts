import { BufferAttribute, BufferGeometry, Vector3 } from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import type { Mesh } from './mesh.ts';

/** How many points of the finest surface are measured against a coarser one. */
const SAMPLES = 6000;

/**
 * The largest distance, in metres, from points of the finest surface to a coarser one: every k-th
 * vertex, which for a scan is a point that was measured. About 0.3 s a level of 100,000 triangles.
 */
export function deviationM(finest: Mesh, coarse: Mesh): number {
	const geometry = new BufferGeometry();
	geometry.setAttribute('position', new BufferAttribute(coarse.positions, 3));
	geometry.setIndex(new BufferAttribute(coarse.indices.slice(), 1));
	const tree = new MeshBVH(geometry);
	const point = new Vector3();
	const count = finest.positions.length / 3;
	const step = Math.max(Math.floor(count / SAMPLES), 1);
	let largest = 0;
	for (let i = 0; i < count; i += step) {
		point.fromArray(finest.positions, i * 3);
		const hit = tree.closestPointToPoint(point);
		if (hit !== null && hit.distance > largest) largest = hit.distance;
	}
	geometry.dispose();
	return largest;
}
