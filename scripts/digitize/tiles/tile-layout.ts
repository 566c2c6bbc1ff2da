import { type Charts, findCharts } from './charts.ts';
import type { Compactor, LocalTriangles } from './compactor.ts';
import { materialParts } from './material-parts.ts';
import { packRectangles, type Sheet } from './pack-rectangles.ts';
import type { SharedMesh } from './shared-mesh.ts';

/** The size of the largest map of each material, in pixels; nothing where it has none. */
export type MapSizes = readonly ({ widthPx: number; heightPx: number } | undefined)[];

/** How one material's charts lie on the map of one tile. */
export interface MaterialLayout {
	/** Of the tile's map, as large as the largest map of the material asks for. */
	widthPx: number;
	heightPx: number;
	/**
	 * Eight numbers a chart: left, top, width and height on the tile's map in pixels; and the part of
	 * the scan's map that lies there: least u and v, width and height.
	 */
	charts: Float64Array;
	/** Texture coordinates of the part's vertices on the tile's map. */
	uvs: Float32Array;
}

/** Pixels that maps of one tile may have together: 2048 by 2048. */
const TILE_PIXELS = 2048 * 2048;
/** Pixels of the scan's map kept round a chart, after scaling: enough for bilinear light and two mips. */
const MARGIN_PX = 4;
/** A chart longer than this on the map repeats it; then the tile carries the map whole. */
const MOST_REPEATS = 1.5;
/** How much smaller each further attempt is. */
const SHRINK = 0.92;

export interface TileLayout {
	/** What a pixel of the scan's map is on the tile's, at most 1. */
	scale: number;
	/** Whether a map is repeated; then a tile has more pixels than its maps. */
	isRepeated: boolean;
	/** Of each material with maps. */
	materials: Map<number, MaterialLayout>;
}

/**
 * Lays out the maps of one tile: the boxes of its charts, cut from the scan's map with a margin, as
 * sharp as 2048² pixels and `mostScale` allow. So a tile carries what it shows and no more, whatever
 * the size of the scan's map, and a tile of twice the extent half the sharpness.
 *
 * Rejected: one shared map a level. Every viewer decodes it once for each tile that names it, so a
 * view of 22 tiles would hold 22 maps of 4096² pixels. And the box of a tile's texture coordinates as
 * a whole: charts of neighbours lie anywhere on a map, so it is mostly the whole map.
 */
export function layOutTile(
	mesh: SharedMesh,
	compactor: Compactor,
	indices: Uint32Array,
	sizes: MapSizes,
	mostScale: number,
): TileLayout {
	const parts = materialParts(mesh, compactor, indices, sizes.length).flatMap(
		({ material, part }) => {
			const size = sizes[material];
			if (size === undefined || mesh.uvs === undefined) return [];
			const uvs = uvsOf(mesh.uvs, part);
			return [{ material, size, uvs, charts: findCharts(part, uvs) }];
		},
	);
	const isRepeated = parts.some(({ charts }) => repeats(charts));
	const wanted = parts.reduce((sum, { charts, size }) => sum + pixelsOf(charts, size), 0);
	let scale = Math.min(1, mostScale, Math.sqrt(TILE_PIXELS / Math.max(wanted, 1)));
	for (;;) {
		const materials = new Map(
			parts.map((part) => [part.material, layOut(part.charts, part.uvs, part.size, scale)]),
		);
		const used = [...materials.values()].reduce((sum, m) => sum + m.widthPx * m.heightPx, 0);
		if (used <= TILE_PIXELS * 1.02 || scale < 1e-3) return { scale, isRepeated, materials };
		scale *= SHRINK;
	}
}

/** The next whole multiple of four pixels, at least one. */
export function multipleOf4(px: number): number {
	return Math.max(Math.ceil(px / 4) * 4, 4);
}

