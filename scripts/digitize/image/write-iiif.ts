import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { folderSize } from '../media/folder-size.ts';
import { openLevel } from './open-level.ts';
import type { OpenPicture } from './open-picture.ts';
import type { Master } from './write-master.ts';

export const IIIF_FOLDER = 'iiif';
export const INFO_FILE = 'info.json';

const TILE_PX = 512;
const QUALITY = 85;
/** Whole pictures up to this side are there beside the tiles. */
const MAX_WHOLE_PX = 2048;

const written = z.object({ tiles: z.tuple([z.object({ scaleFactors: z.array(z.int()) })]) });

interface Size {
	width: number;
	height: number;
}

/** What the manifest says of the folder. */
export type IiifTiles = { file: string; tilePx: number; count: number; bytes: number };

/**
 * Cuts a picture into the files of IIIF Image API 3.0 level 0, so that any web server, or a folder on
 * a kiosk, is an image service: `<region>/<size>/0/default.jpg` for every tile of every scale factor,
 * whole pictures up to 2048 pixels, `full/max`, and `info.json`.
 *
 * The standard wants an absolute `id`, which nobody knows before publishing: the file says `"."`, a
 * reference that, resolved against its own address, gives the service. Whoever publishes the folder
 * writes the address there. `maxWidth` makes `full/max` the largest whole picture, as §5.3 of the
 * standard allows; without it a gigapixel had to lie there in one file.
 *
 * Cost, 400 Mpx: 13 CPU-s, 220 MB, 2,140 files. Tiles are cut from the original rather than from the
 * master, which had them coded twice. libvips' own info.json lacks sizes and puts a name for the id.
 */
export async function writeIiif(
	picture: OpenPicture,
	master: Master,
	masterPath: string,
	dir: string,
): Promise<IiifTiles> {
	const root = join(dir, IIIF_FOLDER);
	await picture
		.pixels()
		.jpeg({ quality: QUALITY })
		.tile({ size: TILE_PX, layout: 'iiif3' })
		.toFile(`${root}.dz`);
	await rm(join(dir, 'vips-properties.xml'), { force: true });
	const infoPath = join(root, INFO_FILE);
	const { tiles } = written.parse(JSON.parse(await readFile(infoPath, 'utf8')));
	const { scaleFactors } = tiles[0];
	const image = { width: master.widthPx, height: master.heightPx };
	const sizes = scaleFactors.map((factor) => reduced(image, factor)).filter(isWhole);
	for (const size of sizes) await writeWhole(root, master, masterPath, size, sizeName(size));
	const largest = sizes[0] ?? image;
	await writeWhole(root, master, masterPath, largest, 'max');
	await writeFile(infoPath, `${JSON.stringify(info(image, sizes, scaleFactors), null, '\t')}\n`);
	return { file: `${IIIF_FOLDER}/${INFO_FILE}`, tilePx: TILE_PX, ...(await folderSize(root)) };
}

function info(image: Size, sizes: Size[], scaleFactors: number[]) {
	const [largest = image] = sizes;
	const isReduced = largest.width < image.width;
	return {
		'@context': 'http://iiif.io/api/image/3/context.json',
		id: '.',
		type: 'ImageService3',
		protocol: 'http://iiif.io/api/image',
		profile: 'level0',
		...image,
		...(isReduced ? { maxWidth: largest.width, maxHeight: largest.height } : {}),
		sizes: [...sizes].reverse(),
		tiles: [{ width: TILE_PX, height: TILE_PX, scaleFactors }],
		preferredFormats: ['jpg'],
	};
}

async function writeWhole(
	root: string,
	master: Master,
	masterPath: string,
	{ width, height }: Size,
	name: string,
): Promise<void> {
	const folder = join(root, 'full', name, '0');
	await mkdir(folder, { recursive: true });
	const level = await openLevel(masterPath, master.levels, Math.max(width, height));
	await level
		.resize(width, height, { fit: 'fill' })
		.jpeg({ quality: QUALITY })
		.toFile(join(folder, 'default.jpg'));
}

function reduced({ width, height }: Size, factor: number): Size {
	return { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
}

function isWhole({ width, height }: Size): boolean {
	return Math.max(width, height) <= MAX_WHOLE_PX;
}

function sizeName({ width, height }: Size): string {
	return `${width},${height}`;
}
