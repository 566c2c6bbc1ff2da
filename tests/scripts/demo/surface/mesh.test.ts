import { expect, test } from 'vitest';
import { displace, merge, place, tint, vec3At } from '../../../../scripts/demo/surface/mesh.ts';
import { pose } from '../../../../scripts/demo/surface/pose.ts';
import { block } from '../../../../scripts/demo/surface/solid.ts';
import { volumeOf } from './solidity.ts';

const cube = () => block([1, 1, 1], 0.05, 0.25);

test('a mirrored copy still faces outward', () => {
	const mirrored = place(cube(), pose({ scale: [-1, 1, 1] }));
	expect(volumeOf(mirrored)).toBeCloseTo(volumeOf(cube()), 6);
	const outward = [...Array(mirrored.positions.length / 3).keys()].every((i) => {
		const [p, n] = [vec3At(mirrored.positions, i), vec3At(mirrored.normals, i)];
		return p[0] * n[0] + p[1] * n[1] + p[2] * n[2] > 0;
	});
	expect(outward).toBe(true);
});

test('merging keeps every triangle and its colour', () => {
	const both = merge([tint(cube(), [1, 0, 0]), tint(cube(), [0, 1, 0])]);
	expect(both.indices.length).toBe(2 * cube().indices.length);
	expect(vec3At(both.colors, 0)).toEqual([1, 0, 0]);
	expect(vec3At(both.colors, both.indices.at(-1) ?? 0)).toEqual([0, 1, 0]);
});

test('displacing outward grows a body without tearing its seams', () => {
	const grown = displace(cube(), () => 0.1);
	expect(volumeOf(grown)).toBeGreaterThan(volumeOf(cube()) * 1.5);
	expect(volumeOf(grown)).toBeLessThan(1.2 ** 3);
});
