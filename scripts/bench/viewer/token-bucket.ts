export interface TokenBucketOptions {
	bytesPerS: number;
	/** How late a transfer under way may go on and still have lost nothing. */
	graceMs: number;
}

/** Shares one link's bytes among all who take some, in the order they ask. Time is handed in, in milliseconds. */
export class TokenBucket {
	readonly #bytesPerMs: number;
	readonly #graceMs: number;
	/** When all that was taken so far will have passed. */
	#freeAtMs = Number.NEGATIVE_INFINITY;

	constructor({ bytesPerS, graceMs }: TokenBucketOptions) {
		this.#bytesPerMs = bytesPerS / 1000;
		this.#graceMs = graceMs;
	}

	/**
	 * Takes bytes and gives when the last of them has passed the link. A link at rest saves nothing up;
	 * but who is `underWay`, with more of the same transfer, may come late: timers do on a busy machine.
	 */
	take(bytes: number, nowMs: number, underWay = false): number {
		const fromMs = Math.max(this.#freeAtMs, underWay ? nowMs - this.#graceMs : nowMs);
		this.#freeAtMs = fromMs + bytes / this.#bytesPerMs;
		return this.#freeAtMs;
	}
}
