import type { OpenPicture } from '../image/open-picture.ts';
import { refuse } from '../refusal-error.ts';

/** How far width may be from twice the height: stitchers round. */
const TOLERANCE = 0.01;
const MAX_XMP = 1_000_000;

/**
 * Refuses with `panorama-shape` what does not show the whole sphere: a picture that is not twice as
 * wide as high, or whose GPano metadata says that it is a part cut out of one. Filling up the rest was
 * rejected: black poles in a headset look like a fault of the exhibit.
 */
export function checkPanorama({ widthPx, heightPx, header }: OpenPicture, name: string): void {
	const xmp = header.xmp?.toString('latin1', 0, MAX_XMP) ?? '';
	const isPart =
		isCut(xmp, 'CroppedAreaImageWidthPixels', 'FullPanoWidthPixels') ||
		isCut(xmp, 'CroppedAreaImageHeightPixels', 'FullPanoHeightPixels');
	if (isPart) {
		refuse(
			'panorama-shape',
			`${name} shows only a part of the sphere — export the whole 360° × 180°, or take it as a flat picture with --kind image`,
		);
	}
	if (Math.abs(widthPx / heightPx / 2 - 1) <= TOLERANCE) return;
	refuse(
		'panorama-shape',
		`${name} is not twice as wide as high — export an equirectangular panorama of 360° × 180°`,
	);
}

function isCut(xmp: string, cropped: string, full: string): boolean {
	const [part, whole] = [gpano(xmp, cropped), gpano(xmp, full)];
	return part !== undefined && whole !== undefined && part < whole;
}

/** A number of Google's Photo Sphere XMP, written as an attribute or an element. */
function gpano(xmp: string, name: string): number | undefined {
	const found = new RegExp(`GPano:${name}(?:="|>)\\s*(\\d{1,9})`).exec(xmp);
	return found === null ? undefined : Number(found[1]);
}
