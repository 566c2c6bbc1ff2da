interface Waiting {
	importance: () => number;
	start: () => void;
}

/** Transfers side by side: enough to hide the way there and back, few enough that the first of them is soon done. */
const AT_ONCE = 3;

/**
 * Lets the loads of a stage begin in the order of their importance, a few at a time. Importance is
 * asked anew each time a place is free: what the visitor has turned to meanwhile goes first.
 */
export class LoadQueue {
	readonly #atOnce: number;
	readonly #waiting = new Set<Waiting>();
	#running = 0;
	#isPaused = false;

	constructor(atOnce = AT_ONCE) {
		this.#atOnce = atOnce;
	}

	/** How many loads are under way, and how many wait for a place. */
	get counts(): { running: number; waiting: number } {
		return { running: this.#running, waiting: this.#waiting.size };
	}

	/** Runs `load` when its turn has come. Rejects with the signal's reason when it is aborted before. */
	async run<T>(importance: () => number, signal: AbortSignal, load: () => Promise<T>): Promise<T> {
		await this.#turn(importance, signal);
		try {
			return await load();
		} finally {
			this.#running--;
			this.#next();
		}
	}

	/** Nothing new begins until `resume`; what runs goes on. */
	pause(): void {
		this.#isPaused = true;
	}

	resume(): void {
		this.#isPaused = false;
		this.#next();
	}

	#turn(importance: () => number, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		return new Promise((resolve, reject) => {
			const give = () => {
				this.#waiting.delete(waiting);
				reject(signal.reason);
			};
			const waiting: Waiting = {
				importance,
				start: () => {
					signal.removeEventListener('abort', give);
					resolve();
				},
			};
			signal.addEventListener('abort', give, { once: true });
			this.#waiting.add(waiting);
			this.#next();
		});
	}

	#next(): void {
		while (!this.#isPaused && this.#running < this.#atOnce && this.#waiting.size > 0) {
			let first: Waiting | undefined;
			let most = Number.NEGATIVE_INFINITY;
			for (const waiting of this.#waiting) {
				const importance = waiting.importance();
				if (first !== undefined && importance <= most) continue;
				[first, most] = [waiting, importance];
			}
			if (first === undefined) return;
			this.#waiting.delete(first);
			this.#running++;
			first.start();
		}
	}
}
