import { expect, test } from 'vitest';
import {
	bracketSet,
	cornerSet,
	SET_HEIGHT_M,
	SET_REACH_M,
} from '../../../../scripts/demo/surface/dougong.ts';
import { vec3At } from '../../../../scripts/demo/surface/mesh.ts';
import { openEdges, volumeOf } from './solidity.ts';

const set = bracketSet([0, 0.4, 0.3], [0.1, 0.2, 0.5]);

test('a bracket set is made of closed timbers', () => {
	expect(openEdges(set)).toBe(0);
	expect(volumeOf(set)).toBeGreaterThan(0);
});

test('a bracket set stands on its column line and reaches out past its purlin', () => {
	const points = Array.from({ length: set.positions.length / 3 }, (_, i) =>
		vec3At(set.positions, i),
	);
	const heights = points.map(([, y]) => y);
	expect(Math.min(...heights)).toBeCloseTo(0, 6);
	expect(Math.max(...heights)).toBeLessThanOrEqual(SET_HEIGHT_M);
	expect(Math.max(...points.map(([, , z]) => z))).toBeGreaterThan(SET_REACH_M);
});

test('a corner set reaches along both walls and furthest along the hip', () => {
	const corner = cornerSet([0, 0.4, 0.3], [0.1, 0.2, 0.5]);
	let [x, z, hip] = [0, 0, 0];
	for (let i = 0; i < corner.positions.length / 3; i++) {
		const p = vec3At(corner.positions, i);
		x = Math.max(x, p[0]);
		z = Math.max(z, p[2]);
		hip = Math.max(hip, (p[0] + p[2]) / Math.SQRT2);
	}
	expect(x).toBeCloseTo(z, 3);
	expect(hip).toBeGreaterThan(x * 1.2);
});
