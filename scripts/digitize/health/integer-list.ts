/** Whole numbers below 2^32 that arrive one at a time: a typed array that doubles. */
export class IntegerList {
	#array = new Uint32Array(64);
	#length = 0;

	push(value: number): void {
		if (this.#length === this.#array.length) {
			const larger = new Uint32Array(this.#array.length * 2);
			larger.set(this.#array);
			this.#array = larger;
		}
		this.#array[this.#length] = value;
		this.#length += 1;
	}

	/** The numbers so far; a view, valid until the next push. */
	view(): Uint32Array {
		return this.#array.subarray(0, this.#length);
	}
}
