import exifReader from 'exif-reader';
import type { Metadata } from 'sharp';
import type { Finding } from '#schema/asset/digitize-report';

/** Larger blocks of metadata hold thumbnails and edits, not facts. */
const MAX_BLOCK_BYTES = 1_000_000;
const MAX_TEXT = 80;
const MM_PER_INCH = 25.4;
/** Densities that programs write when they know none, dots per inch. */
const MEANINGLESS_DPI: readonly number[] = [0, 1, 25, 72, 96];
const GPS_IN_XMP = /(?:exif:GPS|GPSL(?:atitude|ongitude))/;

/** What a picture's file says about its making that may be public. */
export interface PictureFacts {
	camera?: string;
	lens?: string;
	/** As the camera's clock said, without a time zone: `2024-05-01T10:20:30`. */
	takenAt?: string;
	exposureS?: number;
	fNumber?: number;
	iso?: number;
	focalLengthMm?: number;
	/** Which blocks of metadata the original holds. */
	blocks: string[];
}

/**
 * Reads EXIF, and whether there is XMP and IPTC. Where the picture was taken, serial numbers and names
 * of people are left in the original: of the place only a finding says that it was there.
 * `pxPerMm`: from the file's density where that means something, as a scanner writes it; a camera's
 * dots per inch say nothing about the artefact.
 */
export function readPictureFacts(header: Metadata): {
	facts: PictureFacts;
	pxPerMm?: number;
	findings: Finding[];
} {
	const findings: Finding[] = [];
	const blocks = (['exif', 'xmp', 'iptc'] as const).filter((name) => header[name] !== undefined);
	const exif = readExif(header.exif);
	if (exif === undefined) {
		findings.push({ code: 'image-metadata-unreadable', level: 'warning', values: {} });
	}
	const { Image = {}, Photo = {}, GPSInfo } = exif ?? {};
	const hasPlace = Object.keys(GPSInfo ?? {}).some((key) => key !== 'GPSVersionID');
	if (hasPlace || GPS_IN_XMP.test(header.xmp?.toString('latin1') ?? '')) {
		findings.push({ code: 'location-removed', level: 'fixed', values: {} });
	}
	const facts: PictureFacts = {
		...given('camera', text([Image.Make, Image.Model])),
		...given('lens', text([Photo.LensModel])),
		...given('takenAt', dateText(Photo.DateTimeOriginal)),
		...given('exposureS', numeric(Photo.ExposureTime)),
		...given('fNumber', numeric(Photo.FNumber)),
		...given('iso', numeric(Photo.ISOSpeedRatings)),
		...given('focalLengthMm', numeric(Photo.FocalLength)),
		blocks,
	};
	const isPhotograph = facts.exposureS !== undefined || facts.focalLengthMm !== undefined;
	const dpi = isPhotograph ? 0 : (header.density ?? 0);
	if (MEANINGLESS_DPI.includes(Math.round(dpi))) return { facts, findings };
	const pxPerMm = Math.round((dpi / MM_PER_INCH) * 1000) / 1000;
	findings.push({ code: 'image-scale-known', level: 'info', values: { pxPerMm } });
	return { facts, pxPerMm, findings };
}

function readExif(block: Buffer | undefined): ReturnType<typeof exifReader> | undefined {
	if (block === undefined) return { bigEndian: false };
	if (block.length > MAX_BLOCK_BYTES) return undefined;
	try {
		return exifReader(block);
	} catch {
		return undefined;
	}
}

function given<K extends keyof PictureFacts>(key: K, value: PictureFacts[K] | undefined) {
	return value === undefined ? {} : { [key]: value };
}

/** Foreign words on one line: short, and without control characters. */
function text(parts: unknown[]): string | undefined {
	const words = parts.filter((part) => typeof part === 'string').join(' ');
	const clean = words
		.replaceAll(/[^\P{C}]/gu, ' ')
		.replaceAll(/\s+/g, ' ')
		.trim();
	return clean === '' ? undefined : clean.slice(0, MAX_TEXT);
}

function dateText(value: unknown): string | undefined {
	const isDate = value instanceof Date && Number.isFinite(value.getTime());
	return isDate ? value.toISOString().slice(0, 19) : undefined;
}

function numeric(value: unknown): number | undefined {
	const first: unknown = Array.isArray(value) ? value[0] : value;
	return typeof first === 'number' && Number.isFinite(first) && first > 0 ? first : undefined;
}
