/** A place whose corners differ in more ways than this gets duplicates, which welding removes. */
const MAX_CHAIN = 32;

/**
 * Gives every combination of position, texture coordinate, normal and material one vertex number, in
 * order of first appearance. Numbers of what is absent are -1. The vertices at one position form a
 * chain, most of them of one or two: no hashing, and neighbours lie close in memory.
 */
export class CornerTable {
	/** Per position its latest vertex, -1 for none. */
	#heads: Int32Array;
	/** Per vertex: position, texture coordinate, normal, material, the next vertex of its chain. */
	#rows: Int32Array;
	#count = 0;

	constructor(capacity = 4096) {
		this.#heads = new Int32Array(capacity).fill(-1);
		this.#rows = new Int32Array(5 * capacity);
	}

	/** How many vertices there are. */
	get count(): number {
		return this.#count;
	}

	/** The vertices so far, five numbers each: position, texture coordinate, normal, material, chain. */
	rows(): Int32Array {
		return this.#rows.subarray(0, this.#count * 5);
	}

	/** The number of the vertex with these parts. */
	vertex(position: number, uv: number, normal: number, material: number): number {
		if (position >= this.#heads.length) this.#growHeads(position);
		const head = this.#heads[position] ?? -1;
		const rows = this.#rows;
		let known = head;
		for (let steps = 0; known !== -1 && steps < MAX_CHAIN; steps += 1) {
			const row = known * 5;
			if (rows[row + 1] === uv && rows[row + 2] === normal && rows[row + 3] === material) {
				return known;
			}
			known = rows[row + 4] ?? -1;
		}
		return this.#add(position, uv, normal, material, head);
	}

	#add(position: number, uv: number, normal: number, material: number, head: number): number {
		const vertex = this.#count;
		const row = vertex * 5;
		if (row >= this.#rows.length) {
			const larger = new Int32Array(this.#rows.length * 2 + 5);
			larger.set(this.#rows);
			this.#rows = larger;
		}
		const rows = this.#rows;
		rows[row] = position;
		rows[row + 1] = uv;
		rows[row + 2] = normal;
		rows[row + 3] = material;
		rows[row + 4] = head;
		this.#heads[position] = vertex;
		this.#count = vertex + 1;
		return vertex;
	}

	#growHeads(position: number): void {
		const larger = new Int32Array(Math.max(position + 1, this.#heads.length * 2)).fill(-1);
		larger.set(this.#heads);
		this.#heads = larger;
	}
}