function uvsOf(uvs: Float32Array, { vertices }: LocalTriangles): Float32Array {
	const own = new Float32Array(vertices.length * 2);
	for (let i = 0; i < vertices.length; i += 1) {
		own[i * 2] = uvs[(vertices[i] ?? 0) * 2] ?? 0;
		own[i * 2 + 1] = uvs[(vertices[i] ?? 0) * 2 + 1] ?? 0;
	}
	return own;
}

interface Size {
	widthPx: number;
	heightPx: number;
}

function pixelsOf(charts: Charts, { widthPx, heightPx }: Size): number {
	if (repeats(charts)) return widthPx * heightPx;
	let pixels = 0;
	for (let c = 0; c < charts.count; c += 1) {
		const [u0, v0, u1, v1] = charts.boxes.subarray(c * 4, c * 4 + 4);
		pixels += ((u1 ?? 0) - (u0 ?? 0)) * widthPx * (((v1 ?? 0) - (v0 ?? 0)) * heightPx);
	}
	return pixels;
}

function repeats({ boxes, count }: Charts): boolean {
	for (let c = 0; c < count; c += 1) {
		const width = (boxes[c * 4 + 2] ?? 0) - (boxes[c * 4] ?? 0);
		const height = (boxes[c * 4 + 3] ?? 0) - (boxes[c * 4 + 1] ?? 0);
		if (width > MOST_REPEATS || height > MOST_REPEATS) return true;
	}
	return false;
}

function layOut(charts: Charts, uvs: Float32Array, size: Size, scale: number): MaterialLayout {
	if (repeats(charts)) {
		const widthPx = multipleOf4(size.widthPx * scale);
		const heightPx = multipleOf4(size.heightPx * scale);
		const whole = Float64Array.of(0, 0, widthPx, heightPx, 0, 0, 1, 1);
		return { widthPx, heightPx, charts: whole, uvs };
	}
	const packed = packRectangles(rectanglesOf(charts, size, scale));
	const [widthPx, heightPx] = [multipleOf4(packed.widthPx), multipleOf4(packed.heightPx)];
	const sheet = { ...packed, widthPx, heightPx };
	const rows = chartRows(charts, sheet, size, scale);
	const lengths = [widthPx, heightPx];
	const moved = uvs.map((value, i) => {
		const k = i & 1;
		const at = (charts.chartOf[i >> 1] ?? 0) * 8 + k;
		const share = (value - (rows[at + 4] ?? 0)) / (rows[at + 6] ?? 1);
		return ((rows[at] ?? 0) + share * (rows[at + 2] ?? 0)) / (lengths[k] ?? 1);
	});
	return { widthPx, heightPx, charts: rows, uvs: moved };
}

/** Width and height of each chart on the tile's map, margins and all. */
function rectanglesOf({ boxes, count }: Charts, size: Size, scale: number): Float64Array {
	const lengths = [size.widthPx * scale, size.heightPx * scale];
	return new Float64Array(count * 2).map((_, i) => {
		const at = (i >> 1) * 4 + (i & 1);
		const extent = (boxes[at + 2] ?? 0) - (boxes[at] ?? 0);
		return Math.ceil(extent * (lengths[i & 1] ?? 1)) + 2 * MARGIN_PX;
	});
}

function chartRows(
	{ boxes, count }: Charts,
	sheet: Sheet,
	size: Size,
	scale: number,
): Float64Array {
	const [pixelU, pixelV] = [1 / (size.widthPx * scale), 1 / (size.heightPx * scale)];
	const rows = new Float64Array(count * 8);
	for (let c = 0; c < count; c += 1) {
		const [width = 0, height = 0] = sheet.sizes.subarray(c * 2);
		const [left = 0, top = 0] = sheet.corners.subarray(c * 2);
		const u = (boxes[c * 4] ?? 0) - MARGIN_PX * pixelU;
		const v = (boxes[c * 4 + 1] ?? 0) - MARGIN_PX * pixelV;
		rows.set([left, top, width, height, u, v, width * pixelU, height * pixelV], c * 8);
	}
	return rows;
}
