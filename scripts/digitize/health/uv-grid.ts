/** Spans of more tiles than this, either way, are not drawn: no texture repeats so often on one triangle. */
const MAX_TILES = 64;

/**
 * The square of a texture as a grid of cells that remember whether no, one or more triangles lie on
 * their middle. Triangles that meet at an edge never count a cell twice.
 */
export class UvGrid {
	readonly #cells: Uint8Array;
	readonly #side: number;
	/** The ends of the longest edge in y and the corner between, x and y by turns. */
	readonly #p = new Float64Array(6);

	constructor(side: number) {
		this.#side = side;
		this.#cells = new Uint8Array(side * side);
	}

	/**
	 * Draws one triangle, repeating beyond 0 to 1. Gives how many rows and cells it visited; without
	 * drawing anything, Infinity when there would be more than `budget`.
	 */
	draw(uvs: Float32Array, a: number, b: number, c: number, budget: number): number {
		this.#place(uvs, [a, b, c]);
		this.#order(0, 2);
		this.#order(2, 4);
		this.#order(0, 2);
		const from = Math.ceil(this.#at(1) - 0.5);
		const to = Math.ceil(this.#at(5) - 0.5);
		const width = Math.max(this.#at(0), this.#at(2), this.#at(4));
		const most = this.#side * MAX_TILES;
		const isSane = width <= most && to - from <= most;
		if (!isSane || to - from + this.#area() > budget) return Number.POSITIVE_INFINITY;
		let visited = to - from;
		for (let y = from; y < to; y += 1) visited += this.#row(y);
		return visited;
	}

	/** How many cells there are. */
	get cells(): number {
		return this.#cells.length;
	}

	/** How many cells have one triangle or more, and how many have two or more. */
	count(): { used: number; doubled: number } {
		let used = 0;
		let doubled = 0;
		for (const cell of this.#cells) {
			if (cell > 0) used += 1;
			if (cell > 1) doubled += 1;
		}
		return { used, doubled };
	}

	#at(k: number): number {
		return this.#p[k] ?? 0;
	}

	/** Takes the corners over, in cells, moved by whole tiles to the first one. */
	#place(uvs: Float32Array, vertices: readonly [number, number, number]): void {
		for (let k = 0; k < 2; k += 1) {
			let least = Number.POSITIVE_INFINITY;
			for (const vertex of vertices) least = Math.min(least, uvs[vertex * 2 + k] ?? 0);
			const tile = Math.floor(least);
			for (let i = 0; i < 3; i += 1) {
				const value = uvs[(vertices[i] ?? 0) * 2 + k] ?? 0;
				this.#p[i * 2 + k] = (value - tile) * this.#side;
			}
		}
	}

	/** Twice the area, in cells. */
	#area(): number {
		const ux = this.#at(2) - this.#at(0);
		const uy = this.#at(3) - this.#at(1);
		const vx = this.#at(4) - this.#at(0);
		const vy = this.#at(5) - this.#at(1);
		return Math.abs(ux * vy - vx * uy);
	}

	/** Swaps two corners so that the first is not below the second. */
	#order(first: number, second: number): void {
		if (this.#at(first + 1) <= this.#at(second + 1)) return;
		for (let k = 0; k < 2; k += 1) {
			const value = this.#at(first + k);
			this.#p[first + k] = this.#at(second + k);
			this.#p[second + k] = value;
		}
	}

	#row(y: number): number {
		const middle = y + 0.5;
		const long = this.#cross(0, 4, middle);
		const short = middle < this.#at(3) ? this.#cross(0, 2, middle) : this.#cross(2, 4, middle);
		const from = Math.ceil(Math.min(long, short) - 0.5);
		const to = Math.ceil(Math.max(long, short) - 0.5);
		const side = this.#side;
		const row = (y % side) * side;
		for (let x = from; x < to; x += 1) {
			const at = row + (x % side);
			const cell = this.#cells[at] ?? 0;
			if (cell < 2) this.#cells[at] = cell + 1;
		}
		return to - from;
	}

	/** Where an edge crosses a height; from its upper end, so that both its triangles agree. */
	#cross(upper: number, lower: number, y: number): number {
		const x0 = this.#at(upper);
		const y0 = this.#at(upper + 1);
		const x1 = this.#at(lower);
		const y1 = this.#at(lower + 1);
		return y1 === y0 ? x0 : x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
	}
}
