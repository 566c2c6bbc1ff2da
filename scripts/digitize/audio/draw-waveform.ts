import sharp, { type Sharp } from 'sharp';
import type { Waveform } from './read-waveform.ts';

export const WAVEFORM_BARS = 160;

const WIDTH_PX = 1600;
const HEIGHT_PX = 1000;
const MARGIN_PX = 120;
const BAR_SHARE = 0.5;
/** The tallest bar, and what is left of one in silence, from the middle line. */
const REACH_PX = 300;
const SILENCE_PX = 2;
/** The gallery's ground, and glaze yellow for the sound; its peaks fainter. */
const INK = '#14130f';
const GLAZE = '#e0a526';
const PEAK_OPACITY = 0.35;
/** Loudness is heard in powers: quiet speech would be a flat line otherwise. */
const COMPRESSION = 0.6;

/**
 * Draws the picture of a sound for people who look: a bar for each part, in two shades for how loud it
 * is on the whole and at its peak, mirrored on a middle line, the loudest as tall as the picture allows.
 */
export function drawWaveform({ parts }: Waveform): Sharp {
	const loudest = Math.max(1e-4, ...parts.map((part) => part.peak));
	const step = (WIDTH_PX - 2 * MARGIN_PX) / parts.length;
	const bars = parts.map(({ rms, peak }, i) => {
		const x = MARGIN_PX + (i + (1 - BAR_SHARE) / 2) * step;
		return `${bar(x, peak / loudest, step, PEAK_OPACITY)}${bar(x, rms / loudest, step, 1)}`;
	});
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH_PX}" height="${HEIGHT_PX}"><rect width="100%" height="100%" fill="${INK}"/>${bars.join('')}</svg>`;
	return sharp(Buffer.from(svg));
}

function bar(x: number, share: number, step: number, opacity: number): string {
	const reach = SILENCE_PX + share ** COMPRESSION * REACH_PX;
	const width = step * BAR_SHARE;
	const box = `x="${x.toFixed(2)}" y="${(HEIGHT_PX / 2 - reach).toFixed(2)}" width="${width.toFixed(2)}" height="${(reach * 2).toFixed(2)}"`;
	return `<rect ${box} rx="${(width / 2).toFixed(2)}" fill="${GLAZE}" fill-opacity="${opacity}"/>`;
}
