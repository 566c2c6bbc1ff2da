import { expect, test } from 'vitest';
import { glyphs } from '../../../../scripts/demo/surface/glyph.ts';
import { brightness, drawSvg } from '../../../../scripts/demo/surface/picture.ts';

test('a character is drawn from the real outlines of the font', async () => {
	const [one] = await glyphs('一');
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000" width="100" height="100"><path fill="#fff" d="${one?.path}"/></svg>`;
	const picture = await drawSvg(svg, 100, 100);
	const rows = Array.from({ length: 100 }, (_, y) => brightness(picture, 0.5, (y + 0.5) / 100));
	const inked = rows.flatMap((light, y) => (light > 0.5 ? [y] : []));
	expect(inked.length).toBeGreaterThanOrEqual(2);
	expect(inked.length).toBeLessThan(15);
	expect(inked[0]).toBeGreaterThan(35);
	expect(inked.at(-1)).toBeLessThan(60);
});

test('every character of the samples is in the font', async () => {
	const all = await glyphs('西山永定河钟声示例门头沟');
	expect(all.every(({ path }) => path.startsWith('M') && path.endsWith('Z'))).toBe(true);
});

test('a character the font lacks is refused, never faked', async () => {
	await expect(glyphs('\u{2FA1D}')).rejects.toThrow(/font has no/);
});
