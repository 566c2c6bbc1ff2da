import { describe, expect, it } from 'vitest';
import { keepInside } from '../../../../client/engine/camera/walk-controls.ts';

const ROOM = { widthM: 8, depthM: 6, obstacles: [{ xM: 1, zM: 0, radiusM: 0.6 }] };

describe('a walker', () => {
	it('stays off the walls', () => {
		expect(keepInside({ xM: 9, zM: -9 }, ROOM)).toEqual({ xM: 3.55, zM: -2.55 });
	});

	it('is put aside of what stands on the floor, on the side it came from', () => {
		const { xM, zM } = keepInside({ xM: 0.7, zM: 0 }, ROOM);
		expect(xM).toBeCloseTo(0.4);
		expect(zM).toBeCloseTo(0);
	});

	it('is put somewhere even from the very middle of a plinth', () => {
		const { xM, zM } = keepInside({ xM: 1, zM: 0 }, ROOM);
		expect(Math.hypot(xM - 1, zM)).toBeCloseTo(0.6);
	});

	it('is left alone on free floor', () => {
		expect(keepInside({ xM: -2, zM: 1 }, ROOM)).toEqual({ xM: -2, zM: 1 });
	});
});
