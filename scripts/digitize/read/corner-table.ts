/**
 * Gives every combination of position, texture coordinate, normal and material one vertex number, in
 * order of first appearance. Numbers of what is absent are -1. Open addressing; grows by doubling.
 */
export class CornerTable {
	#rows = new Int32Array(4 * 1024);
	#slots = new Int32Array(4096).fill(-1);
	#count = 0;

	/** How many vertices there are. */
	get count(): number {
		return this.#count;
	}

	/** The vertices so far, four numbers each: position, texture coordinate, normal, material. */
	rows(): Int32Array {
		return this.#rows.subarray(0, this.#count * 4);
	}

	/** The number of the vertex with these parts. */
	vertex(position: number, uv: number, normal: number, material: number): number {
		const mask = this.#slots.length - 1;
		let slot = hash(position, uv, normal, material) & mask;
		for (;;) {
			const known = this.#slots[slot] ?? -1;
			if (known === -1) return this.#add(slot, position, uv, normal, material);
			const row = known * 4;
			if (
				this.#rows[row] === position &&
				this.#rows[row + 1] === uv &&
				this.#rows[row + 2] === normal &&
				this.#rows[row + 3] === material
			) {
				return known;
			}
			slot = (slot + 1) & mask;
		}
	}

	#add(slot: number, position: number, uv: number, normal: number, material: number): number {
		const vertex = this.#count;
		if (vertex * 4 === this.#rows.length) {
			const larger = new Int32Array(this.#rows.length * 2);
			larger.set(this.#rows);
			this.#rows = larger;
		}
		this.#rows[vertex * 4] = position;
		this.#rows[vertex * 4 + 1] = uv;
		this.#rows[vertex * 4 + 2] = normal;
		this.#rows[vertex * 4 + 3] = material;
		this.#slots[slot] = vertex;
		this.#count += 1;
		if (this.#count * 2 > this.#slots.length) this.#grow();
		return vertex;
	}

	#grow(): void {
		const slots = new Int32Array(this.#slots.length * 2).fill(-1);
		const mask = slots.length - 1;
		for (let vertex = 0; vertex < this.#count; vertex += 1) {
			const [a = 0, b = 0, c = 0, d = 0] = [
				this.#rows[vertex * 4],
				this.#rows[vertex * 4 + 1],
				this.#rows[vertex * 4 + 2],
				this.#rows[vertex * 4 + 3],
			];
			let slot = hash(a, b, c, d) & mask;
			while (slots[slot] !== -1) slot = (slot + 1) & mask;
			slots[slot] = vertex;
		}
		this.#slots = slots;
	}
}

function hash(position: number, uv: number, normal: number, material: number): number {
	let h = Math.imul(position, 0x9e3779b1) ^ Math.imul(uv, 0x85ebca77);
	h ^= Math.imul(normal, 0xc2b2ae3d) ^ Math.imul(material, 0x27d4eb2f);
	return (h ^ (h >>> 15)) >>> 0;
}
