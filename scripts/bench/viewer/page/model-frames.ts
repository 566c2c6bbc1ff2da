import type { ModelFrame } from './page-record.ts';

type Gl = WebGL2RenderingContext;

/** Fewer triangles into the canvas are no model: a background, a floor, a full-screen pass. */
const MIN_TRIANGLES = 800;
const POLL_MS = 2;

const { setTimeout, queueMicrotask, performance } = globalThis;

/** Watches for frames of a model: one animation callback that draws enough triangles into one canvas. */
export class ModelFrames {
	/** Those that showed more than every one before. */
	readonly frames: ModelFrame[] = [];
	frameCount = 0;
	last: { triangles: number; draws: number } | null = null;
	textureBytes = 0;
	#pendingFences = 0;
	#isInCallback = false;
	#isClosing = false;
	#mostTriangles = 0;
	#seenTextureBytes = 0;
	/** What was drawn since the last callback returned. */
	readonly #open = new Map<Gl, { triangles: number; draws: number }>();

	get isFencePending(): boolean {
		return this.#pendingFences > 0;
	}

	/** Wraps `requestAnimationFrame`. */
	watchCallbacks(): void {
		const request = globalThis.requestAnimationFrame.bind(globalThis);
		globalThis.requestAnimationFrame = (callback) =>
			request((timeMs) => {
				this.#isInCallback = true;
				try {
					callback(timeMs);
				} finally {
					this.#isInCallback = false;
					this.#close();
				}
			});
	}

	draw(gl: Gl, triangles: number): void {
		const open = this.#open.get(gl) ?? { triangles: 0, draws: 0 };
		open.triangles += triangles;
		open.draws += 1;
		this.#open.set(gl, open);
		if (this.#isInCallback || this.#isClosing) return;
		// Drawn outside of any callback: the frame ends with the task.
		this.#isClosing = true;
		queueMicrotask(() => this.#close());
	}

	#close(): void {
		this.#isClosing = false;
		const submittedMs = performance.now();
		for (const [gl, drawn] of this.#open) {
			if (drawn.triangles >= MIN_TRIANGLES) this.#take(gl, { ...drawn, submittedMs });
		}
		this.#open.clear();
	}

	#take(gl: Gl, drawn: Pick<ModelFrame, 'submittedMs' | 'triangles' | 'draws'>): void {
		const { triangles, draws } = drawn;
		this.frameCount += 1;
		this.last = { triangles, draws };
		// A fence for every frame would be a load of its own.
		const isMore = triangles > this.#mostTriangles || this.textureBytes > this.#seenTextureBytes;
		if (!isMore) return;
		this.#mostTriangles = Math.max(this.#mostTriangles, triangles);
		this.#seenTextureBytes = this.textureBytes;
		const frame: ModelFrame = { ...drawn, drawnMs: null, textureBytes: this.textureBytes };
		this.frames.push(frame);
		this.#fence(gl, frame);
	}

	#fence(gl: Gl, frame: ModelFrame): void {
		const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
		if (sync === null) return;
		gl.flush();
		this.#pendingFences += 1;
		const poll = () => {
			const status = gl.clientWaitSync(sync, 0, 0);
			if (status === gl.TIMEOUT_EXPIRED) {
				setTimeout(poll, POLL_MS);
				return;
			}
			this.#pendingFences -= 1;
			// A lost context draws nothing.
			if (status !== gl.WAIT_FAILED) frame.drawnMs = performance.now();
			gl.deleteSync(sync);
		};
		setTimeout(poll, POLL_MS);
	}
}
