/**
 * Draws only when something changed: `invalidate` asks for one frame, and `draw` answers whether it
 * wants another (a motion under way). Nothing is drawn while the page is hidden.
 */
export class FrameLoop {
	readonly #draw: (nowMs: number) => boolean;
	readonly #listeners = new AbortController();
	#request = 0;
	#isHeld = false;

	constructor(draw: (nowMs: number) => boolean) {
		this.#draw = draw;
		const { signal } = this.#listeners;
		document.addEventListener('visibilitychange', () => this.#followPage(), { signal });
	}

	readonly invalidate = (): void => {
		if (this.#request !== 0 || this.#isHeld || document.visibilityState !== 'visible') return;
		this.#request = requestAnimationFrame((nowMs) => {
			this.#request = 0;
			if (this.#draw(nowMs)) this.invalidate();
		});
	};

	/** No frames until `release`: there is nothing to show, or nothing to show it on. */
	hold(): void {
		this.#isHeld = true;
		this.#cancel();
	}

	release(): void {
		this.#isHeld = false;
		this.invalidate();
	}

	dispose(): void {
		this.hold();
		this.#listeners.abort();
	}

	#followPage(): void {
		if (document.visibilityState === 'visible') this.invalidate();
		else this.#cancel();
	}

	#cancel(): void {
		cancelAnimationFrame(this.#request);
		this.#request = 0;
	}
}
