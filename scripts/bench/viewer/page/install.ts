import { ModelFrames } from './model-frames.ts';
import type { PageRecord } from './page-record.ts';
import { watchGl } from './watch-gl.ts';

/*
 * Runs in a page before its own scripts, bundled into one: puts the clocks in and leaves the global
 * function `xishanBench`, which gives the `PageRecord` so far.
 */

const frames = new ModelFrames();
const longTasks: PageRecord['longTasks'] = [];
let contexts = 0;
let bufferBytes = 0;

frames.watchCallbacks();
watchGl({
	onCanvasDraw: (gl, triangles) => frames.draw(gl, triangles),
	onTexture(bytes) {
		frames.textureBytes += bytes;
	},
	onBuffer(bytes) {
		bufferBytes += bytes;
	},
	onContext() {
		contexts += 1;
	},
});

new PerformanceObserver((list) => {
	for (const { startTime, duration } of list.getEntries()) {
		longTasks.push({ startMs: startTime, durationMs: duration });
	}
}).observe({ type: 'longtask', buffered: true });

function record(): PageRecord {
	return {
		timeOriginMs: performance.timeOrigin,
		frames: frames.frames,
		frameCount: frames.frameCount,
		last: frames.last,
		isFencePending: frames.isFencePending,
		contexts,
		textureBytes: frames.textureBytes,
		bufferBytes,
		longTasks,
	};
}

Reflect.set(globalThis, 'xishanBench', record);
