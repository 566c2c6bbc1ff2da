import { ffmpeg, type MediaInput } from './media-tools.ts';

/** AES TD1008 for speech on line; loud enough for a phone's speaker, quiet enough for a gallery. */
export const TARGET_LUFS = -18;
/** Highest true peak that a published file may have, dB. */
export const MAX_TRUE_PEAK_DB = -1;
/** Below this there is nothing to hear (the gate of EBU R 128). */
const SILENCE_LUFS = -69;
const MAX_GAIN_DB = 24;
/** How much the limiter may take from the loudest moments before the whole stays quieter instead. */
const MAX_LIMITING_DB = 8;
/** True peaks live between samples: the limiter works at four times the rate. */
const LIMITER_RATE_HZ = 192_000;
/** The last of ffmpeg's reports of its progress fits into this, bytes. */
const MAX_TOLD = 4000;
export const SAMPLE_RATE_HZ = 48_000;

/** Loudness by EBU R 128: integrated, and the true peak. Of silence −70 and −120. */
export type Loudness = { lufs: number; truePeakDb: number };

/** A sound that was heard, and when it ended, seconds from the file's start: a container only claims it. */
interface HeardSound {
	loudness: Loudness;
	endS: number;
}

/** How the level of a recording is changed. */
export interface Levelling {
	/** ffmpeg's audio filter; ends at 48 kHz. */
	filter: string;
	isSilent: boolean;
}

/** The same as a manifest states it. */
export function loudnessEntry({ input, output }: { input: Loudness; output: Loudness }) {
	return { inputLufs: input.lufs, outputLufs: output.lufs, truePeakDb: output.truePeakDb };
}

/**
 * Measures the loudness of what the given words open, mixed down to `channels`. The first of two
 * passes; also run over the results, so that the manifest tells what is really there.
 */
export async function measureLoudness(
	input: MediaInput,
	opening: string[],
	channels: number,
): Promise<HeardSound> {
	const layout = `aformat=channel_layouts=${layoutOf(channels)}`;
	const meter = `${layout},ebur128=peak=true:framelog=verbose`;
	const words = ['-v', 'info', ...opening, '-map', '0:a:0', '-af', meter, '-f', 'null', '-'];
	let told = '';
	const onOutput = (chunk: Buffer) => (told = (told + chunk.toString('latin1')).slice(-MAX_TOLD));
	const said = await ffmpeg(input, ['-progress', 'pipe:1', ...words], { onOutput });
	const summary = said.slice(said.lastIndexOf('Summary:'));
	const lufs = Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1] ?? -70);
	const truePeakDb = Number(/Peak:\s+(-?[\d.]+) dBFS/.exec(summary)?.[1] ?? -120);
	const endS = Number(/.*out_time_us=(\d+)/s.exec(told)?.[1] ?? 0) / 1e6;
	return { loudness: { lufs, truePeakDb }, endS };
}

/**
 * The second pass: one gain for the whole recording, so that its own dynamics stay, and a limiter for
 * what would pass `ceilingDb`. Rejected: ffmpeg's `loudnorm`, which without notice falls back to
 * riding the level when peaks are in the way, and makes a whisper as loud as a drum.
 */
export function levelTo(measured: Loudness, channels: number, ceilingDb: number): Levelling {
	const layout = `aformat=channel_layouts=${layoutOf(channels)}`;
	const isSilent = measured.lufs < SILENCE_LUFS;
	const wanted = isSilent ? 0 : TARGET_LUFS - measured.lufs;
	const room = ceilingDb - measured.truePeakDb;
	const gain = Math.min(wanted, MAX_GAIN_DB, Math.max(room, room + MAX_LIMITING_DB));
	const limit = (10 ** (ceilingDb / 20)).toFixed(6);
	const limiter =
		gain > room
			? [
					`aresample=${LIMITER_RATE_HZ}`,
					`alimiter=level=disabled:limit=${limit}:attack=5:release=80`,
				]
			: [];
	const filter = [layout, `volume=${gain.toFixed(2)}dB`, ...limiter, `aresample=${SAMPLE_RATE_HZ}`];
	return { filter: filter.join(','), isSilent };
}

function layoutOf(channels: number): string {
	return channels === 1 ? 'mono' : 'stereo';
}
