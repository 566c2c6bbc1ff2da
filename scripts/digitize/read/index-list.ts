/** Triangle corners that arrive one polygon at a time: a typed array that doubles. */
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
		if (this.#length + 3 > this.#array.length) {
			const larger = new Uint32Array(this.#array.length * 2 + 3);
			larger.set(this.#array);
			this.#array = larger;
		}
		const at = this.#length;
		this.#array[at] = a;
		this.#array[at + 1] = b;
		this.#array[at + 2] = c;
		this.#length = at + 3;
	}

	/** The corners added so far; a view, valid until the next triangle. */
	view(): Uint32Array {
		return this.#array.subarray(0, this.#length);
	}
}

/** Numbers that arrive one at a time: a typed array that doubles. */
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
		if (this.#length === this.#array.length) {
			const larger = new Float32Array(this.#array.length * 2 + 1);
			larger.set(this.#array);
			this.#array = larger;
		}
		this.#array[this.#length] = value;
		this.#length += 1;
	}

	/** The numbers added so far; a view, valid until the next push. */
	view(): Float32Array {
		return this.#array.subarray(0, this.#length);
	}
}
