import type { UpAxis } from '#schema/asset/asset-manifest';
import type { Finding, MeshReport } from '#schema/asset/digitize-report';
import type { Bounds } from '#schema/value/geometry';
import { guardSize } from '../mesh/guard-size.ts';
import { boundsOf } from '../mesh/inspect.ts';
import type { DigitizeOptions } from '../options.ts';
import { frameFindings } from '../report/findings-of.ts';
import { colourPoints } from './colour-points.ts';
import type { PointCloud } from './point-cloud.ts';
import { pointUnits } from './point-units.ts';

const EMPTY = { code: 'points-empty', elements: 'points' } as const;

/** A cloud in the frame of an exhibit: metres, +Y up, resting on y = 0 with its middle over the origin. */
export interface PlacedPoints {
	/** N×3. */
	positions: Float32Array;
	/** N×3, sRGB bytes. */
	colours: Uint8Array;
	bounds: Bounds;
	unit: MeshReport['unit'];
	up: MeshReport['up'];
	findings: Finding[];
}

/** How near the lowest point a floor lies, as a share of the height, and the share of points in it. */
const FLOOR_SHARE = 0.02;
const FLOOR_POINTS = 0.05;
const CLEARLY = 2;

/**
 * Brings a cloud into the frame of an exhibit and gives it colours where it has none. The cloud's own
 * arrays are reused and changed. Refuses a cloud without extent (`points-empty`) or of impossible size.
 */
export function placePoints(
	cloud: PointCloud,
	options: Pick<DigitizeOptions, 'unit' | 'up'>,
	name: string,
): PlacedPoints {
	const { positions } = cloud;
	const box = boundsOf(positions);
	const {
		unit,
		groundM,
		heightM,
		findings: converted,
	} = pointUnits(cloud, box, options.unit, name);
	const up = detectPointsUp(cloud, box, options.up);
	const scale = [groundM, heightM, groundM] as const;
	const { origin, bounds } = standOnFloor(positions, box, scale, up.value);
	const sizeM = Math.max(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0)));
	const findings = [
		...cloud.findings,
		...converted,
		...frameFindings(unit, up),
		...guardSize(sizeM, name, EMPTY),
	];
	const [x, y, z] = origin.map((v, k) => v + (cloud.origin[k] ?? 0));
	const values = { x: x ?? 0, y: y ?? 0, z: z ?? 0 };
	findings.push({ code: 'recentred', level: 'info', values });
	const { colours, findings: painted } = colourPoints(cloud);
	return {
		positions,
		colours,
		bounds,
		unit,
		up,
		findings: [...findings, ...painted],
	};
}

/**
 * The upward axis of a cloud: what the curator says, else what the format fixes (surveying: Z), else
 * the axis under which many points lie in one thin floor, else Z, which point clouds mostly have.
 */
function detectPointsUp(
	{ positions, isMetric }: Pick<PointCloud, 'positions' | 'isMetric'>,
	{ min, max }: Bounds,
	given: UpAxis | undefined,
): MeshReport['up'] {
	if (given !== undefined) return { value: given, how: 'given', confidence: 1 };
	if (isMetric) return { value: 'Z', how: 'format', confidence: 1 };
	const inFloor = (axis: 1 | 2): number => {
		const limit = min[axis] + (max[axis] - min[axis]) * FLOOR_SHARE;
		let points = 0;
		for (let i = axis; i < positions.length; i += 3) if ((positions[i] ?? 0) <= limit) points += 1;
		return (points * 3) / positions.length;
	};
	const [y, z] = [inFloor(1), inFloor(2)];
	if (y > FLOOR_POINTS && y > z * CLEARLY) return { value: 'Y', how: 'detected', confidence: 0.7 };
	if (z > FLOOR_POINTS && z > y * CLEARLY) return { value: 'Z', how: 'detected', confidence: 0.7 };
	return { value: 'Z', how: 'detected', confidence: 0.4 };
}

/**
 * Turns, scales (metres in a unit along the new x, y and z) and moves in place; gives where the new origin lies in the file's frame and unit, and
 * the new box. Every step keeps the order of numbers, so that the box's corners go the points' way.
 */
function standOnFloor(
	positions: Float32Array,
	{ min, max }: Bounds,
	[sx, sy, sz]: readonly [number, number, number],
	up: UpAxis,
): { origin: [number, number, number]; bounds: Bounds } {
	const corners = [turned(min, up), turned(max, up)];
	const side = (k: 0 | 1 | 2) => corners.map((corner) => corner[k]).sort((a, b) => a - b);
	const [[x0 = 0, x1 = 0], [y0 = 0, y1 = 0], [z0 = 0, z1 = 0]] = [side(0), side(1), side(2)];
	const [cx, cy, cz] = [(x0 + x1) / 2, y0, (z0 + z1) / 2];
	const isZUp = up === 'Z';
	const sign = up === 'Y' ? 1 : -1;
	for (let i = 0; i < positions.length; i += 3) {
		const y = positions[i + 1] ?? 0;
		const z = positions[i + 2] ?? 0;
		positions[i] = ((positions[i] ?? 0) - cx) * sx;
		positions[i + 1] = ((isZUp ? z : y * sign) - cy) * sy;
		positions[i + 2] = ((isZUp ? y : z) * sign - cz) * sz;
	}
	const move = (corner: readonly number[]): [number, number, number] => [
		Math.fround(((corner[0] ?? 0) - cx) * sx),
		Math.fround(((corner[1] ?? 0) - cy) * sy),
		Math.fround(((corner[2] ?? 0) - cz) * sz),
	];
	return {
		origin: isZUp ? [cx, -cz, cy] : [cx, cy * sign, cz * sign],
		bounds: { min: move([x0, y0, z0]), max: move([x1, y1, z1]) },
	};
}

/** A place of the file with its upward axis along +Y. */
function turned(
	[x, y, z]: readonly [number, number, number],
	up: UpAxis,
): readonly [number, number, number] {
	if (up === 'Z') return [x, z, -y];
	return up === '-Y' ? [x, -y, -z] : [x, y, z];
}
