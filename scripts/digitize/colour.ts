/** The top of the 16-bit scale of `Mesh.colours`. */
export const COLOUR_MAX = 65535;

/** How many steps of it a step of a linear byte is. */
export const BYTE_STEP = 257;

/** sRGB (0 to 1) to linear light (0 to 1), IEC 61966-2-1. */
export function toLinear(srgb: number): number {
	return srgb <= 0.04045 ? srgb / 12.92 : ((srgb + 0.055) / 1.055) ** 2.4;
}

/** Linear light (0 to 1) to sRGB (0 to 1), IEC 61966-2-1. */
export function toSrgb(linear: number): number {
	return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
}

/** sRGB byte to linear 16-bit: what vertex colours of PLY and OBJ files need. */
export const LINEAR_OF_BYTE: Uint16Array = Uint16Array.from({ length: 256 }, (_, byte) =>
	Math.round(toLinear(byte / 255) * COLOUR_MAX),
);

/** A share of 1 as a 16-bit number, clamped; 0 for NaN. */
export function toUnorm16(value: number): number {
	return Math.round(Math.min(Math.max(value || 0, 0), 1) * COLOUR_MAX);
}
