import { join } from 'node:path';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Finding } from '#schema/asset/digitize-report';
import type { Format } from '../intake/formats.ts';
import { manifestSource } from '../manifest-source.ts';
import { levelTo, loudnessEntry, measureLoudness } from '../media/loudness.ts';
import { fileWords, inputWords, type MediaInput } from '../media/media-tools.ts';
import { openRecording } from '../media/open-recording.ts';
import type { MediaFacts } from '../media/probe-media.ts';
import { recordingParts } from '../media/recording-parts.ts';
import { soundFindings } from '../media/sound-findings.ts';
import { adoptPictures, writePictures } from '../media/write-pictures.ts';
import { refuse } from '../refusal-error.ts';
import { writePlainReport } from '../report/write-plain-report.ts';
import type { Work } from '../work.ts';
import { drawFrame } from './draw-frame.ts';
import { heldS } from './film-graph.ts';
import { type FilmPlan, planFilm } from './plan-film.ts';
import { HLS_FOLDER, writeHls } from './write-hls.ts';

/** Where the limiter of a film's sound stops, dB: AAC adds up to half a decibel. */
const CEILING_DB = -2;

/**
 * Makes a piece of a film: an HLS ladder, poster, captions, report. A container of films that holds
 * nothing but sound, as phones and browsers record it, becomes a sound unless it was called a film.
 * Throws `RefusalError`.
 */
export async function digitizeVideo(work: Work, format: Format): Promise<AssetManifest> {
	const { source, options, begin } = work;
	const { input, facts } = await openRecording(work, format);
	if (facts.picture === undefined && facts.sound !== undefined && options.kind === undefined) {
		const { digitizeAudio } = await import('../audio/digitize-audio.ts');
		return await digitizeAudio(work, format);
	}
	const plan = facts.picture === undefined ? undefined : planFilm(facts.picture);
	if (plan === undefined || facts.picture === undefined) {
		return refuse(
			'media-unreadable',
			`${source.name} holds no moving picture — send the film itself, or take its sound with --kind audio`,
		);
	}
	const { sound, hls, pictures, durationS } = await makeFiles(work, input, plan, facts);
	const parts = await recordingParts(work, input.tools, durationS);
	await begin('report', 0.97);
	const { widthPx, heightPx, framesPerS } = plan;
	const measures = {
		widthPx,
		heightPx,
		durationS,
		framesPerS,
		codec: facts.picture.codec_name ?? 'unknown',
		pixelFormat: facts.picture.pix_fmt ?? 'unknown',
		...(sound === null ? {} : { loudness: { before: sound.input, after: sound.output } }),
	};
	const heard = sound === null ? [] : [...soundFindings(sound), ...stillFindings(sound.stillS)];
	await writePlainReport(work, {
		kind: 'video',
		measures,
		findings: [...pictureFindings(plan, facts), ...heard],
	});
	return {
		format: 'xishan-asset/1',
		kind: 'video',
		source: { ...manifestSource(source), widthPx, heightPx, durationS, framesPerS },
		hls,
		...(sound === null ? {} : { loudness: loudnessEntry(sound) }),
		...pictures,
		...parts,
	};
}

async function makeFiles(
	{ cache, folder, begin }: Work,
	input: MediaInput,
	plan: FilmPlan,
	facts: MediaFacts,
) {
	await begin('transcode', 0.05);
	const inputs = { sha256: input.source.sha256, ffmpeg: input.tools.version };
	const film = await cache.step('video-hls', inputs, async (dir) => {
		const channels = facts.sound?.channels ?? 0;
		if (channels === 0) return { sound: null, ...(await writeHls(input, plan, undefined, dir)) };
		const heard = await measureLoudness(input, inputWords(input), Math.min(channels, 2));
		const { loudness: before, endS } = heard;
		const { filter, isSilent } = levelTo(before, Math.min(channels, 2), CEILING_DB);
		const pictureEndS = facts.pictureEndS || facts.durationS;
		const made = await writeHls(input, plan, { filter, endS, pictureEndS }, dir);
		const playlist = fileWords(join(dir, HLS_FOLDER, 'sound', 'index.m3u8'));
		const { loudness: after } = await measureLoudness(input, playlist, Math.min(channels, 2));
		const stillS = Math.round(heldS({ filter, endS, pictureEndS }) * 10) / 10;
		return { sound: { channels, input: before, output: after, isSilent, stillS }, ...made };
	});
	const { hls, durationS, sound } = film.value;
	await begin('picture', 0.9);
	const poster = await cache.step('video-poster', inputs, async (dir) =>
		writePictures(await drawFrame(input, plan, durationS), dir),
	);
	await folder.adopt(join(film.dir, HLS_FOLDER), HLS_FOLDER);
	await adoptPictures(folder, poster.dir, poster.value);
	return { sound, hls, durationS, pictures: poster.value };
}

/** A picture that ends a moment before its sound is nobody's concern. */
function stillFindings(stillS: number): Finding[] {
	return stillS < 1 ? [] : [{ code: 'video-held', level: 'info', values: { stillS } }];
}

/** What was done so that every screen can play the picture. */
function pictureFindings(plan: FilmPlan, { hasPlace, picture, sound }: MediaFacts): Finding[] {
	const codes = [
		...(hasPlace ? ['location-removed'] : []),
		...(plan.isTurned ? ['video-turned'] : []),
		...(plan.isInterlaced ? ['video-deinterlaced'] : []),
	];
	const findings: Finding[] = codes.map((code) => ({ code, level: 'fixed', values: {} }));
	if (plan.isHdr) {
		const values = { transfer: picture?.color_transfer ?? '' };
		findings.push({ code: 'video-tone-mapped', level: 'info', values });
	}
	if (sound === undefined) findings.push({ code: 'video-silent', level: 'info', values: {} });
	return findings;
}
