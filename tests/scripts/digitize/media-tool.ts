import { spawnSync } from 'node:child_process';
import { reportSkip } from '../../support/skip.ts';

const FFMPEG = process.env.FFMPEG_PATH ?? 'ffmpeg';

/** Whether the system's ffmpeg can make and read recordings here; where it cannot, the skip is reported. */
export function hasFfmpeg(what: string): boolean {
	const isHere = spawnSync(FFMPEG, ['-version']).status === 0;
	if (!isHere) reportSkip(`${what}: this machine lacks ffmpeg`);
	return isHere;
}

/** Makes a recording with ffmpeg's own test sources. Throws with what it said when it cannot. */
export function ffmpegMakes(words: string[], path: string): void {
	const run = spawnSync(FFMPEG, ['-v', 'error', '-nostdin', '-y', ...words, path]);
	if (run.status !== 0) throw new Error(`ffmpeg: ${run.stderr.toString()}`);
}
