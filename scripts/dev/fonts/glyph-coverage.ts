/**
 * The characters a font has glyphs for, out of its `cmap` table. Takes a TrueType or OpenType file
 * (not WOFF); understands formats 4 and 12, which every Unicode font carries one of.
 * Source: OpenType 1.9.1, "cmap".
 */
export function glyphCoverage(font: Buffer): Set<number> {
	const table = tableAt(font, 'cmap');
	const found = new Set<number>();
	for (let i = 0; i < font.readUInt16BE(table + 2); i++) {
		const at = table + font.readUInt32BE(table + 4 + i * 8 + 4);
		const format = font.readUInt16BE(at);
		if (format === 4) readFormat4(font, at, found);
		if (format === 12) readFormat12(font, at, found);
	}
	return found;
}

function tableAt(font: Buffer, tag: string): number {
	for (let i = 0; i < font.readUInt16BE(4); i++) {
		const record = 12 + i * 16;
		if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
	}
	throw new Error(`read font: it has no ${tag} table — hand in TrueType or OpenType`);
}

function readFormat4(font: Buffer, at: number, found: Set<number>): void {
	const segments = font.readUInt16BE(at + 6) / 2;
	const ends = at + 14;
	const starts = ends + segments * 2 + 2;
	const deltas = starts + segments * 2;
	const offsets = deltas + segments * 2;
	for (let s = 0; s < segments; s++) {
		const start = font.readUInt16BE(starts + s * 2);
		const end = font.readUInt16BE(ends + s * 2);
		const delta = font.readUInt16BE(deltas + s * 2);
		const offset = font.readUInt16BE(offsets + s * 2);
		for (let code = start; code <= end && code !== 0xffff; code++) {
			const direct = (code + delta) & 0xffff;
			const glyph =
				offset === 0 ? direct : font.readUInt16BE(offsets + s * 2 + offset + (code - start) * 2);
			if (glyph !== 0) found.add(code);
		}
	}
}

function readFormat12(font: Buffer, at: number, found: Set<number>): void {
	for (let g = 0; g < font.readUInt32BE(at + 12); g++) {
		const group = at + 16 + g * 12;
		const end = font.readUInt32BE(group + 4);
		for (let code = font.readUInt32BE(group); code <= end; code++) found.add(code);
	}
}
