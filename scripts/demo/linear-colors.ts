const LINEAR_OF_SRGB = Float64Array.from({ length: 256 }, (_, byte) => {
	const s = byte / 255;
	return s <= 0.040_45 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
});

/** Half a step of noise against banding: a fixed pattern of the vertex number, 0 to 1. */
function dither(index: number): number {
	const golden = index * 0.618_033_988_749_894_9;
	return golden - Math.floor(golden);
}

/**
 * Linear bytes of sRGB vertex colours, N×3 or N×4, stretched so that the brightest channel is 255;
 * multiply by `peak` to come back. Without the stretch a dark clay would have a dozen steps left.
 */
export function linearColors(
	srgb: Uint8Array,
	vertexCount: number,
): { colors: Uint8Array<ArrayBuffer>; peak: number } {
	const stride = srgb.length / vertexCount;
	if (stride !== 3 && stride !== 4) {
		throw new Error(
			`write: ${srgb.length} colour bytes for ${vertexCount} vertices — give N×3 or N×4`,
		);
	}
	let brightest = 1;
	for (let i = 0; i < srgb.length; i++) {
		if (stride === 3 || i % 4 !== 3) brightest = Math.max(brightest, srgb[i] ?? 0);
	}
	const peak = LINEAR_OF_SRGB[brightest] ?? 1;
	const colors = new Uint8Array(srgb.length);
	for (let i = 0; i < srgb.length; i++) {
		const byte = srgb[i] ?? 0;
		const isAlpha = stride === 4 && i % 4 === 3;
		const linear = ((LINEAR_OF_SRGB[byte] ?? 0) / peak) * 255;
		colors[i] = isAlpha ? byte : Math.min(255, Math.floor(linear + dither(Math.floor(i / stride))));
	}
	return { colors, peak };
}
