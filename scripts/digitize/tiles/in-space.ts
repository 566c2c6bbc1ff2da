import { orderTriangles } from '../mesh/order-triangles.ts';
import { spatialOrder } from '../mesh/spatial-order.ts';
import type { LocalTriangles } from './compactor.ts';
import type { SharedMesh } from './shared-mesh.ts';

/** A part of a scan with the cells of its vertices (N×3). */
export interface PlacedTriangles extends LocalTriangles {
	positions: Float32Array;
}

/** Vertices and triangles of a part in an order that keeps neighbours together (see `spatialOrder`). */
export function inSpace(mesh: SharedMesh, { indices, vertices }: LocalTriangles): PlacedTriangles {
	const { order } = spatialOrder(cellsOf(mesh, vertices));
	const remap = new Uint32Array(order.length);
	for (let i = 0; i < order.length; i += 1) remap[order[i] ?? 0] = i;
	const moved = order.map((number) => vertices[number] ?? 0);
	return {
		indices: orderTriangles(indices, remap, order.length),
		vertices: moved,
		positions: cellsOf(mesh, moved),
	};
}

function cellsOf({ positions }: SharedMesh, vertices: Uint32Array): Float32Array {
	const cells = new Float32Array(vertices.length * 3);
	for (let i = 0, to = 0; i < vertices.length; i += 1, to += 3) {
		const from = (vertices[i] ?? 0) * 3;
		cells[to] = positions[from] ?? 0;
		cells[to + 1] = positions[from + 1] ?? 0;
		cells[to + 2] = positions[from + 2] ?? 0;
	}
	return cells;
}
