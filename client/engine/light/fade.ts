/** How much of something has come: from 0 to 1, smoothly, at the pace of the frames that are drawn. */
export class Fade {
	readonly #durationMs: number;
	#share = 0;
	#isUnderWay = false;
	#startedMs: number | undefined;

	/** `durationMs` 0: all of it comes with the second frame. */
	constructor(durationMs: number) {
		this.#durationMs = durationMs;
	}

	get share(): number {
		return this.#share;
	}

	get isUnderWay(): boolean {
		return this.#isUnderWay;
	}

	start(): void {
		this.#isUnderWay = this.#share < 1;
	}

	/** Back to nothing. */
	reset(): void {
		this.#share = 0;
		this.#isUnderWay = false;
		this.#startedMs = undefined;
	}

	/**
	 * To be called once a frame, before it is drawn; says whether another frame is wanted. The first
	 * one still shows nothing: what comes with it costs enough.
	 */
	advance(nowMs: number): boolean {
		if (!this.#isUnderWay) return false;
		this.#startedMs ??= nowMs;
		const passed = (nowMs - this.#startedMs) / Math.max(1, this.#durationMs);
		const bounded = Math.min(1, Math.max(0, passed));
		this.#share = bounded * bounded * (3 - 2 * bounded);
		this.#isUnderWay = bounded < 1;
		return this.#isUnderWay;
	}
}
