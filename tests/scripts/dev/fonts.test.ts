import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectCharacters } from '../../../scripts/dev/fonts/collect-characters.ts';
import { coveredCharacters } from '../../../scripts/dev/fonts/covered-characters.ts';
import { readUnicodeRanges } from '../../../scripts/dev/fonts/unicode-ranges.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const FONTS = join(ROOT, 'assets/fonts');
const wanted = collectCharacters(ROOT);

describe('the fonts that ship', () => {
	for (const face of ['xishan-sans-400', 'xishan-serif-600']) {
		it(`hold every character of the collection and the interface (${face}; else run scripts/dev/fonts.ts)`, async () => {
			const files = readdirSync(FONTS).filter((name) => name.startsWith(face));
			const covered = await Promise.all(
				files.map((file) => coveredCharacters(readFileSync(join(FONTS, file)), wanted)),
			);
			const lacking = [...wanted].filter((character) => !covered.some((set) => set.has(character)));
			expect(wanted.size).toBeGreaterThan(1000);
			expect(lacking).toEqual([]);
		});

		it(`stay small (${face})`, () => {
			expect(statSync(join(FONTS, `${face}.woff2`)).size).toBeLessThan(256 * 1024);
		});
	}

	it('are announced by a stylesheet that names each of them', () => {
		const css = readFileSync(join(FONTS, 'fonts.css'), 'utf8');
		for (const file of readdirSync(FONTS).filter((name) => name.endsWith('.woff2'))) {
			expect(css).toContain(`url("./${file}")`);
		}
	});
});

describe('the unicode ranges of a stylesheet', () => {
	it('are read with single characters and spans', () => {
		const [slice] = readUnicodeRanges(
			"@font-face { src: url(./a.woff2) format('woff2'); unicode-range: U+41-43, U+6cb3; }",
		);
		expect(slice?.file).toBe('./a.woff2');
		expect([0x40, 0x41, 0x43, 0x44, 0x6cb3].map((code) => slice?.has(code))).toEqual([
			false,
			true,
			true,
			false,
			true,
		]);
	});
});
