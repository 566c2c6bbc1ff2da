/** One frame of a model that was drawn into a canvas. Times in milliseconds since navigation started. */
export interface ModelFrame {
	/** When the animation callback that drew it returned. */
	submittedMs: number;
	/** When a GPU fence behind it had signalled; null while it has not. */
	drawnMs: number | null;
	/** Triangles drawn into the canvas itself: what goes to framebuffers is no model. */
	triangles: number;
	/** Draw calls into the canvas itself. */
	draws: number;
	/** GL memory asked for until then, as `PageRecord` counts it. */
	textureBytes: number;
}

/** What the clocks inside a page have seen so far. */
export interface PageRecord {
	/** Unix time in milliseconds at which `performance.now()` is 0: the start of the navigation. */
	timeOriginMs: number;
	/** The frames that showed more than every one before, in triangles or in textures. */
	frames: ModelFrame[];
	/** How many frames of a model there were, these and all others. */
	frameCount: number;
	last: { triangles: number; draws: number } | null;
	isFencePending: boolean;
	/** WebGL contexts of any version that were made. */
	contexts: number;
	/** Base levels at four bytes a texel, compressed levels as they are. */
	textureBytes: number;
	/** Vertex, index and uniform buffers as they were allocated. */
	bufferBytes: number;
	/** Tasks of the main thread of 50 ms and more. */
	longTasks: { startMs: number; durationMs: number }[];
}
