import { expect, it } from 'vitest';
import { queryLiteral, tokensLiteral } from '../../../server/search/search-tokens.ts';

function tokens(text: string): string[] {
	const literal = tokensLiteral([{ text, class: 'A' }]);
	return [...literal.matchAll(/'((?:[^']|'')*)':/g)].map((match) => match[1] ?? '');
}

it('Chinese becomes characters and overlapping pairs', () => {
	expect(tokens('爨底下')).toEqual(['爨', '底', '下', '爨底', '底下']);
});

it('a rare character outside the basic plane stays whole', () => {
	expect(tokens('𠮷野')).toEqual(['𠮷', '野', '𠮷野']);
});

it('words are folded: case, accents and full-width letters', () => {
	expect(tokens('Café ＡＢＣ')).toEqual(['cafe', 'abc']);
});

it('mixed text gives both', () => {
	expect(tokens('清乾隆 1736年')).toEqual(['1736', '清', '乾', '隆', '清乾', '乾隆', '年']);
});

it('a query of two characters asks for the pair, of one for the character', () => {
	expect(queryLiteral('太平')).toBe("'太平'");
	expect(queryLiteral('鼓')).toBe("'鼓'");
	expect(queryLiteral('太平鼓')).toBe("'太平' & '平鼓'");
});

it('longer words are found by their beginning', () => {
	expect(queryLiteral('drum of 琉璃')).toBe("'drum':* & 'of' & '琉璃'");
});

it('long texts give tokens without positions; what a name has too keeps its own', () => {
	const texts = [
		{ text: 'drum', class: 'A' as const },
		{ text: 'drum drum 鼓', class: 'D' as const },
		{ text: '鼓 once', class: 'B' as const },
	];
	expect(tokensLiteral(texts)).toBe("'drum':1A '鼓':3B 'once':2B");
});

it('a query of signs alone asks for nothing', () => {
	expect(queryLiteral("!?…·'\\ & | :*")).toBeNull();
});

it('what could end the literal is only ever part of a token', () => {
	expect(queryLiteral("a' | 'b")).toBe("'a' & 'b'");
	expect(tokensLiteral([{ text: "it's \\ 'x':1A", class: 'B' }])).toBe(
		"'it':1B 's':2B 'x':3B '1a':4B",
	);
});
