import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

/** One character as an SVG path in a box of 1000 units, y down; `advance` in the same units. */
export interface Glyph {
	readonly path: string;
	readonly advance: number;
}

type Tables = Map<string, DataView>;

/**
 * Outlines of characters from Noto Serif SC (SIL OFL), the face the pages are set in. Throws when
 * the font lacks one: a carver must not invent characters.
 * Source: WOFF 1.0 (W3C, 2012) §4–5; OpenType 1.9 `cmap` format 4 and 12, `loca`, `glyf`.
 */
export async function glyphs(text: string): Promise<Glyph[]> {
	const file = createRequire(import.meta.url).resolve(
		'@fontsource/noto-serif-sc/files/noto-serif-sc-chinese-simplified-700-normal.woff',
	);
	const tables = unpack(await readFile(file));
	const head = tableOf(tables, 'head');
	const scale = 1000 / head.getUint16(18);
	return [...text].map((character) => {
		const id = glyphId(tables, character.codePointAt(0) ?? 0);
		if (id === 0) throw new Error(`glyphs: the font has no ${character} — carve another text`);
		return { path: outline(tables, id, scale), advance: 1000 };
	});
}

function unpack(woff: Uint8Array): Tables {
	const view = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
	const tables: Tables = new Map();
	for (let i = 0; i < view.getUint16(12); i++) {
		const at = 44 + i * 20;
		const tag = String.fromCharCode(...woff.subarray(at, at + 4));
		const [offset, packed, size] = [4, 8, 12].map((k) => view.getUint32(at + k));
		const bytes = woff.subarray(offset, (offset ?? 0) + (packed ?? 0));
		const raw = packed === size ? bytes : inflateSync(bytes);
		tables.set(tag, new DataView(raw.buffer, raw.byteOffset, raw.byteLength));
	}
	return tables;
}

function tableOf(tables: Tables, tag: string): DataView {
	const table = tables.get(tag);
	if (!table)
		throw new Error(`glyphs: the font has no ${tag} table — use a TrueType-flavoured one`);
	return table;
}

function glyphId(tables: Tables, code: number): number {
	const cmap = tableOf(tables, 'cmap');
	let id = 0;
	for (let i = 0; i < cmap.getUint16(2); i++) {
		const at = cmap.getUint32(4 + i * 8 + 4);
		const format = cmap.getUint16(at);
		if (format === 4) id ||= inFormat4(cmap, at, code);
		if (format === 12) id ||= inFormat12(cmap, at, code);
	}
	return id;
}

function inFormat4(cmap: DataView, at: number, code: number): number {
	const twice = cmap.getUint16(at + 6);
	for (let i = 0; i < twice; i += 2) {
		if (cmap.getUint16(at + 14 + i) < code) continue;
		const start = cmap.getUint16(at + 16 + twice + i);
		if (start > code) return 0;
		const delta = cmap.getUint16(at + 16 + 2 * twice + i);
		const rangeAt = at + 16 + 3 * twice + i;
		const range = cmap.getUint16(rangeAt);
		if (range === 0) return (code + delta) & 0xffff;
		const id = cmap.getUint16(rangeAt + range + 2 * (code - start));
		return id === 0 ? 0 : (id + delta) & 0xffff;
	}
	return 0;
}

function inFormat12(cmap: DataView, at: number, code: number): number {
	for (let i = 0; i < cmap.getUint32(at + 12); i++) {
		const group = at + 16 + i * 12;
		const start = cmap.getUint32(group);
		if (code >= start && code <= cmap.getUint32(group + 4)) {
			return cmap.getUint32(group + 8) + code - start;
		}
	}
	return 0;
}

interface Point {
	readonly x: number;
	readonly y: number;
	readonly isOn: boolean;
}

function outline(tables: Tables, id: number, scale: number): string {
	const loca = tableOf(tables, 'loca');
	const isLong = tableOf(tables, 'head').getInt16(50) === 1;
	const offset = (i: number) => (isLong ? loca.getUint32(i * 4) : loca.getUint16(i * 2) * 2);
	const glyf = tableOf(tables, 'glyf');
	const at = offset(id);
	if (offset(id + 1) === at) return '';
	const contours = glyf.getInt16(at);
	if (contours < 0) throw new Error('glyphs: a composite outline — carve another text');
	const ends = Array.from({ length: contours }, (_, i) => glyf.getUint16(at + 10 + i * 2));
	const points = pointsOf(glyf, at + 10 + contours * 2, (ends.at(-1) ?? -1) + 1, scale);
	return ends.map((end, i) => contour(points.slice((ends[i - 1] ?? -1) + 1, end + 1))).join('');
}

function pointsOf(glyf: DataView, start: number, count: number, scale: number): Point[] {
	let at = start + 2 + glyf.getUint16(start);
	const flags: number[] = [];
	while (flags.length < count) {
		const flag = glyf.getUint8(at++);
		const times = flag & 8 ? glyf.getUint8(at++) + 1 : 1;
		for (let i = 0; i < times; i++) flags.push(flag);
	}
	const axis = (short: number, same: number) => {
		let value = 0;
		return flags.map((flag) => {
			if (flag & short) value += glyf.getUint8(at++) * (flag & same ? 1 : -1);
			else if (!(flag & same)) {
				value += glyf.getInt16(at);
				at += 2;
			}
			return value;
		});
	};
	const xs = axis(2, 16);
	const ys = axis(4, 32);
	return flags.map((flag, i) => ({
		x: (xs[i] ?? 0) * scale,
		y: 880 - (ys[i] ?? 0) * scale,
		isOn: (flag & 1) === 1,
	}));
}

function contour(points: readonly Point[]): string {
	const middle = (a: Point, b: Point): Point => ({
		x: (a.x + b.x) / 2,
		y: (a.y + b.y) / 2,
		isOn: true,
	});
	const full = points.flatMap((p, i) => {
		const next = points[(i + 1) % points.length] ?? p;
		return p.isOn || next.isOn ? [p] : [p, middle(p, next)];
	});
	const first = full.findIndex((p) => p.isOn);
	const ring = [...full.slice(first), ...full.slice(0, first + 1)];
	const text = (p: Point) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
	let path = `M${text(ring[0] ?? { x: 0, y: 0, isOn: true })}`;
	for (let i = 1; i < ring.length; i++) {
		const p = ring[i] as Point;
		if (p.isOn) path += `L${text(p)}`;
		else path += `Q${text(p)} ${text(ring[++i] as Point)}`;
	}
	return `${path}Z`;
}
