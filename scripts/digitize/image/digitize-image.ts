import { join } from 'node:path';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Finding } from '#schema/asset/digitize-report';
import type { Format } from '../intake/formats.ts';
import { manifestSource } from '../manifest-source.ts';
import { adoptPictures, writePictures } from '../media/write-pictures.ts';
import { writePlainReport } from '../report/write-plain-report.ts';
import type { Work } from '../work.ts';
import { inspectPicture, pictureParts } from './inspect-picture.ts';
import { openLevel } from './open-level.ts';
import { decoding, type OpenPicture } from './open-picture.ts';
import { IIIF_FOLDER, writeIiif } from './write-iiif.ts';
import { MASTER_FILE, writeMaster } from './write-master.ts';

/** Makes a piece of a flat picture: its master, IIIF tiles, poster and report. Throws `RefusalError`. */
export async function digitizeImage(work: Work, format: Format): Promise<AssetManifest> {
	const { source, begin } = work;
	const { picture, facts, pxPerMm, findings } = await inspectPicture(work, format);
	const made = await makeFiles(work, picture);
	await begin('report', 0.97);
	const { widthPx, heightPx } = picture;
	const measures = { widthPx, heightPx, ...technical(picture), facts: { ...facts } };
	await writePlainReport(work, {
		kind: 'image',
		measures,
		findings: [...findings, ...shapeFindings(picture)],
	});
	return {
		format: 'xishan-asset/1',
		kind: 'image',
		source: {
			...manifestSource(source),
			widthPx,
			heightPx,
			...(pxPerMm === undefined ? {} : { pxPerMm }),
		},
		...made,
		...(await pictureParts(work)),
	};
}

/** The expensive part, each step remembered by what decides its bytes. */
async function makeFiles({ source, folder, cache, begin }: Work, picture: OpenPicture) {
	const { name, sha256 } = source;
	await begin('compress', 0.1);
	const master = await cache.step('image-master', { sha256 }, (dir) =>
		decoding(name, () => writeMaster(picture, dir)),
	);
	const masterPath = join(master.dir, MASTER_FILE);
	// Before the tiles: memory that libvips took for those is not given back.
	const pictures = await cache.step('image-pictures', { master: master.key }, async (dir) =>
		writePictures(await openLevel(masterPath, master.value.levels, 1600), dir),
	);
	await begin('tile', 0.4);
	const iiif = await cache.step('image-iiif', { sha256, master: master.key }, (dir) =>
		decoding(name, () => writeIiif(picture, master.value, masterPath, dir)),
	);
	await folder.adopt(masterPath, MASTER_FILE);
	await folder.adopt(join(iiif.dir, IIIF_FOLDER), IIIF_FOLDER);
	await adoptPictures(folder, pictures.dir, pictures.value);
	return { master: master.value, iiif: iiif.value, ...pictures.value };
}

/** What the file is made of, in libvips' words. */
function technical({ header, pages }: OpenPicture) {
	const { format, space, channels, depth, hasProfile, hasAlpha } = header;
	return {
		encoding: format,
		colourSpace: space,
		channels,
		bitsPerChannel: depth === 'ushort' ? 16 : 8,
		hasProfile,
		hasAlpha,
		pages,
	};
}

/** What was done to make one upright sRGB picture of it. */
function shapeFindings({ header, pages }: OpenPicture): Finding[] {
	const { orientation = 1, space, depth, hasAlpha, hasProfile } = header;
	const findings: Finding[] = [];
	if (pages > 1) findings.push({ code: 'image-pages', level: 'warning', values: { pages } });
	if (orientation > 1) {
		findings.push({ code: 'image-turned', level: 'fixed', values: { orientation } });
	}
	if (space === 'cmyk') {
		const values = { profile: hasProfile ? 'embedded' : 'assumed' };
		findings.push({ code: 'image-from-cmyk', level: hasProfile ? 'info' : 'warning', values });
	}
	if (depth === 'ushort')
		findings.push({ code: 'image-from-deep', level: 'info', values: { bits: 16 } });
	if (hasAlpha) findings.push({ code: 'image-on-white', level: 'info', values: {} });
	return findings;
}
