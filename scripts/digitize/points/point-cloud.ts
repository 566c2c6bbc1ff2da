import type { Finding } from '#schema/asset/digitize-report';
import type { CoordinateSystem } from './coordinate-system.ts';

/** The most points that are taken: about 3 GB of memory on the way. */
export const MAX_POINTS = 100_000_000;

/**
 * Points as a reader hands them over. positions N×3, in the file's own unit and frame; `origin` was
 * subtracted from each in double precision, so that georeferenced coordinates keep their detail.
 * colours N×3, sRGB bytes. normals N×3, -127 to 127. intensity N, in the file's own scale.
 */
export interface PointCloud {
	positions: Float32Array;
	colours: Uint8Array | undefined;
	normals: Int8Array | undefined;
	intensity: Float32Array | undefined;
	origin: [number, number, number];
	/** True when the format fixes Z up and, unless `crs` says otherwise, metres (LAS, LAZ, E57). */
	isMetric: boolean;
	/** Words in the file's own comments that may name a unit. */
	unitHint: string | undefined;
	/** What the file says of its coordinate system; undefined when it says nothing. */
	crs: CoordinateSystem | undefined;
	findings: Finding[];
}

/** How many points a cloud has. */
export function pointCount({ positions }: Pick<PointCloud, 'positions'>): number {
	return positions.length / 3;
}
