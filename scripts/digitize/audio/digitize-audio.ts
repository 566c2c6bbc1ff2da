import { join } from 'node:path';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Finding } from '#schema/asset/digitize-report';
import type { Format } from '../intake/formats.ts';
import { manifestSource } from '../manifest-source.ts';
import { loudnessEntry } from '../media/loudness.ts';
import type { MediaInput } from '../media/media-tools.ts';
import { openRecording } from '../media/open-recording.ts';
import type { MediaFacts } from '../media/probe-media.ts';
import { recordingParts } from '../media/recording-parts.ts';
import { soundFindings } from '../media/sound-findings.ts';
import { adoptPictures, writePictures } from '../media/write-pictures.ts';
import { refuse } from '../refusal-error.ts';
import { writePlainReport } from '../report/write-plain-report.ts';
import type { Work } from '../work.ts';
import { drawWaveform, WAVEFORM_BARS } from './draw-waveform.ts';
import { readWaveform } from './read-waveform.ts';
import { writeSound } from './write-sound.ts';

/** A header may say this much more than there is before it is worth a word, seconds. */
const SHORTER_S = 1;

/** Makes a piece of a sound recording (or of the sound of a film). Throws `RefusalError`. */
export async function digitizeAudio(work: Work, format: Format): Promise<AssetManifest> {
	const { source, begin } = work;
	const { input, facts } = await openRecording(work, format);
	const channels = facts.sound?.channels ?? 0;
	if (channels === 0) {
		refuse('media-unreadable', `${source.name} holds no sound — send the file with the recording`);
	}
	const { sound, durationS, pictures } = await makeFiles(work, input, channels);
	const parts = await recordingParts(work, input.tools, durationS);
	await begin('report', 0.97);
	const findings = [...soundFindings({ channels, ...sound }), ...factFindings(facts, durationS)];
	const sampleRateHz = Number(facts.sound?.sample_rate);
	const measures = {
		durationS,
		channels,
		sampleRateHz,
		codec: facts.sound?.codec_name ?? 'unknown',
		loudness: { before: sound.input, after: sound.output },
	};
	await writePlainReport(work, { kind: 'audio', measures, findings });
	return {
		format: 'xishan-asset/1',
		kind: 'audio',
		source: { ...manifestSource(source), durationS, channels, sampleRateHz },
		streams: sound.streams.map((stream) => ({
			...stream,
			bitrateKbps: Math.round((stream.bytes * 8) / durationS) / 1000,
		})),
		loudness: loudnessEntry(sound),
		...pictures,
		...parts,
	};
}

async function makeFiles({ cache, folder, begin }: Work, input: MediaInput, channels: number) {
	await begin('transcode', 0.1);
	const inputs = { sha256: input.source.sha256, channels, ffmpeg: input.tools.version };
	const sound = await cache.step('audio-sound', inputs, (dir) =>
		writeSound(input, Math.min(channels, 2), dir),
	);
	await begin('picture', 0.8);
	const waveform = await cache.step('audio-waveform', { sound: sound.key }, async (dir) => {
		const path = join(sound.dir, 'sound.opus');
		const wave = await readWaveform(input, path, WAVEFORM_BARS);
		if (wave.durationS === 0) {
			refuse('media-unreadable', `${input.source.name} has no sound in it — record it again`);
		}
		return { durationS: wave.durationS, pictures: await writePictures(drawWaveform(wave), dir) };
	});
	for (const { file } of sound.value.streams) await folder.adopt(join(sound.dir, file), file);
	await adoptPictures(folder, waveform.dir, waveform.value.pictures);
	return { sound: sound.value, ...waveform.value };
}

function factFindings(
	{ durationS: announcedS, hasPlace }: MediaFacts,
	durationS: number,
): Finding[] {
	const findings: Finding[] = [];
	if (hasPlace) findings.push({ code: 'location-removed', level: 'fixed', values: {} });
	if (announcedS > durationS + SHORTER_S) {
		const values = { announcedS, durationS };
		findings.push({ code: 'media-shorter', level: 'warning', values });
	}
	return findings;
}
