import { expect, it } from 'vitest';
import { median, medianRatio } from '../../../../scripts/bench/viewer/ratios.ts';

it('finds the middle of an odd list, and between the two in the middle of an even one', () => {
	expect(median([9, 1, 5])).toBe(5);
	expect(median([4, 1, 2, 9])).toBe(3);
	expect(median([])).toBeNaN();
});

it('takes the ratio of each round, so that a slow round counts for both', () => {
	// The ratio of the medians would be 2 / 10.
	expect(medianRatio([1, 2, 30], [10, 4, 60])).toBe(0.5);
});

it('leaves out rounds in which both had nothing', () => {
	expect(medianRatio([0, 3, 6], [0, 6, 6])).toBe(0.75);
	expect(medianRatio([0], [0])).toBeNaN();
});
