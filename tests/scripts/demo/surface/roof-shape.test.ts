import { expect, test } from 'vitest';
import { EAVES, reachAt, rise, roofPoint } from '../../../../scripts/demo/surface/roof-shape.ts';

test('two slopes meet in one line at the hip', () => {
	for (const d of [0, 0.03, 0.07, 0.1]) {
		const front = roofPoint('front', EAVES.halfX - d, d);
		const right = roofPoint('right', -(EAVES.halfZ - d), d);
		for (const k of [0, 1, 2] as const) expect(front[k]).toBeCloseTo(right[k], 6);
	}
});

test('the eave turns up and out at its corners', () => {
	const [middle, corner] = [roofPoint('front', 0, 0), roofPoint('front', EAVES.halfX, 0)];
	expect(corner[1]).toBeGreaterThan(middle[1] + 0.02);
	expect(corner[2]).toBeGreaterThan(middle[2] + 0.01);
});

test('the roof steepens toward its ridge', () => {
	expect(rise(0.2) - rise(0.19)).toBeGreaterThan((rise(0.02) - rise(0.01)) * 1.5);
});

test('a slope reaches no further than its hip, its gable or the ridge', () => {
	expect(reachAt('front', 0)).toBe(EAVES.halfZ);
	expect(reachAt('front', EAVES.halfX - 0.05)).toBeCloseTo(0.05, 9);
	expect(reachAt('right', 0)).toBeLessThan(EAVES.halfZ);
});
