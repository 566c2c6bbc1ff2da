/**
 * Writes the subsets of Noto Sans SC and Noto Serif SC that the pages need into `assets/fonts`:
 * `node scripts/dev/fonts.ts`. They hold every character of the collection and of the interface;
 * anything written later comes from the full fonts' slices, which the pages load when they need them.
 * The same texts give the same bytes.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import subsetFont from 'subset-font';
import { collectCharacters } from './fonts/collect-characters.ts';
import { coveredCharacters } from './fonts/covered-characters.ts';
import { readUnicodeRanges } from './fonts/unicode-ranges.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const OUT = join(ROOT, 'assets/fonts');
const require = createRequire(import.meta.url);

interface Face {
	family: string;
	/** The npm package the glyphs come from. */
	origin: string;
	weight: 400 | 600;
	name: string;
}

const FACES: readonly Face[] = [
	{
		family: 'Xishan Sans',
		origin: '@fontsource/noto-sans-sc',
		weight: 400,
		name: 'xishan-sans-400',
	},
	{
		family: 'Xishan Serif',
		origin: '@fontsource/noto-serif-sc',
		weight: 600,
		name: 'xishan-serif-600',
	},
];

/** A part of a face: characters taken from one source file of the package. */
interface Part {
	file: string;
	characters: string[];
}

/**
 * Splits the characters over the package's files: the large Chinese file first, then whichever
 * slices have the signs it lacks (such as Ⅲ), found by the unicode ranges of their rules.
 */
async function splitOverFiles(face: Face, wanted: ReadonlySet<string>): Promise<Part[]> {
	const folder = dirname(require.resolve(`${face.origin}/package.json`));
	const name = `${face.origin.split('/')[1]}-chinese-simplified-${face.weight}-normal.woff2`;
	const file = join(folder, 'files', name);
	const covered = await coveredCharacters(readFileSync(file), wanted);
	const main = { file, has: (code: number) => covered.has(String.fromCodePoint(code)) };
	const slices = readUnicodeRanges(readFileSync(join(folder, `${face.weight}.css`), 'utf8'));
	const parts: Part[] = [];
	let left = [...wanted];
	for (const source of [main, ...slices]) {
		const characters = left.filter((c) => source.has(c.codePointAt(0) ?? 0));
		if (characters.length === 0) continue;
		left = left.filter((c) => !characters.includes(c));
		parts.push({ file: resolve(folder, source.file), characters });
	}
	if (left.length > 0) throw new Error(`subset ${face.name}: no glyph for ${left.join(' ')}`);
	return parts;
}

function faceRule(
	face: Face,
	file: string,
	characters: readonly string[],
	isMain: boolean,
): string {
	const range = characters
		.map((c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}`)
		.join(', ');
	const lines = [
		`font-family: "${face.family}";`,
		'font-style: normal;',
		`font-weight: ${face.weight};`,
		'font-display: swap;',
		`src: url("./${file}") format("woff2");`,
		...(isMain ? [] : [`unicode-range: ${range};`]),
	];
	return `@font-face {\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;
}

async function main(): Promise<void> {
	const wanted = collectCharacters(ROOT);
	for (const old of readdirSync(OUT)) if (old.endsWith('.woff2')) rmSync(join(OUT, old));
	let css = '/* Written by scripts/dev/fonts.ts. */\n';
	for (const face of FACES) {
		for (const [i, part] of (await splitOverFiles(face, wanted)).entries()) {
			const file = i === 0 ? `${face.name}.woff2` : `${face.name}-signs-${i}.woff2`;
			const bytes = await subsetFont(readFileSync(part.file), part.characters.join(''), {
				targetFormat: 'woff2',
			});
			writeFileSync(join(OUT, file), bytes);
			css += faceRule(face, file, part.characters, i === 0);
			console.log(`${file}: ${part.characters.length} characters, ${bytes.length} bytes`);
		}
	}
	writeFileSync(join(OUT, 'fonts.css'), css);
}

await main();
