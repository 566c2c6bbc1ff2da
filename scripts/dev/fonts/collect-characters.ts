import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** ASCII, and the signs that components write themselves. */
const ALWAYS = [
	...Array.from({ length: 95 }, (_, i) => String.fromCodePoint(32 + i)),
	...'\u00a0·–—‘’“”…‹›×°²½、。《》「」『』〔〕！（），：；？％～',
	// Lunar days, numerals and the seal.
	...'〇一二三四五六七八九十正冬腊月初廿卅日至西山馆品中文',
];

/** Every character of the collection and of the interface's words, below the project's root. */
export function collectCharacters(root: string): Set<string> {
	const found = new Set<string>(ALWAYS);
	for (const folder of ['assets/collection', 'assets/locales']) {
		for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
			if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
			for (const character of readFileSync(join(entry.parentPath, entry.name), 'utf8')) {
				if (isDrawn(character.codePointAt(0) ?? 0)) found.add(character);
			}
		}
	}
	return new Set([...found].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)));
}

/** Roman numerals Ⅰ–ⅿ have no glyph in Noto's Chinese fonts; pages write them as letters. */
function isDrawn(code: number): boolean {
	return code >= 32 && !(code >= 0x2160 && code <= 0x217f);
}
