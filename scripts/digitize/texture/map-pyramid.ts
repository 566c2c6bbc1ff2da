import type { RawTexture } from './raw-texture.ts';

/** A map of the scan, halved some times, in memory that threads share. */
export interface MapLevel extends RawTexture {
	/** How long the whole map is on each axis, in pixels of this level; the last ones reach beyond. */
	spanPx: readonly [u: number, v: number];
}

interface Weighted extends MapLevel {
	/** How much of each pixel the scan shows, 0 to 255. */
	weights: Uint8Array | undefined;
}

/**
 * Halves a map down to one pixel, of which only shown pixels (`covered`, see `coverMap`) count, and
 * puts in the place of the others what lies nearest on the next level. So nothing that lies between
 * the charts of an atlas, black or white as it often is, shows at their seams, however small the map
 * gets. `base` is changed. Colours count by their alpha where there are four `channels`.
 *
 * Boxes of two by two pixels, as graphics cards do it; push and pull as Gortler et al. 1996 (The
 * Lumigraph §3.4). About 20 ns a pixel, a third more memory than the map.
 *
 * Rejected: scaling with everything between the charts, as an image editor does: a scan whose charts
 * keep 2 pixels apart had seams of the background's colour at every level but the finest.
 */
export function mapPyramid(
	base: RawTexture,
	channels: number,
	covered: Uint8Array | undefined,
): MapLevel[] {
	const { widthPx, heightPx } = base;
	const first: Weighted = { ...base, spanPx: [widthPx, heightPx], weights: covered };
	const levels = [first];
	for (let level = first; level.widthPx > 1 || level.heightPx > 1; ) {
		level = halve(level, channels);
		levels.push(level);
	}
	for (let i = levels.length - 2; i >= 0; i -= 1) fill(levels[i], levels[i + 1], channels);
	return levels.map(({ weights, ...level }) => level);
}

function halve(from: Weighted, channels: number): Weighted {
	const widthPx = Math.ceil(from.widthPx / 2);
	const heightPx = Math.ceil(from.heightPx / 2);
	const data = new Uint8Array(new SharedArrayBuffer(widthPx * heightPx * channels));
	const weights = from.weights && new Uint8Array(widthPx * heightPx);
	const parts = new Int32Array(4);
	for (let y = 0; y < heightPx; y += 1) {
		const top = y * 2 * from.widthPx;
		// The last row or column of an odd number stands for two.
		const bottom = y * 2 + 1 < from.heightPx ? top + from.widthPx : top;
		for (let x = 0; x < widthPx; x += 1) {
			const left = x * 2;
			const right = left + 1 < from.widthPx ? left + 1 : left;
			parts[0] = top + left;
			parts[1] = top + right;
			parts[2] = bottom + left;
			parts[3] = bottom + right;
			const weight = blend(from, channels, parts, data, (y * widthPx + x) * channels);
			if (weights !== undefined) weights[y * widthPx + x] = weight;
		}
	}
	const [u, v] = from.spanPx;
	return { widthPx, heightPx, data, weights, spanPx: [u / 2, v / 2] };
}

/** Averages four pixels by their weights; gives the weight of their sum, at least 1 if any has some. */
function blend(
	{ data, weights }: Weighted,
	channels: number,
	parts: Int32Array,
	into: Uint8Array,
	at: number,
): number {
	let [whole, shown, r, g, b, a] = [0, 0, 0, 0, 0, 0];
	for (let i = 0; i < 4; i += 1) {
		const part = parts[i] ?? 0;
		const weight = weights === undefined ? 255 : (weights[part] ?? 0);
		if (weight === 0) continue;
		const from = part * channels;
		const alpha = channels === 4 ? (data[from + 3] ?? 0) : 255;
		// What cannot be seen has a colour too, where nothing else has.
		const seen = weight * (alpha + 1 / 256);
		whole += weight;
		shown += seen;
		r += seen * (data[from] ?? 0);
		g += seen * (data[from + 1] ?? 0);
		b += seen * (data[from + 2] ?? 0);
		a += weight * alpha;
	}
	if (whole === 0) return 0;
	into[at] = Math.round(r / shown);
	into[at + 1] = Math.round(g / shown);
	into[at + 2] = Math.round(b / shown);
	if (channels === 4) into[at + 3] = Math.round(a / whole);
	return Math.ceil(whole / 4);
}

/** Gives pixels that show nothing the colour of what holds them one level up. */
function fill(level: Weighted | undefined, above: MapLevel | undefined, channels: number): void {
	if (level?.weights === undefined || above === undefined) return;
	const { data, weights, widthPx } = level;
	for (let pixel = 0; pixel < weights.length; pixel += 1) {
		if (weights[pixel] !== 0) continue;
		const [x, y] = [pixel % widthPx, Math.floor(pixel / widthPx)];
		const from = ((y >> 1) * above.widthPx + (x >> 1)) * channels;
		for (let k = 0; k < channels; k += 1) data[pixel * channels + k] = above.data[from + k] ?? 0;
	}
}
