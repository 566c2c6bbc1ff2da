import { expect, test } from 'vitest';
import { vec3At } from '../../../../scripts/demo/surface/mesh.ts';
import { bar, block, board, crease } from '../../../../scripts/demo/surface/solid.ts';
import { openEdges, volumeOf } from './solidity.ts';

test('a block is closed and nearly fills its box', () => {
	const m = block([0.4, 0.2, 0.1], 0.01, 0.03);
	expect(openEdges(m)).toBe(0);
	expect(volumeOf(m)).toBeGreaterThan(0.4 * 0.2 * 0.1 * 0.97);
	expect(volumeOf(m)).toBeLessThan(0.4 * 0.2 * 0.1);
});

test('a block keeps its outer size whatever its bevel', () => {
	const { positions } = block([0.4, 0.2, 0.1], 0.3);
	const xs = [...positions].filter((_, i) => i % 3 === 0);
	expect(Math.max(...xs) - Math.min(...xs)).toBeCloseTo(0.4, 5);
});

test('a board cut along a hollow outline is closed and as big as the outline', () => {
	const outline = [
		[0, 0],
		[0.3, 0],
		[0.3, 0.1],
		[0.1, 0.1],
		[0.1, 0.3],
		[0, 0.3],
	] as const;
	const m = board(outline, 0.02, 0.001);
	expect(openEdges(m)).toBe(0);
	expect(volumeOf(m)).toBeCloseTo(0.05 * 0.02, 4);
});

test('a bar is closed, faces outward and has crisp edges', () => {
	const m = bar([0, 0, 0], [0, 1, 0], 0.1, 0.2);
	expect(openEdges(m)).toBe(0);
	expect(volumeOf(m)).toBeCloseTo(0.02, 6);
	expect(m.positions.length / 3).toBe(24);
});

test('creasing splits sharp edges and leaves the surface where it was', () => {
	const m = block([1, 1, 1], 0.1);
	const split = crease(m, 5);
	expect(split.positions.length).toBeGreaterThan(m.positions.length);
	expect(volumeOf(split)).toBeCloseTo(volumeOf(m), 9);
	for (let i = 0; i < split.normals.length / 3; i++) {
		expect(Math.hypot(...vec3At(split.normals, i))).toBeCloseTo(1, 5);
	}
});
