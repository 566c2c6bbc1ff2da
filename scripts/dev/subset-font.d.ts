/* subset-font ships no types: only what we call. */
declare module 'subset-font' {
	/** Keeps the glyphs that draw `text`; `font` is a whole font file, the answer one in `targetFormat`. */
	export default function subsetFont(
		font: Uint8Array,
		text: string,
		options?: {
			targetFormat?: 'woff2' | 'woff' | 'sfnt' | 'truetype';
			preserveNameIds?: number[];
			variationAxes?: Record<string, number>;
			noLayoutClosure?: boolean;
		},
	): Promise<Buffer>;
}
