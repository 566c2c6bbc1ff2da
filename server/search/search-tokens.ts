/**
 * How texts become search tokens, the same way when writing and when asking, so that the database
 * needs no dictionary. Latin words are folded (case, accents) and found by their beginning; runs of
 * Chinese (and kana) become single characters and overlapping pairs, because most Chinese queries
 * are two characters long and no trigram index serves those.
 */

/** Raise it when the rules below change: records projected by older rules are then projected again. */
export const SEARCH_TOKENS_VERSION = 2;

/**
 * What a text is worth when found, best first: PostgreSQL's own classes. `D` is for long texts: their
 * tokens are kept without positions, however often they occur, which halves what is stored and read.
 */
export type TokenClass = 'A' | 'B' | 'D';

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

/** Tokens are letters and digits alone: nothing in them could end a literal. */
function quoted(token: string): string {
	return `'${token}'`;
}

/**
 * A PostgreSQL `tsvector` literal of texts with their classes. In ranking, order and repetition count in
 * all classes but `D`.
 */
export function tokensLiteral(texts: readonly { text: string; class: TokenClass }[]): string {
	/** Of each token its positions, joined; none for one that long texts alone have. */
	const positions = new Map<string, string>();
	const counts = new Map<string, number>();
	let position = 0;
	const add = (token: string, tokenClass: TokenClass) => {
		const known = positions.get(token);
		if (tokenClass === 'D') {
			if (known === undefined) positions.set(token, '');
			return;
		}
		position = Math.min(position + 1, POSITION_MAX);
		const count = (counts.get(token) ?? 0) + 1;
		counts.set(token, count);
		if (count > POSITIONS_PER_TOKEN) return;
		positions.set(token, `${known ? `${known},` : ':'}${position}${tokenClass}`);
	};
	for (const { text, class: tokenClass } of texts) {
		const { runs, words } = split(text);
		for (const word of words) add(word, tokenClass);
		for (const run of runs) {
			const characters = [...run];
			for (const character of characters) add(character, tokenClass);
			for (let i = 1; i < characters.length; i++) {
				add(`${characters[i - 1]}${characters[i]}`, tokenClass);
			}
		}
	}
	let literal = '';
	for (const [token, where] of positions) literal += `${quoted(token)}${where} `;
	return literal.trimEnd();
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
