import { Tinypool } from 'tinypool';
import type { Bounds } from '#schema/value/geometry';
import { boundsOf } from '../mesh/inspect.ts';
import { simplify } from '../mesh/simplify.ts';
import { frame } from './camera.ts';
import { encodePicture } from './encode-picture.ts';
import { buildScenery, type Scenery, type Subject } from './scenery.ts';
import { meter, setUp, type View } from './shoot.ts';
import type { FrameTask } from './turntable-worker.ts';

/** The sheet of a turning piece; frames row by row. */
export interface Turntable {
	webp: Uint8Array;
	frames: number;
	columns: number;
	frameWidthPx: number;
	frameHeightPx: number;
}

const FRAMES = 24;
const COLUMNS = 6;
/** A multiple of WebP's blocks, so that no frame bleeds into its neighbour. */
const FRAME_PX = 384;
/** More triangles than this are finer than the frames. */
const TRIANGLES = 60_000;
const MAX_BYTES = 400_000;
/** Effort 4: the sheet has five million pixels. */
const EFFORT = 4;
const QUALITY = {
	samples: 2,
	spots: { keyMaps: 5, keyPx: 512, rimPx: 256 },
	floorCells: 80,
};

/** The meter looks at every sixth frame, coarsely. */
const METER_EVERY = 6;
const METER = {
	sizePx: 128,
	samples: 1,
	spots: { keyMaps: 2, keyPx: 256, rimPx: 128 },
	floorCells: 1,
};

/** Slices of height in which the reach of a turning piece is found. */
const SLICES = 48;

const WORKER = new URL('./turntable-worker.ts', import.meta.url).href;

/**
 * Draws one full turn of a piece in the poster's light: camera and lights stay, the piece turns to
 * the right in 24 steps, framed and exposed alike in all. Frames are drawn in `threads` threads, whose
 * number and order change no byte. `framePx`: side of a frame, a multiple of 16. Cost: about 13
 * CPU-seconds at 384.
 */
export async function drawTurntable(
	subject: Subject,
	threads: number,
	signal: AbortSignal,
	framePx = FRAME_PX,
): Promise<Turntable> {
	const { mesh } = await simplify(subject.mesh, TRIANGLES);
	const scenery = await buildScenery({ ...subject, mesh }, framePx);
	const reach = reachOf(scenery.mesh.positions, scenery.bounds);
	const exposure = meterAll(scenery, reach);
	const views = Array.from({ length: FRAMES }, (_, i) =>
		viewOf(reach, i, { ...QUALITY, sizePx: framePx }),
	);
	const frames = await shootAll(scenery, views, exposure, threads, signal);
	const data = tile(frames, framePx);
	const [widthPx, heightPx] = [COLUMNS * framePx, (FRAMES / COLUMNS) * framePx];
	const webp = await encodePicture({ data, widthPx, heightPx }, MAX_BYTES, EFFORT);
	const size = { frameWidthPx: framePx, frameHeightPx: framePx };
	return { webp, frames: FRAMES, columns: COLUMNS, ...size };
}

async function shootAll(
	scenery: Scenery,
	views: View[],
	exposure: number,
	threads: number,
	signal: AbortSignal,
): Promise<Uint8Array[]> {
	const pool = new Tinypool({ filename: WORKER, minThreads: threads, maxThreads: threads });
	try {
		const shots = views.map((view): Promise<Uint8Array> => {
			const task: FrameTask = { scenery, view, exposure };
			return pool.run(task, { name: 'drawFrame', signal });
		});
		return await Promise.all(shots);
	} finally {
		await pool.destroy();
	}
}

function viewOf(reach: Float32Array, i: number, quality: Omit<View, 'camera' | 'turnRad'>): View {
	const turnRad = (i / FRAMES) * 2 * Math.PI;
	const camera = frame(reach, boundsOf(reach), quality.sizePx * quality.samples, turnRad);
	return { ...quality, camera, turnRad };
}

/** One exposure for the whole turn, so that nothing pumps while it turns. */
function meterAll(scenery: Scenery, reach: Float32Array): number {
	const stages = [];
	for (let i = 0; i < FRAMES; i += METER_EVERY) {
		stages.push(setUp(scenery, viewOf(reach, i, METER)));
	}
	return meter(stages);
}

/**
 * The places a turning piece may reach, as rings of points: what the camera must keep in view. The
 * rings look the same at every step of the turn, so that the framing does, too.
 */
function reachOf(positions: Float32Array, { min, max }: Bounds): Float32Array {
	const sliceM = (max[1] - min[1]) / SLICES || 1;
	const radii = new Float64Array(SLICES);
	for (let i = 0; i < positions.length; i += 3) {
		const slice = Math.min(Math.floor(((positions[i + 1] ?? 0) - min[1]) / sliceM), SLICES - 1);
		const radius = Math.hypot(positions[i] ?? 0, positions[i + 2] ?? 0);
		radii[slice] = Math.max(radii[slice] ?? 0, radius);
	}
	const points: number[] = [];
	for (const [slice, radius] of radii.entries()) {
		for (let i = 0; i < FRAMES * 2; i += 1) {
			const angle = (i / (FRAMES * 2)) * 2 * Math.PI;
			const [x, z] = [radius * Math.sin(angle), radius * Math.cos(angle)];
			points.push(x, min[1] + slice * sliceM, z, x, min[1] + (slice + 1) * sliceM, z);
		}
	}
	return Float32Array.from(points);
}

function tile(frames: Uint8Array[], framePx: number): Uint8Array {
	const row = framePx * 3;
	const sheet = new Uint8Array(frames.length * framePx * row);
	for (const [i, frame] of frames.entries()) {
		const column = i % COLUMNS;
		const top = Math.floor(i / COLUMNS) * framePx;
		for (let y = 0; y < framePx; y += 1) {
			const at = ((top + y) * COLUMNS + column) * row;
			sheet.set(frame.subarray(y * row, (y + 1) * row), at);
		}
	}
	return sheet;
}
