import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Tinypool } from 'tinypool';
import { FACES } from './cube.ts';
import { FACE_TILE_PX, type FaceTask, makeFace } from './make-face.ts';
import type { SphereFile } from './sphere-file.ts';

export const FACES_FOLDER = 'faces';

/** Each thread holds one face and its part of the sphere: 130 to 200 MB of a panorama of 16,384 pixels. */
const MAX_THREADS = 2;
/** Faces up to this side are drawn sooner than a thread starts. */
const SMALL_PX = 768;

/**
 * Draws the six faces of the cube around a sphere and writes them to `dir` as tiles of 512 pixels in
 * levels, each twice as fine as the one before. The finest has the panorama's own resolution where it
 * is needed most, in the middle of a face: width / π, in whole tiles. Gives the levels, coarse to fine.
 */
export async function makeFaces(
	sphere: SphereFile,
	dir: string,
	signal: AbortSignal,
): Promise<{ facePx: number }[]> {
	const levels = levelsOf(sphere.widthPx);
	const tasks = FACES.map(
		(face): FaceTask => ({
			sphere,
			face,
			levels,
			dir: join(dir, FACES_FOLDER),
		}),
	);
	if ((levels.at(-1) ?? 0) <= SMALL_PX) {
		for (const task of tasks) await makeFace(task);
		return levels.map((facePx) => ({ facePx }));
	}
	const pool = new Tinypool({
		filename: new URL('./make-face.ts', import.meta.url).href,
		minThreads: 0,
		maxThreads: Math.min(availableParallelism(), MAX_THREADS),
		concurrentTasksPerWorker: 1,
	});
	try {
		await Promise.all(tasks.map((task) => pool.run(task, { name: 'makeFace', signal })));
	} finally {
		await pool.destroy();
	}
	return levels.map((facePx) => ({ facePx }));
}

function levelsOf(widthPx: number): number[] {
	const exact = widthPx / Math.PI;
	const tiles = Math.round(exact / FACE_TILE_PX);
	const levels = [tiles > 0 ? tiles * FACE_TILE_PX : Math.ceil(exact)];
	while ((levels[0] ?? 0) > FACE_TILE_PX) levels.unshift(Math.ceil((levels[0] ?? 0) / 2));
	return levels;
}
