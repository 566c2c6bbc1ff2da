/**
 * A text as our fonts can draw it: Roman numerals of one character (Ⅲ) become letters (III), since
 * Noto's Chinese fonts have no glyphs for them. Stored texts keep theirs.
 */
export function drawable(text: string): string {
	return text.replace(/[\u2160-\u217f]/g, (numeral) => numeral.normalize('NFKC'));
}
