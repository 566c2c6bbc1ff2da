import { describe, expect, it } from 'vitest';
import { breakLines } from '../../../../client/engine/room/break-lines.ts';

/** A full-width character counts two, everything else one. */
const measure = (text: string) =>
	[...text].reduce((sum, character) => sum + (character > '⺀' ? 2 : 1), 0);

describe('breaking lines', () => {
	it('breaks Chinese between any two characters', () => {
		expect(breakLines('永定河出山的地方', 8, measure)).toEqual(['永定河出', '山的地方']);
	});

	it('lets no closing mark begin a line and no opening mark end one', () => {
		for (let width = 8; width < 30; width += 2) {
			const lines = breakLines(
				'人们烧琉璃、采煤、刻石（示例）、击鼓。《金》“好”。',
				width,
				measure,
			);
			for (const line of lines) {
				expect(line).not.toMatch(/^[、。）》”]/);
				expect(line).not.toMatch(/[（《“]$/);
			}
			expect(lines.join('')).toBe('人们烧琉璃、采煤、刻石（示例）、击鼓。《金》“好”。');
		}
	});

	it('breaks English between words only', () => {
		expect(breakLines('the Yongding leaves the hills', 12, measure)).toEqual([
			'the Yongding',
			'leaves the',
			'hills',
		]);
	});

	it('keeps line feeds, and lets a word wider than the line stand alone', () => {
		expect(breakLines('a\nextraordinarily b', 6, measure)).toEqual(['a', 'extraordinarily', 'b']);
	});
});
