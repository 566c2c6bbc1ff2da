import { BYTE_STEP, COLOUR_MAX, toLinear, toSrgb } from '../colour.ts';

/** The share of the vertices that may be darker than the shade that decides. */
const DARKEST = 0.01;
/** Shades are counted in this many bins. */
const BINS = 1024;

/**
 * What full strength of a byte shall mean in one channel of vertex colours (N×4, linear light), as a
 * share of 1: the step of the byte is no coarser than the step a display makes at the darkest shades,
 * and no finer, as steps nobody sees cost a tenth of all colour bytes. Never below the strongest colour.
 * Colours that a scan has in bytes of linear light stay what they are, which loses nothing.
 */
export function colourScale(colours: Uint16Array, channel: number): number {
	const counts = new Uint32Array(BINS);
	let top = 1;
	let isBytes = true;
	for (let i = channel; i < colours.length; i += 4) {
		const value = colours[i] ?? 0;
		if (value > top) top = value;
		if (value % BYTE_STEP !== 0) isBytes = false;
		const bin = (value * BINS) >> 16;
		counts[bin] = (counts[bin] ?? 0) + 1;
	}
	if (isBytes) return 1;
	let below = 0;
	let dark = 0;
	while (dark < BINS && below + (counts[dark] ?? 0) <= (colours.length / 4) * DARKEST) {
		below += counts[dark] ?? 0;
		dark += 1;
	}
	const shade = toSrgb(dark / BINS);
	const displayStep = toLinear(shade + 1 / 255) - toLinear(shade);
	return Math.min(Math.max(top / COLOUR_MAX, displayStep * 255), 1);
}
