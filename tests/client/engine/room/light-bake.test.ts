import { describe, expect, it } from 'vitest';
import type { Vector3Tuple } from '#schema/value/geometry';
import { irradianceAt, type LightPlan } from '../../../../client/engine/room/light-bake.ts';

const UP: Vector3Tuple = [0, 1, 0];

const aPlan = (changes: Partial<LightPlan> = {}): LightPlan => ({
	sizeM: [10, 4, 8],
	ambient: [0.2, 0.2, 0.2],
	lamps: [{ positionM: [0, 3, 0], targetM: [0, 0, 0], halfAngleRad: 0.5, power: [1, 0.8, 0.6] }],
	blocks: [],
	hasCeiling: true,
	...changes,
});

const brightness = (plan: LightPlan, point: Vector3Tuple, normal = UP) =>
	irradianceAt(plan, point, normal)[0];

describe('baked light', () => {
	it('is brightest under the lamp, fades towards the rim of its cone and ends there', () => {
		const dark = aPlan({ ambient: [0, 0, 0] });
		const along = [0, 0.8, 1.3].map((x) => brightness(dark, [x, 0, 0]));
		expect(along[0]).toBeGreaterThan(along[1] ?? 0);
		expect(along[1]).toBeGreaterThan(along[2] ?? 0);
		expect(brightness(dark, [2, 0, 0])).toBe(0);
	});

	it('keeps the colour of the lamp', () => {
		const [red, green, blue] = irradianceAt(aPlan({ ambient: [0, 0, 0] }), [0, 0, 0], UP);
		expect(green / red).toBeCloseTo(0.8);
		expect(blue / red).toBeCloseTo(0.6);
	});

	it('does not reach a surface that faces away', () => {
		expect(brightness(aPlan({ ambient: [0, 0, 0] }), [0, 0, 0], [0, -1, 0])).toBe(0);
	});

	it('darkens corners, and the foot of what stands on the floor', () => {
		const plan = aPlan({ lamps: [] });
		expect(brightness(plan, [4.95, 0, 0])).toBeLessThan(brightness(plan, [3, 0, 0]));
		const withPlinth = aPlan({ lamps: [], blocks: [{ xM: 2, zM: 0, halfWidthM: 0.3 }] });
		expect(brightness(withPlinth, [2.32, 0, 0])).toBeLessThan(
			brightness(withPlinth, [3, 0, 0]) * 0.6,
		);
	});

	it('leaves the top of a wall open under the sky', () => {
		const wall: [Vector3Tuple, Vector3Tuple] = [
			[0, 3.95, -4],
			[0, 0, 1],
		];
		const roofed = brightness(aPlan({ lamps: [] }), ...wall);
		const open = brightness(aPlan({ lamps: [], hasCeiling: false }), ...wall);
		expect(open).toBeGreaterThan(roofed);
	});
});
