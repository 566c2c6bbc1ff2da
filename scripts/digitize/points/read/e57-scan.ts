import { impossibleCount } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import { type E57FieldCoding, e57FieldCoding } from './e57-field.ts';
import { child, childNumber, type XmlElement } from './parse-xml.ts';

/** One station of a scanner: where its points lie in the file and how it stood. */
export interface E57Scan {
	/** Physical place of the points. */
	fileOffset: number;
	count: number;
	fields: E57FieldCoding[];
	/** Row by row, and a shift in metres: brings the points of this station into the file's frame. */
	rotation: readonly number[];
	translation: readonly [number, number, number];
	/** What is 0 and what is 1 in brightness and colour. */
	intensityLimits: { min: number; max: number } | undefined;
	colourLimits: { min: number; max: number } | undefined;
}

const MAX_FIELDS = 256;

/** Reads the scans that the XML of an E57 describes. Refuses with `structure-invalid`. */
export function e57Scans(root: XmlElement, name: string): E57Scan[] {
	const scans: E57Scan[] = [];
	for (const data of child(root, 'data3D')?.children ?? []) {
		const points = child(data, 'points');
		if (points === undefined) continue;
		const fileOffset = whole(points.attributes.fileOffset, name);
		const count = whole(points.attributes.recordCount, name);
		const prototype = child(points, 'prototype')?.children ?? [];
		if (prototype.length > MAX_FIELDS) broken(name);
		const fields = prototype.map((element) => e57FieldCoding(element) ?? broken(name));
		if (!fields.some(({ bits }) => bits > 0) && count > 1) impossibleCount(name);
		scans.push({
			fileOffset,
			count,
			fields,
			...pose(child(data, 'pose')),
			intensityLimits: limits(
				child(data, 'intensityLimits'),
				'intensityMinimum',
				'intensityMaximum',
			),
			colourLimits: limits(child(data, 'colorLimits'), 'colorRedMinimum', 'colorRedMaximum'),
		});
	}
	return scans;
}

function limits(
	element: XmlElement | undefined,
	low: string,
	high: string,
): { min: number; max: number } | undefined {
	const [min, max] = [childNumber(element, low), childNumber(element, high)];
	return min !== undefined && max !== undefined && max > min ? { min, max } : undefined;
}

/** A quaternion and a shift; the file's own frame when they are missing. */
function pose(element: XmlElement | undefined): Pick<E57Scan, 'rotation' | 'translation'> {
	const rotation = child(element, 'rotation');
	const shift = child(element, 'translation');
	const [w, x, y, z] = ['w', 'x', 'y', 'z'].map((k) => childNumber(rotation, k) ?? 0);
	const translation = [0, 0, 0] as [number, number, number];
	for (const [k, axis] of ['x', 'y', 'z'].entries()) translation[k] = childNumber(shift, axis) ?? 0;
	return { rotation: matrix(w ?? 0, x ?? 0, y ?? 0, z ?? 0), translation };
}

function matrix(w: number, x: number, y: number, z: number): number[] {
	const norm = w * w + x * x + y * y + z * z;
	if (!(norm > 1e-12)) return [1, 0, 0, 0, 1, 0, 0, 0, 1];
	const s = 2 / norm;
	return [
		1 - s * (y * y + z * z),
		s * (x * y - z * w),
		s * (x * z + y * w),
		s * (x * y + z * w),
		1 - s * (x * x + z * z),
		s * (y * z - x * w),
		s * (x * z - y * w),
		s * (y * z + x * w),
		1 - s * (x * x + y * y),
	];
}

function whole(text: string | undefined, name: string): number {
	const value = Number(text);
	return text !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : broken(name);
}

function broken(name: string): never {
	return refuse(
		'structure-invalid',
		`${name} describes its points in a way we cannot follow — export it again as E57 or LAS`,
	);
}
