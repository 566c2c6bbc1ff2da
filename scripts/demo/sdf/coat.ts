import { mix } from './noise.ts';

/** sRGB, 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The colour of a hexadecimal number such as 0xe0a526. */
export const rgb = (hex: number): Rgb => [
	((hex >> 16) & 255) / 255,
	((hex >> 8) & 255) / 255,
	(hex & 255) / 255,
];

/** Covers `color` with a coat, 0 (none) to 1 (all). */
export function coat(color: Float64Array, over: Rgb, amount: number): void {
	const t = Math.min(1, Math.max(0, amount));
	for (let i = 0; i < 3; i++) color[i] = mix(color[i] ?? 0, over[i] ?? 0, t);
}

/** Makes `color` lighter or darker by a factor. */
export function dim(color: Float64Array, factor: number): void {
	for (let i = 0; i < 3; i++) color[i] = (color[i] ?? 0) * factor;
}
