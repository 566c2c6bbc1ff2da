/** Gathers the names asked for in one turn of the event loop and asks for them together, `max` at a time. */
export class GatheredCalls {
	readonly #ask: (names: readonly string[]) => Promise<void>;
	readonly #max: number;
	#waiting = new Set<string>();
	#turn: Promise<void> | undefined;

	constructor(ask: (names: readonly string[]) => Promise<void>, max: number) {
		this.#ask = ask;
		this.#max = max;
	}

	/** Asks for a name with all others of this turn; resolves once all of them have been answered. */
	add(name: string): Promise<void> {
		this.#waiting.add(name);
		this.#turn ??= Promise.resolve().then(() => this.#send());
		return this.#turn;
	}

	async #send(): Promise<void> {
		const names = [...this.#waiting];
		this.#waiting = new Set();
		this.#turn = undefined;
		const batches = Array.from({ length: Math.ceil(names.length / this.#max) }, (_, i) =>
			names.slice(i * this.#max, (i + 1) * this.#max),
		);
		await Promise.all(batches.map((batch) => this.#ask(batch)));
	}
}
