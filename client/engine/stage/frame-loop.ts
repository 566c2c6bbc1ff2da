/**
 * Draws only when something changed: `invalidate` asks for one frame, and `draw` answers whether it
 * wants another (a motion under way). Nothing is drawn while the page is hidden.
 */
export class FrameLoop {
	readonly #draw: (nowMs: number) => boolean;
	readonly #onVisibility: () => void;
	#request = 0;
	#isHeld = false;

	constructor(draw: (nowMs: number) => boolean, onVisibility: (isVisible: boolean) => void) {
		this.#draw = draw;
		this.#onVisibility = () => {
			const isVisible = document.visibilityState === 'visible';
			onVisibility(isVisible);
			if (isVisible) this.invalidate();
			else this.#cancel();
		};
		document.addEventListener('visibilitychange', this.#onVisibility);
	}

	readonly invalidate = (): void => {
		if (this.#request !== 0 || this.#isHeld || document.visibilityState !== 'visible') return;
		this.#request = requestAnimationFrame((nowMs) => {
			this.#request = 0;
			if (this.#draw(nowMs)) this.invalidate();
		});
	};

	/** No frames until `release` (a lost context). */
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
		document.removeEventListener('visibilitychange', this.#onVisibility);
	}

	#cancel(): void {
		cancelAnimationFrame(this.#request);
		this.#request = 0;
	}
}
