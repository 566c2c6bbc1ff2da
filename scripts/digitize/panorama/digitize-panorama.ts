import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Finding } from '#schema/asset/digitize-report';
import { inspectPicture, pictureParts } from '../image/inspect-picture.ts';
import { decoding, type OpenPicture } from '../image/open-picture.ts';
import type { Format } from '../intake/formats.ts';
import { manifestSource } from '../manifest-source.ts';
import { folderSize } from '../media/folder-size.ts';
import { adoptPictures, writePictures } from '../media/write-pictures.ts';
import { writePlainReport } from '../report/write-plain-report.ts';
import type { Work } from '../work.ts';
import { checkPanorama } from './check-panorama.ts';
import { drawView } from './draw-view.ts';
import { FACE_TILE_PX } from './make-face.ts';
import { FACES_FOLDER, makeFaces } from './make-faces.ts';
import { MAX_SPHERE_WIDTH_PX, readSphere, writeSphere } from './sphere-file.ts';

const PATTERN = `${FACES_FOLDER}/{level}/{face}/{column}-{row}.webp`;

/** Makes a piece of an equirectangular panorama: the faces of a cube, poster, report. Throws `RefusalError`. */
export async function digitizePanorama(work: Work, format: Format): Promise<AssetManifest> {
	const { source, begin } = work;
	const { picture, facts, findings } = await inspectPicture(work, format);
	checkPanorama(picture, source.name);
	const made = await makeFiles(work, picture);
	await begin('report', 0.97);
	const { widthPx, heightPx } = picture;
	const measures = { widthPx, heightPx, facts: { ...facts } };
	await writePlainReport(work, {
		kind: 'panorama',
		measures,
		findings: [...findings, ...sizeFindings(widthPx)],
	});
	return {
		format: 'xishan-asset/1',
		kind: 'panorama',
		source: { ...manifestSource(source), widthPx, heightPx },
		...made,
		...(await pictureParts(work)),
	};
}

async function makeFiles({ source, folder, cache, begin, signal }: Work, picture: OpenPicture) {
	await begin('tile', 0.1);
	const { sha256, name } = source;
	const { dir, value } = await cache.step('panorama-faces', { sha256 }, async (dir) => {
		const path = join(folder.scratch('sphere'), 'sphere.v');
		const sphere = await decoding(name, () => writeSphere(picture, path));
		const levels = await makeFaces(sphere, dir, signal);
		const size = await folderSize(join(dir, FACES_FOLDER));
		await begin('picture', 0.9);
		const pictures = await writePictures(drawView(await readSphere(sphere, 'nz')), dir);
		await rm(path);
		return { faces: { pattern: PATTERN, tilePx: FACE_TILE_PX, levels, ...size }, pictures };
	});
	await folder.adopt(join(dir, FACES_FOLDER), FACES_FOLDER);
	await adoptPictures(folder, dir, value.pictures);
	return { faces: value.faces, ...value.pictures };
}

function sizeFindings(widthPx: number): Finding[] {
	if (widthPx <= MAX_SPHERE_WIDTH_PX) return [];
	const values = { widthPx, keptWidthPx: MAX_SPHERE_WIDTH_PX };
	return [{ code: 'panorama-reduced', level: 'warning', values }];
}
