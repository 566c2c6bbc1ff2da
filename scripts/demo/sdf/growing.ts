/** A list of numbers that doubles its room when full; far lighter than an array of as many numbers. */
export class Growing {
	#values: Float64Array;
	#count = 0;

	constructor(room: number) {
		this.#values = new Float64Array(room);
	}

	/** Returns the number's place. */
	push(value: number): number {
		if (this.#count === this.#values.length) {
			const wider = new Float64Array(this.#values.length * 2);
			wider.set(this.#values);
			this.#values = wider;
		}
		this.#values[this.#count] = value;
		return this.#count++;
	}

	push3(a: number, b: number, c: number): void {
		this.push(a);
		this.push(b);
		this.push(c);
	}

	at(index: number): number {
		return this.#values[index] ?? 0;
	}

	/** What was pushed; valid until the next push. */
	view(): Float64Array {
		return this.#values.subarray(0, this.#count);
	}
}
