import { byteOfLinear, LINEAR_OF_BYTE } from './linear-light.ts';

/** A square picture at half its side (rounded up): the mean of four pixels, in linear light. */
export function halve(pixels: Uint8Array, sidePx: number): Uint8Array {
	const half = Math.ceil(sidePx / 2);
	const out = new Uint8Array(half * half * 3);
	for (let y = 0; y < half; y += 1) {
		const top = y * 2 * sidePx;
		const bottom = Math.min(y * 2 + 1, sidePx - 1) * sidePx;
		for (let x = 0; x < half; x += 1) {
			const left = x * 2;
			const right = Math.min(left + 1, sidePx - 1);
			for (let c = 0; c < 3; c += 1) {
				const light =
					linear(pixels[(top + left) * 3 + c]) +
					linear(pixels[(top + right) * 3 + c]) +
					linear(pixels[(bottom + left) * 3 + c]) +
					linear(pixels[(bottom + right) * 3 + c]);
				out[(y * half + x) * 3 + c] = byteOfLinear(light / 4);
			}
		}
	}
	return out;
}

function linear(byte = 0): number {
	return LINEAR_OF_BYTE[byte] ?? 0;
}
