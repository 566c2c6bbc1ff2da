import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { Tinypool } from 'tinypool';
import type { MapLevel } from '../texture/map-pyramid.ts';
import { renormalize } from '../texture/renormalize.ts';
import { Compactor } from './compactor.ts';
import { paintMap } from './paint-map.ts';
import { layOutTile } from './tile-layout.ts';
import type { MapUse } from './tile-maps.ts';
import type { TileWorkerData } from './tile-worker.ts';

export interface PaintTask {
	indices: Uint32Array;
	use: MapUse;
	/** How sharp the tile's largest map is at most, and how large this one is beside it. */
	scale: number;
	share: number;
	/** The scan's map, decoded and halved as often as helps. */
	source: MapLevel;
	/** What lies between the charts: one pixel. */
	background: Uint8Array;
	/** Where the tile's map goes, as WebP. */
	path: string;
}

/** Quality of WebP, as of the finest tier; directions get more, since lossy codecs show on them. */
const QUALITY = { colour: 82, direction: 90 };
const EFFORT = 4;

const { mesh, sizes } = Tinypool.workerData as TileWorkerData;
const compactor = new Compactor(mesh.owners.length);

/** Paints one map of one tile; gives its size. */
export async function paint(
	task: PaintTask,
): Promise<{ widthPx: number; heightPx: number } | undefined> {
	const { use, source, background, path, indices, scale, share } = task;
	const layout = layOutTile(mesh, compactor, indices, sizes, scale).materials.get(use.material);
	if (layout === undefined) return undefined;
	const { widthPx, heightPx, data } = paintMap(source, background, layout, share);
	const isDirection = use.roles.includes('normal');
	if (isDirection) renormalize(data, use.channels);
	const webp = await sharp(data, {
		raw: { width: widthPx, height: heightPx, channels: use.channels },
	})
		.webp({
			quality: isDirection ? QUALITY.direction : QUALITY.colour,
			alphaQuality: 90,
			effort: EFFORT,
			smartSubsample: isDirection,
		})
		.toBuffer();
	writeFileSync(path, webp);
	return { widthPx, heightPx };
}
