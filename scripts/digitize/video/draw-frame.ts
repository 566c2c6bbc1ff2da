import sharp, { type Sharp } from 'sharp';
import { ffmpeg, inputWords, type MediaInput } from '../media/media-tools.ts';
import { refuse } from '../refusal-error.ts';
import type { FilmPlan } from './plan-film.ts';

/** How far into a film its poster is looked for: behind titles and fades. */
const AT_SHARE = 0.2;
/** Among so many frames that one is taken whose colours are nearest to the mean: no fade, no flash. */
const CANDIDATES = 100;
const MAX_PX = 1600;
const MAX_PNG_BYTES = 60_000_000;

/** A frame that stands for a film, its first where it is too short to choose. Refuses with `media-unreadable` when there is none. */
export async function drawFrame(
	input: MediaInput,
	plan: FilmPlan,
	durationS: number,
): Promise<Sharp> {
	const scale = Math.min(1, MAX_PX / Math.max(plan.widthPx, plan.heightPx));
	const [width, height] = [plan.widthPx, plan.heightPx].map((px) =>
		Math.max(2, Math.round(px * scale)),
	);
	const filters = [
		...plan.filters,
		`thumbnail=n=${CANDIDATES}`,
		`scale=${width}:${height}:in_color_matrix=bt709:flags=lanczos+bitexact+accurate_rnd`,
		'setsar=1',
	];
	for (const startS of [durationS * AT_SHARE, 0]) {
		const png = await grab(input, plan.index, filters, startS);
		if (png.length > 0) return sharp(png);
	}
	return refuse(
		'media-unreadable',
		`${input.source.name} shows no picture — export it again as MP4`,
	);
}

/** The first frame from a moment on, as PNG; empty where the picture has ended by then. */
async function grab(
	input: MediaInput,
	index: number,
	filters: string[],
	startS: number,
): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	const take = (chunk: Buffer): void => {
		bytes += chunk.length;
		if (bytes <= MAX_PNG_BYTES) chunks.push(chunk);
	};
	const start = startS > 0 ? ['-ss', startS.toFixed(3)] : [];
	const frame = ['-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe', 'pipe:1'];
	const words = ['-v', 'error', ...start, ...inputWords(input), '-map', `0:${index}`];
	await ffmpeg(input, [...words, '-vf', filters.join(','), ...frame], { onOutput: take });
	return Buffer.concat(chunks);
}
