import { glyphs } from './glyph.ts';
import type { Vec2 } from './mesh.ts';
import { brightness, drawSvg, type Picture } from './picture.ts';
import { carve, type Relief } from './relief.ts';

interface TextLine {
	readonly text: string;
	/** Middle of the column, metres on the panel. */
	readonly center: Vec2;
	/** Height of one character, metres. */
	readonly sizeM: number;
	/** Down the column, as inscriptions run; across the line when false. */
	readonly isVertical?: boolean;
}

/** Changes heights where characters stand: raised when `riseM` is positive, cut when negative. */
export async function carveText(
	r: Relief,
	lines: readonly TextLine[],
	riseM: number,
	softPx = 0.8,
): Promise<void> {
	const mask = await textMask(r, lines, softPx);
	carve(r, (x, y, h) => h + riseM * brightness(mask, x / r.widthM + 0.5, 0.5 - y / r.heightM));
}

/** White characters on black over the whole panel. */
async function textMask(r: Relief, lines: readonly TextLine[], softPx: number): Promise<Picture> {
	const perM = r.columns / r.widthM;
	const paths: string[] = [];
	for (const { text, center, sizeM, isVertical = true } of lines) {
		const set = await glyphs(text);
		set.forEach((glyph, i) => {
			const shift = (i - set.length / 2) * sizeM * 1.12 + sizeM * 0.06;
			const left = center[0] + (isVertical ? -sizeM / 2 : shift);
			const top = center[1] + (isVertical ? -shift : sizeM / 2);
			const x = (left + r.widthM / 2) * perM;
			const y = (r.heightM / 2 - top) * perM;
			const k = (sizeM * perM) / 1000;
			paths.push(
				`<path transform="translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${k.toFixed(5)})" d="${glyph.path}"/>`,
			);
		});
	}
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${r.columns}" height="${r.rows}"><filter id="s" x="0" y="0" width="1" height="1"><feGaussianBlur stdDeviation="${softPx}"/></filter><g fill="#fff" filter="url(#s)">${paths.join('')}</g></svg>`;
	return drawSvg(svg, r.columns, r.rows);
}
