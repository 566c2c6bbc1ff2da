import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { folderSize } from '../media/folder-size.ts';
import { CLEAN_OUTPUT, ffmpeg, inputWords, type MediaInput } from '../media/media-tools.ts';
import { refuse } from '../refusal-error.ts';
import { type FilmSound, filmGraph } from './film-graph.ts';
import type { FilmPlan } from './plan-film.ts';

export const HLS_FOLDER = 'hls';
const MASTER_PLAYLIST = 'master.m3u8';

const SEGMENT_S = 4;
/** A picture that can be jumped to, at the same moments in every rendition. */
const KEYFRAME_S = 2;
/** Constant quality, within the rate of each rung. */
const CRF = 22;
const PRESET = 'fast';
/** Fixed, because the encoder's choices depend on it: the same bytes on every machine. */
const ENCODER_THREADS = 2;
const AUDIO_BITRATE = '128k';

/** What the manifest says of the folder. */
export type Hls = {
	file: string;
	renditions: { widthPx: number; heightPx: number; bitrateKbps: number }[];
	count: number;
	bytes: number;
};

/**
 * Writes an HLS ladder into `dir`: H.264 in fragmented MP4, one folder a rendition (`v0` the coarsest),
 * the sound once as AAC, segments of 4 seconds that begin with a key frame at the same moments in all,
 * so that players change rendition without a jolt. `sound`: undefined for films without. Sizes in the plan are those of the result.
 *
 * Source: RFC 8216; Apple, HLS authoring specification. Rejected: AV1 and HEVC (a third fewer bytes,
 * ten times the processor time, and old phones left out); one file with byte ranges (WeChat's browser
 * on older Androids asks for whole files).
 */
export async function writeHls(
	input: MediaInput,
	plan: FilmPlan,
	sound: FilmSound | undefined,
	dir: string,
): Promise<{ hls: Hls; durationS: number }> {
	if (plan.rungs.length === 0)
		throw new Error(`hls: no rendition of ${input.source.name} — plan one`);
	const root = join(dir, HLS_FOLDER);
	await mkdir(root);
	await ffmpeg(
		input,
		[
			...['-v', 'error', ...inputWords(input), '-filter_complex', filmGraph(plan, sound)],
			...plan.rungs.flatMap((_, i) => ['-map', `[v${i}]`]),
			...(sound === undefined ? [] : ['-map', '[sound]']),
			...CLEAN_OUTPUT,
			...videoWords(plan),
			...(sound === undefined ? [] : ['-c:a', 'aac', '-b:a', AUDIO_BITRATE]),
			...hlsWords(plan, sound !== undefined),
		],
		{ cwd: root },
	);
	const durationS = durationOf(await readFile(join(root, 'v0', 'index.m3u8'), 'utf8'));
	if (!(durationS > 0)) {
		refuse('media-unreadable', `${input.source.name} shows no picture — export it again as MP4`);
	}
	const renditions = [];
	for (const [i, { widthPx, heightPx }] of plan.rungs.entries()) {
		const bytes = await mediaBytes(join(root, `v${i}`));
		const bitrateKbps = Math.max(1, Math.round((bytes * 8) / durationS / 1000));
		renditions.push({ widthPx, heightPx, bitrateKbps });
	}
	const size = await folderSize(root);
	return { hls: { file: `${HLS_FOLDER}/${MASTER_PLAYLIST}`, renditions, ...size }, durationS };
}

function videoWords({ rungs, framesPerS }: FilmPlan): string[] {
	const group = String(Math.round(framesPerS * KEYFRAME_S));
	const rates = rungs.flatMap(({ maxKbps }, i) => [
		...[`-maxrate:v:${i}`, `${maxKbps}k`, `-bufsize:v:${i}`, `${maxKbps * 2}k`],
	]);
	return [
		...['-c:v', 'libx264', '-preset', PRESET, '-crf', String(CRF), '-profile:v', 'high'],
		...['-pix_fmt', 'yuv420p', '-threads:v', String(ENCODER_THREADS)],
		...['-g', group, '-keyint_min', group, '-sc_threshold', '0'],
		...['-force_key_frames', `expr:gte(t,n_forced*${KEYFRAME_S})`],
		...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709'],
		...rates,
	];
}

function hlsWords({ rungs }: FilmPlan, hasSound: boolean): string[] {
	const group = hasSound ? ',agroup:sound' : '';
	const renditions = rungs.map((_, i) => `v:${i}${group},name:v${i}`);
	const heard = hasSound ? ['a:0,agroup:sound,default:yes,name:sound'] : [];
	return [
		...['-f', 'hls', '-hls_time', String(SEGMENT_S), '-hls_playlist_type', 'vod'],
		...['-hls_segment_type', 'fmp4', '-hls_flags', 'independent_segments'],
		...['-hls_fmp4_init_filename', 'init.mp4', '-hls_segment_filename', '%v/%d.m4s'],
		...['-var_stream_map', [...renditions, ...heard].join(' ')],
		...['-master_pl_name', MASTER_PLAYLIST, '%v/index.m3u8'],
	];
}

async function mediaBytes(dir: string): Promise<number> {
	let bytes = 0;
	for (const name of await readdir(dir)) {
		if (!name.endsWith('.m3u8')) bytes += (await stat(join(dir, name))).size;
	}
	return bytes;
}

/** The true duration: what the segments of a playlist add up to, seconds. */
function durationOf(playlist: string): number {
	const lengths = [...playlist.matchAll(/^#EXTINF:([\d.]+),/gm)].map((found) => Number(found[1]));
	return Math.round(lengths.reduce((sum, length) => sum + length, 0) * 1000) / 1000;
}
