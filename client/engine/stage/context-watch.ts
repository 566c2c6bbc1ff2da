/** `held`: all is well. `lost`: the browser may give it back. `gone`: it has not, and somebody must ask. */
export type ContextState = 'held' | 'lost' | 'gone';

/** A browser that gives a context back at all does so within a second or two. */
const GONE_AFTER_MS = 8_000;

interface ContextWatchOptions {
	onLost(): void;
	onRestored(): void;
	/** A lost context did not come back in time. It may still, later. */
	onGone(): void;
}

/** Follows the loss and the return of a canvas's WebGL context. `dispose` takes its listeners off. */
export class ContextWatch {
	readonly #options: ContextWatchOptions;
	readonly #listeners = new AbortController();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#state: ContextState = 'held';

	constructor(canvas: HTMLCanvasElement, options: ContextWatchOptions) {
		this.#options = options;
		const { signal } = this.#listeners;
		canvas.addEventListener('webglcontextlost', (event) => this.#lose(event), { signal });
		canvas.addEventListener('webglcontextrestored', () => this.#restore(), { signal });
	}

	get state(): ContextState {
		return this.#state;
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#listeners.abort();
	}

	#lose(event: Event): void {
		// Without this the browser never gives a context back.
		event.preventDefault();
		clearTimeout(this.#timer);
		this.#state = 'lost';
		this.#timer = setTimeout(() => {
			this.#state = 'gone';
			this.#options.onGone();
		}, GONE_AFTER_MS);
		this.#options.onLost();
	}

	#restore(): void {
		clearTimeout(this.#timer);
		this.#state = 'held';
		this.#options.onRestored();
	}
}
