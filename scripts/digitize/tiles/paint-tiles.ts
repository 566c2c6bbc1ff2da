import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tinypool } from 'tinypool';
import type { SourceTexture } from '../mesh/mesh.ts';
import type { RawTexture } from '../texture/raw-texture.ts';
import { openImage } from '../texture/texture-source.ts';
import type { PaintTask } from './paint-worker.ts';
import { sharedU8 } from './shared-mesh.ts';
import type { MapUse, TileMap, TileSharpness } from './tile-maps.ts';

const WORKER = new URL('./paint-worker.ts', import.meta.url).href;

/** All maps of one tile. */
export interface PaintedTile extends TileSharpness {
	maps: TileMap[];
}

export interface PaintTilesOptions {
	pool: Tinypool;
	uses: MapUse[];
	textures: SourceTexture[];
	/** Where the maps go; they are needed only until their tiles are packed. */
	dir: string;
	signal: AbortSignal;
}

/** A tile to be painted: its number and triangles. */
export interface Canvas {
	id: number;
	indices: Uint32Array;
}

/**
 * Paints the maps of all tiles: each map of the scan is decoded once for each halving of its size that
 * tiles ask for, and only one is in memory at a time. Gives the maps of each tile by its number.
 */
export async function paintTiles(
	canvases: readonly Canvas[],
	{ pool, uses, textures, dir, signal }: PaintTilesOptions,
): Promise<Map<number, PaintedTile>> {
	await mkdir(dir, { recursive: true });
	const measured = await Promise.all(
		canvases.map(async ({ indices }): Promise<TileSharpness> => {
			return await pool.run({ indices }, { name: 'measure', signal });
		}),
	);
	const halvings = measured.map(({ scale }) => Math.max(Math.floor(-Math.log2(scale)), 0));
	const painted = new Map<number, PaintedTile>(
		canvases.map(({ id }, i) => [id, { maps: [], ...(measured[i] ?? { scale: 1, pixels: 0 }) }]),
	);
	for (const [number, use] of uses.entries()) {
		const source = textures[use.texture];
		for (const halving of [...new Set(halvings)].sort((a, b) => a - b)) {
			if (source === undefined) continue;
			const wanted = canvases.filter((_, i) => halvings[i] === halving);
			const raw = await decode(source, use, halving);
			await Promise.all(
				wanted.map(async ({ id, indices }) => {
					const path = join(dir, `${id}-${number}.webp`);
					const task: PaintTask = { indices, use, source: raw, path };
					const size: { widthPx: number; heightPx: number } | undefined = await pool.run(task, {
						filename: WORKER,
						name: 'paint',
						signal,
					});
					if (size !== undefined) painted.get(id)?.maps.push({ use, path, ...size });
				}),
			);
		}
	}
	return painted;
}

async function decode(source: SourceTexture, use: MapUse, halvings: number): Promise<RawTexture> {
	const { bytes } = source;
	const widthPx = Math.max(Math.round(source.widthPx / 2 ** halvings), 1);
	const heightPx = Math.max(Math.round(source.heightPx / 2 ** halvings), 1);
	const image = openImage(bytes, !use.isColour)
		.resize({ width: widthPx, height: heightPx, fit: 'fill' })
		.toColourspace('srgb');
	const pixels = await (use.channels === 4 ? image.ensureAlpha() : image.removeAlpha())
		.raw({ depth: 'uchar' })
		.toBuffer();
	const data = sharedU8(pixels.length);
	data.set(pixels);
	return { widthPx, heightPx, data };
}
