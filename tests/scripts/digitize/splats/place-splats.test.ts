import { describe, expect, it } from 'vitest';
import type { UpAxis } from '#schema/asset/asset-manifest';
import { findFloaters } from '../../../../scripts/digitize/splats/find-floaters.ts';
import { coreBounds, placeSplats } from '../../../../scripts/digitize/splats/place-splats.ts';
import { emptySplats, type SplatCloud } from '../../../../scripts/digitize/splats/splat-cloud.ts';

type Place = readonly [number, number, number];

function aCloud(places: Place[], isYUp = false): SplatCloud {
	const cloud = emptySplats(places.length, 0, 'test');
	for (const [i, place] of places.entries()) cloud.positions.set(place, i * 3);
	cloud.rotations.fill(0).forEach((_, k, all) => {
		if (k % 4 === 3) all[k] = 1;
	});
	return { ...cloud, opacities: cloud.opacities.fill(1), isYUp };
}

/** A ball of radius one. */
function aBall(count: number): Place[] {
	return Array.from({ length: count }, (_, i) => {
		const y = 1 - (2 * (i + 0.5)) / count;
		const flat = Math.sqrt(1 - y * y);
		return [flat * Math.cos(i * 2.399963), y, flat * Math.sin(i * 2.399963)];
	});
}

describe('the upward axis of splats', () => {
	/** Of three splats one lies along each axis; says which is on top. */
	function topOf(isYUp: boolean, up?: UpAxis): string {
		const cloud = aCloud(
			[
				[0, 0, 0],
				[0.1, 0, 0],
				[0, 3, 0],
				[0, -2, 0],
				[0, 0, 4],
				[0, 0, -1],
			],
			isYUp,
		);
		const names = ['middle', 'x', '+y', '-y', '+z', '-z'];
		const { positions } = placeSplats(cloud, { unit: 'm', up }, 'test').cloud;
		const heights = names.map((_, i) => positions[i * 3 + 1] ?? 0);
		return names[heights.indexOf(Math.max(...heights))] ?? '';
	}

	it('is the one of the format, unless the curator says otherwise', () => {
		expect(topOf(false)).toBe('-y');
		expect(topOf(true)).toBe('+y');
		for (const isYUp of [false, true]) {
			expect(topOf(isYUp, 'Y')).toBe('+y');
			expect(topOf(isYUp, '-Y')).toBe('-y');
			expect(topOf(isYUp, 'Z')).toBe('+z');
		}
	});

	it('is told as a guess, and as given', () => {
		const place = (up?: UpAxis) => placeSplats(aCloud(aBall(100)), { unit: 'm', up }, 'test');
		expect(place().up).toMatchObject({ value: '-Y', how: 'detected' });
		const codes = place().findings.map(({ code }) => code);
		expect(codes).toEqual(expect.arrayContaining(['splats-turned-upright', 'up-guessed']));
		expect(place('-Y').up).toEqual({ value: '-Y', how: 'given', confidence: 1 });
		expect(place('-Y').findings.map(({ code }) => code)).toEqual(['recentred']);
	});
});

describe('floating splats', () => {
	it('are those in small clusters apart, and none of the piece, of what hangs on it or stands beside it', () => {
		const ball = aBall(20_000);
		const handle = Array.from({ length: 200 }, (_, i): Place => [1 + i / 200, 0, 0]);
		const beside = aBall(2000).map(([x, y, z]): Place => [x * 0.3 + 3, y * 0.3, z * 0.3]);
		const clump = Array.from({ length: 15 }, (_, i): Place => [0, 2.5, i / 1000]);
		const single: Place[] = [
			[0, 0, -2],
			[-3, 1, 0],
			[2, 2, 2],
			[500, -300, 100],
		];
		const places = [...ball, ...handle, ...beside, ...clump, ...single];
		const cloud = aCloud(places);
		const marks = findFloaters(cloud, coreBounds(cloud));
		const floating = places.filter((_, i) => marks[i] === 1);
		expect(floating).toEqual([...clump, ...single]);
	});
});
