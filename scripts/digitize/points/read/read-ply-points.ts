import type { PlyProperty } from '../../read/ply-header.ts';
import { refuse } from '../../refusal-error.ts';
import type { PointCloud } from '../point-cloud.ts';
import { PointCollector } from '../point-collector.ts';
import type { RangeReader } from '../range-reader.ts';
import { openPlyTable } from './ply-table.ts';

/** Names of what a point has, in small letters. */
const NAMES = {
	red: ['red', 'diffuse_red', 'r'],
	green: ['green', 'diffuse_green', 'g'],
	blue: ['blue', 'diffuse_blue', 'b'],
	intensity: ['intensity', 'scalar_intensity', 'reflectance', 'scalar_reflectance'],
} as const;

/**
 * Reads the points of a PLY: ASCII or binary of either byte order, every scalar type; colours, normals
 * and intensity where there are some (colours as fractions may go to 1 or to 255). Faces are left aside. Memory: the points and 8 MB.
 */
export function readPlyPoints(file: RangeReader): PointCloud {
	const { header, element, rows } = openPlyTable(file);
	const find = (...names: readonly string[]): PlyProperty | undefined =>
		element.properties.find(({ name }) => names.includes(name.toLowerCase()));
	const axes = ['x', 'y', 'z'].map((axis) => find(axis)?.name);
	if (axes.includes(undefined)) {
		return refuse('points-empty', `${file.name} has no points with x, y and z — export it again`);
	}
	const [red, green, blue] = [find(...NAMES.red), find(...NAMES.green), find(...NAMES.blue)];
	const intensity = find(...NAMES.intensity);
	const hasColours = red !== undefined && green !== undefined && blue !== undefined;
	const normals = ['nx', 'ny', 'nz'].map((axis) => find(axis)?.name);
	const hasNormals = !normals.includes(undefined);
	const traits = { hasColours, hasNormals, hasIntensity: intensity !== undefined };
	const points = new PointCollector(element.count, traits, file.name);
	const colours = [red, green, blue].map((p) => p?.name);
	const names = [...axes, ...normals, ...colours, intensity?.name].map((name) => name ?? '-');
	const isFraction = red?.type === 'float' || red?.type === 'double';
	const scale = red?.type === 'ushort' || red?.type === 'short' ? 1 : WORD_PER_BYTE;
	rows(names, (row) => {
		points.nx = row[3] ?? 0;
		points.ny = row[4] ?? 0;
		points.nz = row[5] ?? 0;
		points.red = clamp((row[6] ?? 0) * scale);
		points.green = clamp((row[7] ?? 0) * scale);
		points.blue = clamp((row[8] ?? 0) * scale);
		points.intensity = row[9] ?? 0;
		points.add(row[0] ?? 0, row[1] ?? 0, row[2] ?? 0);
	});
	const cloud = points.finish(file.name, isFraction ? 'bytes-or-shares' : 'words');
	return { ...cloud, unitHint: header.comments.join('\n') };
}

/** What makes a 16-bit colour of a byte. */
const WORD_PER_BYTE = 257;

/** 0 to 65535; 0 for what is no number. */
function clamp(value: number): number {
	return Math.min(Math.max(value || 0, 0), 65_535);
}
