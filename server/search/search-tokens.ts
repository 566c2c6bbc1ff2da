/**
 * How texts become search tokens, the same way when writing and when asking, so that the database
 * needs no dictionary. Latin words are folded (case, accents) and found by their beginning; runs of
 * Chinese (and kana) become single characters and overlapping pairs, because most Chinese queries
 * are two characters long and no trigram index serves those.
 */

/** Raise it when the rules below change: records projected by older rules are then projected again. */
export const SEARCH_TOKENS_VERSION = 1;

/** What a text is worth when found, best first; PostgreSQL's own four classes. */
export type TokenClass = 'A' | 'B' | 'C' | 'D';

const HAN_RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々〇]+/gu;
const WORD = /[\p{L}\p{N}]+/gu;
const COMBINING = /\p{M}+/gu;
/** A lexeme may not be longer (PostgreSQL: 2046 bytes). */
const WORD_LENGTH_MAX = 100;
const POSITION_MAX = 16_383;
const POSITIONS_PER_TOKEN = 32;
/** Latin queries from this length on match by their beginning: "drum" finds "drums". */
const PREFIX_LENGTH_MIN = 3;
const QUERY_TOKENS_MAX = 64;

interface Split {
	runs: string[];
	words: string[];
}

function split(text: string): Split {
	const folded = text.normalize('NFKD').replace(COMBINING, '').normalize('NFKC').toLowerCase();
	const runs = folded.match(HAN_RUN) ?? [];
	const words = folded.replace(HAN_RUN, ' ').match(WORD) ?? [];
	return { runs, words: words.map((word) => word.slice(0, WORD_LENGTH_MAX)) };
}

function pairs(run: string): string[] {
	const characters = [...run];
	return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

function quoted(token: string): string {
	return `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** A PostgreSQL `tsvector` literal of texts with their classes. Order and repetition count in ranking. */
export function tokensLiteral(texts: readonly { text: string; class: TokenClass }[]): string {
	const positions = new Map<string, string[]>();
	let position = 0;
	for (const { text, class: tokenClass } of texts) {
		const { runs, words } = split(text);
		const tokens = [...words, ...runs.flatMap((run) => [...run, ...pairs(run)])];
		for (const token of tokens) {
			position = Math.min(position + 1, POSITION_MAX);
			const known = positions.get(token) ?? [];
			if (known.length < POSITIONS_PER_TOKEN) known.push(`${position}${tokenClass}`);
			positions.set(token, known);
		}
	}
	return [...positions].map(([token, where]) => `${quoted(token)}:${where.join(',')}`).join(' ');
}

/** A PostgreSQL `tsquery` literal that asks for every part of `q`, or null when there is nothing to look for. */
export function queryLiteral(q: string): string | null {
	const { runs, words } = split(q);
	const parts = [
		...words.map((word) => (word.length >= PREFIX_LENGTH_MIN ? `${quoted(word)}:*` : quoted(word))),
		...runs.flatMap((run) => ([...run].length === 1 ? [run] : pairs(run))).map(quoted),
	];
	return parts.length === 0 ? null : [...new Set(parts)].slice(0, QUERY_TOKENS_MAX).join(' & ');
}
