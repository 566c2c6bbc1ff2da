/** Triangle corners that arrive one polygon at a time: a typed array that grows by half. */
export class IndexList {
	#array: Uint32Array;
	#length = 0;

	constructor(capacity = 4096) {
		this.#array = new Uint32Array(capacity);
	}

	/** How many corners there are. */
	get length(): number {
		return this.#length;
	}

	/** Adds one triangle. */
	triangle(a: number, b: number, c: number): void {
		const at = this.#length;
		if (at + 3 > this.#array.length) {
			const larger = new Uint32Array(Math.ceil(this.#array.length * 1.5) + 3);
			larger.set(this.#array);
			this.#array = larger;
		}
		const array = this.#array;
		array[at] = a;
		array[at + 1] = b;
		array[at + 2] = c;
		this.#length = at + 3;
	}

	/**
	 * Room for so many more corners, to be written from `length` on and counted by `advance`: for loops
	 * that are too tight for a call a triangle.
	 */
	room(corners: number): Uint32Array {
		const needed = this.#length + corners;
		if (needed > this.#array.length) {
			const larger = new Uint32Array(Math.max(needed, Math.ceil(this.#array.length * 1.5)));
			larger.set(this.#array);
			this.#array = larger;
		}
		return this.#array;
	}

	/** Counts corners that were written into the room. */
	advance(corners: number): void {
		this.#length += corners;
	}

	/** The corners added so far; a view, valid until the next triangle. */
	view(): Uint32Array {
		return this.#array.subarray(0, this.#length);
	}

	/** The corners, handed over; the list is empty afterwards. Copies only what did not fill its room. */
	take(): Uint32Array {
		const isFull = this.#length === this.#array.length;
		const taken = isFull ? this.#array : this.#array.slice(0, this.#length);
		this.#array = new Uint32Array(0);
		this.#length = 0;
		return taken;
	}
}

/** Numbers that arrive one at a time: a typed array that grows by half. */
export class FloatList {
	#array: Float32Array;
	#length = 0;

	constructor(capacity = 4096) {
		this.#array = new Float32Array(capacity);
	}

	/** How many numbers there are. */
	get length(): number {
		return this.#length;
	}

	/** Adds one number. */
	push(value: number): void {
		const at = this.#length;
		if (at === this.#array.length) {
			const larger = new Float32Array(Math.ceil(this.#array.length * 1.5) + 1);
			larger.set(this.#array);
			this.#array = larger;
		}
		this.#array[at] = value;
		this.#length = at + 1;
	}

	/** Where the numbers lie, with room behind them; valid until the next push. */
	get array(): Float32Array {
		return this.#array;
	}

	/** The numbers added so far; a view, valid until the next push. */
	view(): Float32Array {
		return this.#array.subarray(0, this.#length);
	}

	/** The numbers, handed over; the list is empty afterwards. Copies only what did not fill its room. */
	take(): Float32Array {
		const isFull = this.#length === this.#array.length;
		const taken = isFull ? this.#array : this.#array.slice(0, this.#length);
		this.#array = new Float32Array(0);
		this.#length = 0;
		return taken;
	}
}
