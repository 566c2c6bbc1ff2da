import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tinypool } from 'tinypool';
import type { SourceTexture } from '../mesh/mesh.ts';
import { mapPyramid } from '../texture/map-pyramid.ts';
import type { RawTexture } from '../texture/raw-texture.ts';
import { rememberCover } from '../texture/remember-cover.ts';
import { openMap } from '../texture/texture-source.ts';
import type { PaintTask } from './paint-worker.ts';
import { type SharedMesh, sharedU8 } from './shared-mesh.ts';
import type { MapUse, TileMap, TileSharpness } from './tile-maps.ts';
import type { MeasureTask } from './tile-worker.ts';

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

/** A tile to be painted: its number, its triangles, its surface and how far that may be off. */
export interface Canvas extends MeasureTask {
	id: number;
}

/**
 * Paints the maps of all tiles: each map of the scan is decoded once, and only one is in memory at a
 * time. Gives the maps of each tile by its number.
 */
export async function paintTiles(
	canvases: readonly Canvas[],
	mesh: SharedMesh,
	{ pool, uses, textures, dir, signal }: PaintTilesOptions,
): Promise<Map<number, PaintedTile>> {
	await mkdir(dir, { recursive: true });
	const measured = await Promise.all(
		canvases.map(async ({ indices, areaM2, errorM }): Promise<TileSharpness> => {
			const task: MeasureTask = { indices, areaM2, errorM };
			return await pool.run(task, { name: 'measure', signal });
		}),
	);
	const painted = new Map<number, PaintedTile>(
		canvases.map(({ id }, i) => [id, { maps: [], ...(measured[i] ?? { scale: 1, pixels: 0 }) }]),
	);
	const coverOf = rememberCover(mesh);
	for (const [number, use] of uses.entries()) {
		const source = textures[use.texture];
		if (source === undefined) continue;
		const levels = mapPyramid(
			await decode(source, use),
			use.channels,
			coverOf([use.material], source),
		);
		const background = Uint8Array.from(levels.at(-1)?.data ?? []);
		await Promise.all(
			canvases.map(async ({ id, indices }) => {
				const tile = painted.get(id);
				if (tile === undefined) return;
				const path = join(dir, `${id}-${number}.webp`);
				const { scale } = tile;
				// A map smaller than the material's largest need not shrink with it.
				const share = Math.min(use.share / scale, 1);
				const halvings = Math.floor(-Math.log2((share * scale) / use.share));
				const level = levels[Math.min(Math.max(halvings, 0), levels.length - 1)];
				if (level === undefined) return;
				const task: PaintTask = { indices, use, scale, share, source: level, background, path };
				const size: { widthPx: number; heightPx: number } | undefined = await pool.run(task, {
					filename: WORKER,
					name: 'paint',
					signal,
				});
				if (size !== undefined) tile.maps.push({ use, path, ...size });
			}),
		);
	}
	return painted;
}

async function decode({ bytes }: SourceTexture, use: MapUse): Promise<RawTexture> {
	const image = (await openMap(bytes, !use.isColour)).toColourspace('srgb');
	const { data: pixels, info } = await (use.channels === 4
		? image.ensureAlpha()
		: image.removeAlpha()
	)
		.raw({ depth: 'uchar' })
		.toBuffer({ resolveWithObject: true });
	const data = sharedU8(pixels.length);
	data.set(pixels);
	return { widthPx: info.width, heightPx: info.height, data };
}
