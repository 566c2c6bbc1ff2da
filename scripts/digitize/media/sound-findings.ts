import type { Finding } from '#schema/asset/digitize-report';
import { type Loudness, TARGET_LUFS } from './loudness.ts';

/** Falling short of the target by less is not heard, dB. */
const AUDIBLE_DB = 1;

/** What the levelling of a sound did to it, and what it could not do. */
export function soundFindings(sound: {
	channels: number;
	input: Loudness;
	output: Loudness;
	isSilent: boolean;
}): Finding[] {
	const { channels, input, output, isSilent } = sound;
	const shortDb = TARGET_LUFS - output.lufs;
	if (isSilent) return [{ code: 'sound-silent', level: 'warning', values: {} }];
	const levels = { inputLufs: input.lufs, outputLufs: output.lufs };
	const findings: Finding[] = [{ code: 'sound-levelled', level: 'info', values: levels }];
	if (channels > 2) {
		findings.push({ code: 'sound-mixed-down', level: 'info', values: { channels } });
	}
	if (input.truePeakDb >= 0) {
		const values = { truePeakDb: input.truePeakDb };
		findings.push({ code: 'sound-clipped', level: 'warning', values });
	}
	if (shortDb > AUDIBLE_DB) {
		const values = { shortDb: Math.round(shortDb * 10) / 10, outputLufs: output.lufs };
		findings.push({ code: 'sound-too-quiet', level: 'warning', values });
	}
	return findings;
}
