import type { Visit } from './measure-visit.ts';
import type { ModelFrame } from './page/page-record.ts';

/** What counts as all of a model's triangles. */
const FULL_SHARE = 0.97;
/** From this on a task counts as long, and what lies above it as blocking. */
const LONG_TASK_MS = 50;

/** What a visit comes to. Times count from the start of the navigation; `first` and `full` are frames. */
export interface VisitFigures {
	firstDrawnMs: number;
	firstSubmittedMs: number;
	fullDrawnMs: number;
	fullSubmittedMs: number;
	/** Requests made until the first frame was submitted, and until it was drawn. */
	requestsToFirstSubmitted: number;
	requestsToFirstDrawn: number;
	/** Bytes that had passed when the first frame was submitted. */
	scriptBytesToFirst: number;
	modelBytesToFirst: number;
	bytesToFirst: number;
	/** Bytes that had passed when the full frame was submitted. */
	scriptBytesToFull: number;
	modelBytesToFull: number;
	bytesToFull: number;
	/** Until the full frame was drawn. */
	longestTaskMs: number;
	blockingMs: number;
	/** From navigation until the page had settled. */
	mainThreadS: number;
	/** From navigation until the full frame was drawn. */
	cpuS: number;
	rendererCpuS: number;
	gpuCpuS: number;
	heapBytesAtRest: number;
	heapBytesPeak: number;
	textureBytes: number;
	bufferBytes: number;
	/** Of the last frame. */
	draws: number;
	triangles: number;
	contexts: number;
}

/**
 * Reads the figures off a visit. `fullTriangles`: of the finest model there is; left out, what the
 * last frame shows, for a page that settles on a tier. Throws when the full model was never drawn.
 */
export function visitFigures(visit: Visit, fullTriangles?: number): VisitFigures {
	const { record, wire } = visit;
	const wanted = (fullTriangles ?? record.last?.triangles ?? Number.POSITIVE_INFINITY) * FULL_SHARE;
	const first = drawnFrame(record.frames[0]);
	const full = drawnFrame(record.frames.find(({ triangles }) => triangles >= wanted));
	const toUnixMs = (ms: number) => record.timeOriginMs + ms;
	const bytesToFirst = wire.bytesUntil(toUnixMs(first.submittedMs));
	const bytesToFull = wire.bytesUntil(toUnixMs(full.submittedMs));
	const tasks = record.longTasks
		.filter(({ startMs }) => startMs < full.drawnMs)
		.map(({ durationMs }) => durationMs);
	const cpu = visit.cpu.between(record.timeOriginMs, toUnixMs(full.drawnMs));
	return {
		firstDrawnMs: first.drawnMs,
		firstSubmittedMs: first.submittedMs,
		fullDrawnMs: full.drawnMs,
		fullSubmittedMs: full.submittedMs,
		requestsToFirstSubmitted: wire.requestsUntil(toUnixMs(first.submittedMs)),
		requestsToFirstDrawn: wire.requestsUntil(toUnixMs(first.drawnMs)),
		scriptBytesToFirst: bytesToFirst.js,
		modelBytesToFirst: bytesToFirst.model,
		bytesToFirst: bytesToFirst.all,
		scriptBytesToFull: bytesToFull.js,
		modelBytesToFull: bytesToFull.model,
		bytesToFull: bytesToFull.all,
		longestTaskMs: Math.max(0, ...tasks),
		blockingMs: tasks.reduce((sum, ms) => sum + Math.max(ms - LONG_TASK_MS, 0), 0),
		mainThreadS: visit.mainThreadS,
		cpuS: cpu.all,
		rendererCpuS: cpu.renderer,
		gpuCpuS: cpu.gpu,
		heapBytesAtRest: visit.heapBytes.atRest,
		heapBytesPeak: visit.heapBytes.peak,
		textureBytes: record.textureBytes,
		bufferBytes: record.bufferBytes,
		draws: record.last?.draws ?? 0,
		triangles: record.last?.triangles ?? 0,
		contexts: record.contexts,
	};
}

function drawnFrame(frame: ModelFrame | undefined): { submittedMs: number; drawnMs: number } {
	if (frame === undefined) throw new Error('bench: the model was never drawn whole into a canvas');
	if (frame.drawnMs === null) throw new Error('bench: a frame of the model was never finished');
	return { submittedMs: frame.submittedMs, drawnMs: frame.drawnMs };
}
