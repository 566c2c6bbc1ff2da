import { join } from 'node:path';
import { hashFile } from '../intake/hash-file.ts';
import { type Loudness, levelTo, MAX_TRUE_PEAK_DB, measureLoudness } from '../media/loudness.ts';
import {
	CLEAN_OUTPUT,
	ffmpeg,
	fileWords,
	inputWords,
	type MediaInput,
} from '../media/media-tools.ts';

/** Bits a second of one and of two channels: transparent to nearly everybody. */
const OPUS_BITRATES = { mono: '64k', stereo: '112k' };
const AAC_BITRATES = { mono: '96k', stereo: '160k' };
/** Where the limiter stops, dB: coding adds up to a decibel; the second is for what adds more. */
const CEILINGS_DB: readonly number[] = [-2, -4];

/** The sound of a recording in two codings. */
export type Sound = {
	streams: { file: string; bytes: number; sha256: string; codec: 'opus' | 'aac' }[];
	input: Loudness;
	output: Loudness;
	isSilent: boolean;
};

/**
 * Writes `sound.opus` and `sound.m4a` at −18 LUFS with true peaks of at most −1 dB, in one or two
 * channels at 48 kHz, without any metadata. Opus is smaller; AAC is what older iPhones and WeChat on
 * them play. Loudness is measured before, and after on the Opus file; when coding threw a peak over
 * the limit, both are made again with more room.
 */
export async function writeSound(input: MediaInput, channels: number, dir: string): Promise<Sound> {
	const { loudness: before } = await measureLoudness(input, inputWords(input), channels);
	for (const ceilingDb of CEILINGS_DB) {
		const { filter, isSilent } = levelTo(before, channels, ceilingDb);
		await encode(input, channels, filter, dir);
		const opus = fileWords(join(dir, 'sound.opus'));
		const aac = fileWords(join(dir, 'sound.m4a'));
		const { loudness: after } = await measureLoudness(input, opus, channels);
		const { loudness: other } = await measureLoudness(input, aac, channels);
		const truePeakDb = Math.max(after.truePeakDb, other.truePeakDb);
		if (truePeakDb > MAX_TRUE_PEAK_DB && ceilingDb !== CEILINGS_DB.at(-1)) continue;
		const streams = [
			{ file: 'sound.opus', ...(await hashFile(join(dir, 'sound.opus'))), codec: 'opus' as const },
			{ file: 'sound.m4a', ...(await hashFile(join(dir, 'sound.m4a'))), codec: 'aac' as const },
		];
		return { streams, input: before, output: { lufs: after.lufs, truePeakDb }, isSilent };
	}
	throw new Error('sound: there is no ceiling to try — list at least one');
}

async function encode(
	input: MediaInput,
	channels: number,
	filter: string,
	dir: string,
): Promise<void> {
	const size = channels === 1 ? 'mono' : 'stereo';
	const opus = ['-c:a', 'libopus', '-b:a', OPUS_BITRATES[size], '-f', 'opus'];
	const aac = ['-c:a', 'aac', '-b:a', AAC_BITRATES[size], '-movflags', '+faststart', '-f', 'ipod'];
	await ffmpeg(input, [
		...['-v', 'error', ...inputWords(input)],
		...['-filter_complex', `[0:a:0]${filter},asplit=2[one][two]`],
		...['-map', '[one]', ...CLEAN_OUTPUT, ...opus, `file:${join(dir, 'sound.opus')}`],
		...['-map', '[two]', ...CLEAN_OUTPUT, ...aac, `file:${join(dir, 'sound.m4a')}`],
	]);
}
