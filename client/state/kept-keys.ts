/**
 * Says which keys of a map may go: all that nobody holds, save the `max` used last. What is held
 * never goes, however much it is.
 */
export class KeptKeys {
	readonly #max: number;
	readonly #holders = new Map<string, number>();
	/** Nobody holds these; the least recently used first. */
	readonly #free = new Set<string>();

	constructor(max: number) {
		this.#max = max;
	}

	/** Says that a key was used just now. */
	touch(key: string): void {
		if (this.#holders.has(key)) return;
		this.#free.delete(key);
		this.#free.add(key);
	}

	/** Holds keys until the returned function is called. */
	hold(keys: readonly string[]): () => void {
		for (const key of keys) {
			this.#free.delete(key);
			this.#holders.set(key, (this.#holders.get(key) ?? 0) + 1);
		}
		let isHeld = true;
		return () => {
			if (!isHeld) return;
			isHeld = false;
			for (const key of keys) this.#release(key);
		};
	}

	/** Names what must go now, and knows it no more. */
	surplus(): string[] {
		const gone: string[] = [];
		for (const key of this.#free) {
			if (this.#free.size <= this.#max) break;
			this.#free.delete(key);
			gone.push(key);
		}
		return gone;
	}

	#release(key: string): void {
		const left = (this.#holders.get(key) ?? 1) - 1;
		if (left > 0) {
			this.#holders.set(key, left);
			return;
		}
		this.#holders.delete(key);
		this.#free.add(key);
	}
}
