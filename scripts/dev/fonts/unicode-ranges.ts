/** One file of a sliced font and the characters its stylesheet promises. */
export interface FontSlice {
	/** Relative to the stylesheet. */
	file: string;
	has(codePoint: number): boolean;
}

/** Reads the `@font-face` rules of a stylesheet: which WOFF2 file holds which characters. */
export function readUnicodeRanges(css: string): FontSlice[] {
	return [...css.matchAll(/@font-face\s*\{([^}]*)\}/g)].flatMap(([, rule = '']) => {
		const file = /url\(([^)]+\.woff2)\)/.exec(rule)?.[1];
		if (file === undefined) return [];
		const ranges = [...rule.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].map(
			([, from = '0', to = from]) => [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const,
		);
		return [{ file, has: (code) => ranges.some(([from, to]) => from <= code && code <= to) }];
	});
}
