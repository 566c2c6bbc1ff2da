import { dirname, join } from 'node:path';
import { FORMATS, type Format } from '../intake/formats.ts';
import type { SourceFile } from '../intake/source-file.ts';
import { refuse } from '../refusal-error.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

/** Demuxers by format: the file decides nothing, so no playlist can name other files or addresses. */
const DEMUXERS: { [format in Format]?: string } = {
	mp3: 'mp3',
	wav: 'wav',
	flac: 'flac',
	ogg: 'ogg',
	m4a: 'mov',
	mp4: 'mov',
	matroska: 'matroska',
};
/** The largest single piece of memory a file can make the decoder ask for. */
const MAX_ALLOC_BYTES = 1_000_000_000;

/** The system's ffmpeg and ffprobe. */
export interface MediaTools {
	ffmpeg: string;
	ffprobe: string;
	/** As `5.1.9-0+deb12u1`. */
	version: string;
}

/** A recording and what is needed to work on it. */
export interface MediaInput {
	source: SourceFile;
	format: Format;
	tools: MediaTools;
	signal: AbortSignal;
}

/**
 * Finds ffmpeg: `FFMPEG_PATH`, with ffprobe beside it, else whatever the search path holds. Refuses
 * with `media-tool-missing`. No npm package is used: they all download a binary when installed.
 */
export async function findMediaTools(name: string, signal: AbortSignal): Promise<MediaTools> {
	const given = process.env.FFMPEG_PATH;
	const ffmpeg = given ?? 'ffmpeg';
	const ffprobe = given === undefined ? 'ffprobe' : join(dirname(given), 'ffprobe');
	let said = '';
	const options = { signal, onOutput: (chunk: Buffer) => (said += chunk.toString('latin1')) };
	const run = await runTool(ffmpeg, ['-version'], options);
	const version = /^ffmpeg version (\S+)/.exec(said)?.[1];
	if (run.status === 0 && version !== undefined) return { ffmpeg, ffprobe, version };
	return refuse(
		'media-tool-missing',
		`${name} needs ffmpeg, which is not on this machine — have it installed (Debian: apt install ffmpeg) or named in FFMPEG_PATH, then try again`,
	);
}

/** Whether a format is one of sound or film. */
export function isMedia(format: Format): boolean {
	return DEMUXERS[format] !== undefined;
}

/** The words that open a recording: this file and nothing else, whatever it says of itself. */
export function inputWords({ source, format }: MediaInput): string[] {
	const demuxer = DEMUXERS[format] ?? FORMATS[format].label;
	return ['-f', demuxer, ...fileWords(source.path)];
}

/** The words that open a file, locked to the disk. */
export function fileWords(path: string): string[] {
	const bounds = ['-protocol_whitelist', 'file,pipe', '-max_alloc', String(MAX_ALLOC_BYTES)];
	return [...bounds, '-i', `file:${path}`];
}

/** Runs ffmpeg over a recording; what it cannot do is the recording's fault, and refused. Gives what it said. */
export async function ffmpeg(
	{ source, tools, signal }: MediaInput,
	words: string[],
	options: Omit<ToolOptions, 'signal'> = {},
): Promise<string> {
	const quiet = ['-nostdin', '-hide_banner', '-nostats', '-y'];
	const run = await runTool(tools.ffmpeg, [...quiet, ...words], { ...options, signal });
	if (run.status === 0) return run.stderr;
	return refuseRun(run, source.name);
}

/** Refuses a recording that a tool gave up on. */
export function refuseRun(run: { status: number | null; stderr: string }, name: string): never {
	if (run.status === null) {
		refuse('time-exhausted', `${name} takes too long to convert — cut it into shorter parts`);
	}
	if (/no space left/i.test(run.stderr))
		throw new Error('ffmpeg: the disk is full — free some space');
	if (/cannot allocate memory/i.test(run.stderr)) {
		refuse(
			'memory-exhausted',
			`${name} needs more memory than there is — make its picture smaller`,
		);
	}
	return refuse(
		'media-unreadable',
		`${name} cannot be played to its end — open it in a media player and export it again as MP4, WAV or FLAC`,
	);
}

/** What every output shares: nothing of the original's metadata, and no trace of the run or machine. */
export const CLEAN_OUTPUT: readonly string[] = [
	...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact'],
	...['-flags:v', '+bitexact', '-flags:a', '+bitexact'],
];
