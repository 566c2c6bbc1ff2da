import { expect, test } from 'vitest';
import { ring, sweep } from '../../../../scripts/demo/surface/sweep.ts';
import { openEdges, volumeOf } from './solidity.ts';

test('a ring of wire is closed, faces outward and has the volume of a torus', () => {
	const m = ring(0.1, 0.01, 96, 32);
	expect(openEdges(m)).toBe(0);
	expect(volumeOf(m) / (2 * Math.PI ** 2 * 0.1 * 0.01 ** 2)).toBeCloseTo(1, 1);
});

test('an open tube is capped', () => {
	const path = [
		[0, 0, 0],
		[0.1, 0.02, 0],
		[0.2, 0.1, 0.05],
	] as const;
	const m = sweep(path, { radiusM: 0.01, sides: 12 });
	expect(openEdges(m)).toBe(0);
	expect(volumeOf(m)).toBeGreaterThan(0);
});

test('a flattened tube is thinner across its second axis', () => {
	const path = [
		[0, 0, 0],
		[1, 0, 0],
	] as const;
	const { positions } = sweep(path, { radiusM: 0.1, sides: 16, flatten: 0.5, up: [0, 1, 0] });
	const most = (axis: number) =>
		Math.max(...[...positions].filter((_, i) => i % 3 === axis).map(Math.abs));
	expect(most(1)).toBeCloseTo(0.1, 5);
	expect(most(2)).toBeCloseTo(0.05, 5);
});
