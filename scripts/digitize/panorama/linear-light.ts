import { toLinear, toSrgb } from '../colour.ts';

const STEPS = 8192;

/** Linear light, 0 to 1, of each sRGB byte. */
export const LINEAR_OF_BYTE = Float32Array.from({ length: 256 }, (_, byte) => toLinear(byte / 255));

const BYTE_OF_LINEAR = Uint8Array.from({ length: STEPS + 1 }, (_, step) =>
	Math.round(toSrgb(step / STEPS) * 255),
);
/** The dark end, where sRGB is steep, sixty-four times finer. */
const DARK_END = 1 / 64;
const BYTE_OF_DARK = Uint8Array.from({ length: STEPS + 1 }, (_, step) =>
	Math.round(toSrgb((step / STEPS) * DARK_END) * 255),
);

/** The sRGB byte of linear light; what a sharp filter throws out of range is clamped. */
export function byteOfLinear(value: number): number {
	if (value <= 0) return 0;
	if (value >= 1) return 255;
	if (value < DARK_END) return BYTE_OF_DARK[Math.round((value / DARK_END) * STEPS)] ?? 0;
	return BYTE_OF_LINEAR[Math.round(value * STEPS)] ?? 0;
}
