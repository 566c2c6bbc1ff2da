import { DataUtils } from 'three';
import type { ProbeLevel } from './filter-probe.ts';

/** Bits of a half float that are left out: seven of its mantissa stay, half a percent of a light. */
export const DROPPED_BITS = 3;
const LARGEST_CODE = 0x7c00 >> DROPPED_BITS;

/** The nearest kept half float of a light, without its dropped bits. */
function codeOf(light: number): number {
	const half = DataUtils.toHalfFloat(light) + (1 << (DROPPED_BITS - 1));
	return Math.min(LARGEST_CODE - 1, half >> DROPPED_BITS);
}

/** The code of a channel's plane: green as it is, red and blue as what they differ from green. */
function planesOf({ texels }: ProbeLevel): Int16Array[] {
	const channel = (offset: number) =>
		Int16Array.from({ length: texels.length / 3 }, (_, i) => codeOf(texels[i * 3 + offset] ?? 0));
	const green = channel(1);
	const differenceOf = (plane: Int16Array) => plane.map((code, i) => code - (green[i] ?? 0));
	return [green, differenceOf(channel(0)), differenceOf(channel(2))];
}

/**
 * Packs mip levels, largest first, into bytes that brotli makes small: for each level, plane (green,
 * red − green, blue − green), face and row the difference of each code to the one before it in its
 * row, or to the one below it at a row's start; signs in the lowest bit; all low bytes, then all high
 * bytes. `client/engine/light/probe-file.ts` reads it.
 */
export function packProbe(levels: readonly ProbeLevel[]): Uint8Array {
	const low: number[] = [];
	const high: number[] = [];
	for (const level of levels) {
		const { facePx } = level;
		for (const plane of planesOf(level)) {
			for (const [i, code] of plane.entries()) {
				const before = i % facePx > 0 ? i - 1 : i - facePx;
				const step = code - (plane[before] ?? 0);
				const folded = step < 0 ? -2 * step - 1 : 2 * step;
				low.push(folded & 0xff);
				high.push(folded >> 8);
			}
		}
	}
	return Uint8Array.from([...low, ...high]);
}
