import sharp from 'sharp';
import { frame } from './camera.ts';
import { encodePicture, type Pixels } from './encode-picture.ts';
import { buildScenery, type Subject } from './scenery.ts';
import { develop, meter, setUp } from './shoot.ts';

/** A finished picture. */
export interface Picture {
	webp: Uint8Array;
	widthPx: number;
	heightPx: number;
}

const SIZE_PX = 1024;
const MAX_BYTES = 60_000;
const SAMPLES = 2;
const SPOTS = { keyMaps: 8, keyPx: 1024, rimPx: 512 };
const FLOOR_CELLS = 160;

/** Sides of the cards, in pixels, large to small, and what each may weigh. */
const CARDS = [
	{ px: 480, maxBytes: 24_000 },
	{ px: 240, maxBytes: 9_000 },
];

/**
 * Draws the poster of a piece as a museum catalogue would: three-quarter view, one warm key, soft
 * fill, its shadow on a dark floor that fades into the gallery's ink. Software only, so the same mesh
 * always gives the same bytes. `cards` are the same pixels smaller, never coded twice. Cost: five
 * CPU-seconds for 150,000 triangles on a busy machine.
 */
export async function drawPoster(
	subject: Subject,
	sizePx = SIZE_PX,
): Promise<{ poster: Picture; cards: Picture[] }> {
	const scenery = await buildScenery(subject, sizePx);
	const stage = setUp(scenery, {
		sizePx,
		samples: SAMPLES,
		camera: frame(scenery.mesh.positions, scenery.bounds, sizePx * SAMPLES),
		turnRad: 0,
		spots: SPOTS,
		floorCells: FLOOR_CELLS,
	});
	const data = develop(stage, meter([stage]));
	const pixels = { data, widthPx: sizePx, heightPx: sizePx };
	const cards: Picture[] = [];
	for (const { px, maxBytes } of CARDS)
		cards.push(await finish(await shrink(pixels, px), maxBytes));
	return { poster: await finish(pixels, MAX_BYTES), cards };
}

async function finish(pixels: Pixels, maxBytes: number): Promise<Picture> {
	const { widthPx, heightPx } = pixels;
	return { webp: await encodePicture(pixels, maxBytes), widthPx, heightPx };
}

async function shrink({ data, widthPx, heightPx }: Pixels, px: number): Promise<Pixels> {
	const small = await sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
		.resize(px, px, { kernel: 'lanczos3' })
		.raw()
		.toBuffer();
	return { data: small, widthPx: px, heightPx: px };
}
