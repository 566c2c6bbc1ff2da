import { COLOUR_MAX, LINEAR_OF_BYTE } from '../colour.ts';
import type { SourceTexture } from '../mesh/mesh.ts';
import { openMap } from './texture-source.ts';

/** A decoded map, four bytes a pixel. */
export interface RawTexture {
	widthPx: number;
	heightPx: number;
	data: Uint8Array;
}

/** Decodes a map at most `px` long to RGBA. `isData`: normals, roughness; no colour profile applies. */
export async function decodeTexture(
	source: SourceTexture,
	px: number,
	isData: boolean,
): Promise<RawTexture> {
	const image = await openMap(source.bytes, isData);
	const { data, info } = await image
		.resize({ width: px, height: px, fit: 'inside', withoutEnlargement: true })
		.toColourspace('srgb')
		.ensureAlpha()
		.raw({ depth: 'uchar' })
		.toBuffer({ resolveWithObject: true });
	return { widthPx: info.width, heightPx: info.height, data };
}

/**
 * Reads a map at (u, v), repeating, bilinear; `out` gets RGBA from 0 to 1, RGB in linear light when
 * `isColour`.
 */
export function sample(
	texture: RawTexture,
	u: number,
	v: number,
	isColour: boolean,
	out: Float64Array,
): void {
	const { widthPx, heightPx, data } = texture;
	const x = (u - Math.floor(u)) * widthPx - 0.5;
	const y = (v - Math.floor(v)) * heightPx - 0.5;
	const column = Math.floor(x);
	const row = Math.floor(y);
	const fx = x - column;
	const fy = y - row;
	const left = (column + widthPx) % widthPx;
	const right = (column + 1) % widthPx;
	const top = ((row + heightPx) % heightPx) * widthPx;
	const bottom = ((row + 1) % heightPx) * widthPx;
	for (let k = 0; k < 4; k += 1) {
		const table = isColour && k < 3;
		const a = channel(data[(top + left) * 4 + k] ?? 0, table);
		const b = channel(data[(top + right) * 4 + k] ?? 0, table);
		const c = channel(data[(bottom + left) * 4 + k] ?? 0, table);
		const d = channel(data[(bottom + right) * 4 + k] ?? 0, table);
		out[k] = (a + (b - a) * fx) * (1 - fy) + (c + (d - c) * fx) * fy;
	}
}

function channel(byte: number, isColour: boolean): number {
	return isColour ? (LINEAR_OF_BYTE[byte] ?? 0) / COLOUR_MAX : byte / 255;
}
