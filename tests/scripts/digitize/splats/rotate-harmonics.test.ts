import { describe, expect, it } from 'vitest';
import { rotateHarmonics } from '../../../../scripts/digitize/splats/rotate-harmonics.ts';
import { emptySplats, type SplatCloud } from '../../../../scripts/digitize/splats/splat-cloud.ts';

const HALF_ABOUT_X = [1, 0, 0, 0, -1, 0, 0, 0, -1];
const QUARTER_ABOUT_X = [1, 0, 0, 0, 0, 1, 0, -1, 0];

function aCloud(): SplatCloud {
	const cloud = emptySplats(1, 3, 'test');
	for (let i = 0; i < cloud.sh.length; i += 1) cloud.sh[i] = Math.sin(i + 1);
	return cloud;
}

describe('view-dependent colours of turned splats', () => {
	it('follow half a turn about X: y and z change sides, x stays', () => {
		const cloud = aCloud();
		const [y = 0, , , z = 0, , , x = 0] = cloud.sh.slice(0, 9);
		rotateHarmonics(cloud, HALF_ABOUT_X);
		expect(cloud.sh[0]).toBeCloseTo(-y, 5);
		expect(cloud.sh[3]).toBeCloseTo(-z, 5);
		expect(cloud.sh[6]).toBeCloseTo(x, 5);
	});

	it('come back after four quarter turns, and two are half a turn', () => {
		const [start, cloud, half] = [aCloud(), aCloud(), aCloud()];
		rotateHarmonics(half, HALF_ABOUT_X);
		rotateHarmonics(cloud, QUARTER_ABOUT_X);
		rotateHarmonics(cloud, QUARTER_ABOUT_X);
		for (const [i, value] of half.sh.entries()) expect(cloud.sh[i]).toBeCloseTo(value, 4);
		rotateHarmonics(cloud, HALF_ABOUT_X);
		for (const [i, value] of start.sh.entries()) expect(cloud.sh[i]).toBeCloseTo(value, 4);
	});
});
