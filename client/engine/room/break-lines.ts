/** May not begin a line (避头): closing marks and what belongs to the character before. */
const NEVER_FIRST = new Set('、。，．：；？！）》」』】〕〉”’…—·,.:;?!)]}%');
/** May not end a line (避尾): opening marks. */
const NEVER_LAST = new Set('（《「『【〔〈“‘([{');

const IS_WORD = /[\p{Script=Latin}\p{Number}\p{Mark}'’_/-]/u;

/** Cuts a text into pieces that stay whole: Latin words, single Chinese characters with their marks. */
function unbreakable(text: string): string[] {
	const units: string[] = [];
	for (const character of text) {
		const before = units.at(-1);
		const isGlued =
			before !== undefined &&
			((IS_WORD.test(character) && IS_WORD.test(before.at(-1) ?? '')) ||
				NEVER_FIRST.has(character) ||
				NEVER_LAST.has(before.at(-1) ?? ''));
		if (isGlued) units[units.length - 1] = before + character;
		else units.push(character);
	}
	return units;
}

/**
 * Breaks a text into lines no wider than `maxWidth`, by Chinese rules for marks and by words in
 * Latin script. A unit wider than a line stands alone and overflows. `measure` answers widths in the unit of
 * `maxWidth`; line feeds in the text are kept.
 */
export function breakLines(
	text: string,
	maxWidth: number,
	measure: (text: string) => number,
): string[] {
	const lines: string[] = [];
	for (const paragraph of text.split('\n')) {
		let line = '';
		for (const unit of unbreakable(paragraph)) {
			if (line !== '' && measure((line + unit).trimEnd()) > maxWidth) {
				lines.push(line.trimEnd());
				line = unit.trimStart();
			} else line += unit;
		}
		lines.push(line.trimEnd());
	}
	return lines;
}
