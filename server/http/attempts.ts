import { MemoryStore, type Options } from 'express-rate-limit';
import { HttpError } from './errors.ts';

const WINDOW_MS = 10 * 60_000;

/**
 * Counts failed attempts against one name (an account's address, a code), whoever makes them: many
 * machines may guess side by side, and each stays below its own limit. Kept in this process only, so
 * that several web processes together allow as many times more.
 */
export class Attempts {
	readonly #limit: number;
	readonly #store = new MemoryStore();

	constructor(limit: number) {
		this.#limit = limit;
		// The rest of the options belongs to the middleware, which is not used here.
		this.#store.init({ windowMs: WINDOW_MS } as Options);
	}

	/** Counts one. Throws HttpError when there were too many in ten minutes, right or wrong. */
	async take(name: string): Promise<void> {
		const { totalHits, resetTime } = await this.#store.increment(name.toLowerCase());
		if (totalHits <= this.#limit) return;
		const waitS = Math.ceil(((resetTime?.getTime() ?? 0) - Date.now()) / 1000);
		throw new HttpError(
			'rate-limited',
			'request: too many attempts under this name — wait some minutes',
			{ 'Retry-After': String(Math.max(1, waitS)) },
		);
	}

	/** It was no failure: it does not count. */
	async forgive(name: string): Promise<void> {
		await this.#store.decrement(name.toLowerCase());
	}
}
