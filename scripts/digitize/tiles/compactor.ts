/** Triangles with vertices numbered from 0, and what those vertices are called in the scan. */
export interface LocalTriangles {
	indices: Uint32Array;
	vertices: Uint32Array;
}

const NONE = 0xffffffff;

/** Renumbers small parts of one large mesh; keeps 4 bytes a vertex of it between calls. */
export class Compactor {
	readonly #numbers: Uint32Array;

	constructor(vertices: number) {
		this.#numbers = new Uint32Array(vertices).fill(NONE);
	}

	/** Joins lists of corners; vertices come in order of first appearance. */
	compact(lists: readonly Uint32Array[]): LocalTriangles {
		const numbers = this.#numbers;
		const corners = lists.reduce((sum, list) => sum + list.length, 0);
		const indices = new Uint32Array(corners);
		const vertices = new Uint32Array(Math.min(corners, numbers.length));
		let count = 0;
		let at = 0;
		for (const list of lists) {
			for (let c = 0; c < list.length; c += 1) {
				const vertex = list[c] ?? 0;
				let number = numbers[vertex] ?? NONE;
				if (number === NONE) {
					number = count;
					numbers[vertex] = number;
					vertices[number] = vertex;
					count += 1;
				}
				indices[at] = number;
				at += 1;
			}
		}
		for (let i = 0; i < count; i += 1) numbers[vertices[i] ?? 0] = NONE;
		return { indices, vertices: vertices.slice(0, count) };
	}
}
