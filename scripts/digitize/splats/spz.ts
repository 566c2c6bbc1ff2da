/*
 * What reading and writing SPZ share.
 * Source: Niantic's SPZ, https://github.com/nianticlabs/spz, versions 1 to 4 (read November 2026). It
 * stores right-handed, +Y up.
 */

/** "NGSP" as a little-endian number. */
export const SPZ_MAGIC = 0x5053474e;
export const SPZ_HEADER_BYTES = 16;
export const SPZ_COLOUR_SCALE = 0.15;
export const SPZ_SCALE_STEPS = 16;
export const SPZ_SCALE_LOW = -10;
/** The largest of what a smallest-three rotation stores, and the steps it is stored in. */
export const SPZ_ROTATION_TOP = Math.SQRT1_2;
export const SPZ_ROTATION_STEPS = 511;
export const SPZ_ANTIALIASED = 1;

/** Bytes of a splat in each of the arrays, in the order of the file. */
export function spzArrays(
	version: number,
	coefficients: number,
): { name: 'positions' | 'alphas' | 'colours' | 'scales' | 'rotations' | 'sh'; bytes: number }[] {
	return [
		{ name: 'positions', bytes: version === 1 ? 6 : 9 },
		{ name: 'alphas', bytes: 1 },
		{ name: 'colours', bytes: 3 },
		{ name: 'scales', bytes: 3 },
		{ name: 'rotations', bytes: version >= 3 ? 4 : 3 },
		{ name: 'sh', bytes: coefficients * 3 },
	];
}
