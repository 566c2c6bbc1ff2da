import type { Language } from '#schema/value/text';

/** Height of a character of a label, in units of the picture. hill-scroll.css draws with the same. */
const TYPE_U: Record<Language, number> = { 'zh-CN': 25, en: 22 };
const CHARS_A_COLUMN = 8;
const LINE_WIDTH_U = 190;
/** Average width of a Latin letter of our serif, in ems. */
const LATIN_WIDTH = 0.58;

export interface LabelSize {
	widthU: number;
	heightU: number;
	/** The name, broken where the label breaks it. */
	lines: readonly string[];
}

/** How much room a name takes: Chinese in columns from top to bottom, English in short lines. */
export function labelSize(name: string, language: Language): LabelSize {
	const em = TYPE_U[language];
	if (language === 'zh-CN') {
		const lines = columnsOf(name);
		const longest = Math.max(...lines.map((line) => line.length));
		return { lines, widthU: lines.length * em * 1.25 + 8, heightU: longest * em * 1.08 + 12 };
	}
	const lines = linesOf(name, LINE_WIDTH_U / (em * LATIN_WIDTH));
	const longest = Math.max(...lines.map((line) => line.length));
	return { lines, widthU: longest * em * LATIN_WIDTH + 14, heightU: lines.length * em * 1.22 + 8 };
}

/** Breaks after a dot between two names, else into columns of even length. */
function columnsOf(name: string): string[] {
	return name.split('·').flatMap((part) => {
		const count = Math.ceil(part.length / CHARS_A_COLUMN);
		const size = Math.ceil(part.length / count);
		return Array.from({ length: count }, (_, i) => part.slice(i * size, (i + 1) * size));
	});
}

function linesOf(name: string, maxChars: number): string[] {
	const lines: string[] = [];
	for (const word of name.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= maxChars) {
			lines[lines.length - 1] = `${last} ${word}`;
		} else lines.push(word);
	}
	return lines;
}
