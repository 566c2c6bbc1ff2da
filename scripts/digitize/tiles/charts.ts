import type { LocalTriangles } from './compactor.ts';

/** The pieces of a surface that hang together on its map. */
export interface Charts {
	/** Of each vertex, the number of its chart. */
	chartOf: Uint32Array;
	/** Four numbers a chart: least u and v, greatest u and v. */
	boxes: Float64Array;
	count: number;
}

/** Finds the charts of triangles: those that share vertices are one. `uvs`: two a vertex. */
export function findCharts({ indices, vertices }: LocalTriangles, uvs: Float32Array): Charts {
	const parents = Uint32Array.from(vertices.keys());
	const find = (vertex: number): number => {
		let root = vertex;
		while (parents[root] !== root) {
			parents[root] = parents[parents[root] ?? 0] ?? 0;
			root = parents[root] ?? 0;
		}
		return root;
	};
	for (let t = 0; t < indices.length; t += 3) {
		const a = find(indices[t] ?? 0);
		// The smaller number stays, so that the order of triangles does not matter.
		for (const corner of [indices[t + 1] ?? 0, indices[t + 2] ?? 0]) {
			const [x, y] = [find(a), find(corner)];
			parents[Math.max(x, y)] = Math.min(x, y);
		}
	}
	const numbers = new Map<number, number>();
	const chartOf = new Uint32Array(vertices.length);
	for (let i = 0; i < vertices.length; i += 1) {
		const root = find(i);
		const number = numbers.get(root) ?? numbers.size;
		numbers.set(root, number);
		chartOf[i] = number;
	}
	return { chartOf, boxes: boxesOf(chartOf, uvs, numbers.size), count: numbers.size };
}

function boxesOf(chartOf: Uint32Array, uvs: Float32Array, count: number): Float64Array {
	const boxes = new Float64Array(count * 4);
	for (let c = 0; c < count; c += 1) boxes.set([Infinity, Infinity, -Infinity, -Infinity], c * 4);
	for (let i = 0; i < chartOf.length; i += 1) {
		const at = (chartOf[i] ?? 0) * 4;
		for (let k = 0; k < 2; k += 1) {
			const value = uvs[i * 2 + k] ?? 0;
			boxes[at + k] = Math.min(boxes[at + k] ?? 0, value);
			boxes[at + 2 + k] = Math.max(boxes[at + 2 + k] ?? 0, value);
		}
	}
	return boxes;
}
