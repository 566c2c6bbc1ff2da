import { describe, expect, it } from 'vitest';
import { bounds, earthPoint, vector3 } from '#schema/value/geometry';

describe('geometry', () => {
	it('refuses numbers that are not finite', () => {
		expect(vector3.safeParse([0, Number.NaN, 0]).success).toBe(false);
		expect(vector3.safeParse([0, 0, Number.POSITIVE_INFINITY]).success).toBe(false);
		expect(vector3.safeParse([0, 0]).success).toBe(false);
	});

	it('takes a flat box and refuses one turned inside out', () => {
		expect(bounds.safeParse({ min: [0, 0, 0], max: [1, 0, 1] }).success).toBe(true);
		expect(bounds.safeParse({ min: [0, 0.1, 0], max: [1, 0, 1] }).success).toBe(false);
	});

	it('takes a point on earth only with how far it may be off', () => {
		expect(earthPoint.safeParse({ lat: 39.9, lon: 116.03, accuracyM: 100 }).success).toBe(true);
		expect(earthPoint.safeParse({ lat: 39.9, lon: 116.03 }).success).toBe(false);
		expect(earthPoint.safeParse({ lat: 116.03, lon: 39.9, accuracyM: 100 }).success).toBe(false);
	});
});
