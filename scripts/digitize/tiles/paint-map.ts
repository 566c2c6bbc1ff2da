import type { MapLevel } from '../texture/map-pyramid.ts';
import { type MaterialLayout, multipleOf4 } from './tile-layout.ts';

/** A tile's map before it is encoded. */
export interface PaintedMap {
	widthPx: number;
	heightPx: number;
	data: Uint8Array;
}

/**
 * Cuts the charts of a layout out of a map of the scan and lays them on the tile's, bilinear, over
 * `background` (one pixel). `share`: the map's size as a share of the layout's. The sides of the map
 * are multiples of four, as compressed textures have to be.
 */
export function paintMap(
	source: MapLevel,
	background: Uint8Array,
	layout: MaterialLayout,
	share: number,
): PaintedMap {
	const channels = background.length;
	const widthPx = multipleOf4(layout.widthPx * share);
	const heightPx = multipleOf4(layout.heightPx * share);
	const data = new Uint8Array(widthPx * heightPx * channels);
	for (let at = 0; at < data.length; at += channels) data.set(background, at);
	// Texture coordinates are shares of the tile's map, so its pixels are stretched alike.
	const stretch = [widthPx / layout.widthPx, heightPx / layout.heightPx];
	for (let at = 0; at < layout.charts.length; at += 8) {
		const chart = layout.charts.subarray(at, at + 8);
		const x = span(chart[0] ?? 0, chart[2] ?? 1, stretch[0] ?? 1, widthPx);
		const y = span(chart[1] ?? 0, chart[3] ?? 1, stretch[1] ?? 1, heightPx);
		const [spanU, spanV] = source.spanPx;
		const columns = taps(x, chart[4] ?? 0, chart[6] ?? 0, spanU, source.widthPx);
		const rows = taps(y, chart[5] ?? 0, chart[7] ?? 0, spanV, source.heightPx);
		for (const [row, tap] of rows.entries()) {
			const target = ((y.first + row) * widthPx + x.first) * channels;
			paintRow(source, channels, tap, columns, data.subarray(target));
		}
	}
	return { widthPx, heightPx, data };
}

/** Whole pixels of a chart on one axis, and where the chart begins and how long it is. */
interface Span {
	first: number;
	end: number;
	start: number;
	length: number;
}

function span(start: number, length: number, stretch: number, limit: number): Span {
	const from = start * stretch;
	const to = (start + length) * stretch;
	const end = Math.min(Math.round(to), limit);
	return { first: Math.min(Math.round(from), limit), end, start: from, length: to - from };
}

/** Two pixels of the source and how much the second counts. */
interface Tap {
	a: number;
	b: number;
	weight: number;
}

function taps(
	{ first, end, start, length }: Span,
	from: number,
	extent: number,
	span: number,
	px: number,
): Tap[] {
	const list: Tap[] = [];
	for (let pixel = first; pixel < end; pixel += 1) {
		const share = from + ((pixel + 0.5 - start) / length) * extent;
		const at = (share - Math.floor(share)) * span - 0.5;
		const low = Math.floor(at);
		list.push({ a: (low + px) % px, b: (low + 1) % px, weight: at - low });
	}
	return list;
}

function paintRow(
	{ data, widthPx }: MapLevel,
	channels: number,
	row: Tap,
	columns: readonly Tap[],
	target: Uint8Array,
): void {
	const [top, bottom] = [row.a * widthPx, row.b * widthPx];
	let at = 0;
	for (const { a, b, weight } of columns) {
		for (let k = 0; k < channels; k += 1) {
			const nw = data[(top + a) * channels + k] ?? 0;
			const ne = data[(top + b) * channels + k] ?? 0;
			const sw = data[(bottom + a) * channels + k] ?? 0;
			const se = data[(bottom + b) * channels + k] ?? 0;
			const north = nw + (ne - nw) * weight;
			const south = sw + (se - sw) * weight;
			target[at] = Math.round(north + (south - north) * row.weight);
			at += 1;
		}
	}
}
