/** Long enough for a busy line or a sleeping disk, short enough that somebody still stands there. */
const SILENCE_MS = 12_000;

/**
 * The signal of one transfer: aborted with the outer signal, or when nothing was heard for `silenceMs`.
 * `end` it, whatever became of the transfer: that closes a connection that is still open.
 */
export class SilenceLimit {
	readonly #abort = new AbortController();
	readonly #outer: AbortSignal;
	readonly #silenceMs: number;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#isSilent = false;

	constructor(outer: AbortSignal, silenceMs = SILENCE_MS) {
		this.#outer = outer;
		this.#silenceMs = silenceMs;
		outer.addEventListener('abort', this.#forward, { once: true });
		this.heard();
	}

	get signal(): AbortSignal {
		return this.#abort.signal;
	}

	/** It was the silence that ended it. */
	get isSilent(): boolean {
		return this.#isSilent;
	}

	/** Something came: the wait begins anew. */
	heard(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.#isSilent = true;
			this.#abort.abort();
		}, this.#silenceMs);
	}

	end(): void {
		clearTimeout(this.#timer);
		this.#outer.removeEventListener('abort', this.#forward);
		this.#abort.abort();
	}

	readonly #forward = (): void => this.#abort.abort(this.#outer.reason);
}
