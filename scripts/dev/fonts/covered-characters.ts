import subsetFont from 'subset-font';
import { glyphCoverage } from './glyph-coverage.ts';

/** Which of the characters a font really has glyphs for. Takes WOFF, WOFF2, TrueType or OpenType. */
export async function coveredCharacters(
	font: Buffer,
	wanted: ReadonlySet<string>,
): Promise<Set<string>> {
	const open = await subsetFont(font, [...wanted].join(''), { targetFormat: 'truetype' });
	const codes = glyphCoverage(open);
	return new Set([...wanted].filter((character) => codes.has(character.codePointAt(0) ?? 0)));
}
