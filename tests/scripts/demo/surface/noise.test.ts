import { expect, test } from 'vitest';
import { fractal, noise, pits, seeded, step } from '../../../../scripts/demo/surface/noise.ts';

test('a seed gives its own stream, the same each time', () => {
	const draw = (seed: number) => {
		const next = seeded(seed);
		return [next(), next(), next()];
	};
	expect(draw(7)).toEqual(draw(7));
	expect(draw(7)).not.toEqual(draw(8));
	expect(draw(7).every((x) => x >= 0 && x < 1)).toBe(true);
});

test('noise is smooth, bounded and not flat', () => {
	const line = Array.from({ length: 400 }, (_, i) => noise(i * 0.05, 1.3, 2.7, 5));
	const steps = line.slice(1).map((x, i) => Math.abs(x - (line[i] ?? 0)));
	expect(Math.max(...steps)).toBeLessThan(0.25);
	expect(Math.max(...line.map(Math.abs))).toBeLessThanOrEqual(1);
	expect(Math.max(...line) - Math.min(...line)).toBeGreaterThan(1);
	expect(fractal([0.1, 0.2, 0.3], 0.05, 4, 1)).toBe(fractal([0.1, 0.2, 0.3], 0.05, 4, 1));
	expect(pits([0.1, 0.2, 0.3], 0.05)).toBeGreaterThanOrEqual(0);
});

test('a step runs from 0 to 1 in either direction', () => {
	expect([step(0, 1, -1), step(0, 1, 0.5), step(0, 1, 2)]).toEqual([0, 0.5, 1]);
	expect([step(1, 0, -1), step(1, 0, 2)]).toEqual([1, 0]);
});
