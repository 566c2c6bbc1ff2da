import { PerspectiveCamera } from 'three';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '#schema/value/geometry';
import { framePiece } from '../../../../client/engine/camera/framing.ts';
import { poseOf, viewpointOf } from '../../../../client/engine/camera/pose.ts';

const STELE: Bounds = { min: [-0.4, 0, -0.1], max: [0.4, 2.4, 0.1] };
const WIDE = framePiece(STELE, new PerspectiveCamera(32, 1.6));
const PHONE = framePiece(STELE, new PerspectiveCamera(32, 0.3));

describe('a pose', () => {
	it('of the first look is the same on every screen: the whole piece', () => {
		const pose = poseOf(WIDE, WIDE);
		expect(pose.targetM).toEqual([0, 1.2, 0]);
		expect(pose.yawRad).toBeCloseTo(0.42);
		expect(pose.pitchRad).toBeCloseTo(0.2);
		expect(pose.distanceShare).toBeCloseTo(1);
		expect(PHONE.position.distanceTo(WIDE.position)).toBeGreaterThan(0.5);
		expect(viewpointOf(pose, PHONE).position.distanceTo(PHONE.position)).toBeLessThan(1e-9);
	});

	it('leads back to the viewpoint it is of', () => {
		const pose = {
			targetM: [0.2, 2, 0.1],
			yawRad: -2.5,
			pitchRad: -0.9,
			distanceShare: 0.6,
		} as const;
		const back = poseOf(viewpointOf(pose, WIDE), WIDE);
		expect(back.targetM).toEqual(pose.targetM);
		expect(back.yawRad).toBeCloseTo(pose.yawRad, 9);
		expect(back.pitchRad).toBeCloseTo(pose.pitchRad, 9);
		expect(back.distanceShare).toBeCloseTo(pose.distanceShare, 9);
	});

	it.each([0, 1e-9, 1e9])(
		'is never nearer or farther than the piece allows (%f)',
		(distanceShare) => {
			const { target, position } = viewpointOf({ ...poseOf(WIDE, WIDE), distanceShare }, WIDE);
			const distanceM = position.distanceTo(target);
			expect(distanceM).toBeGreaterThanOrEqual(WIDE.minDistanceM * 0.999_999);
			expect(distanceM).toBeLessThanOrEqual(WIDE.maxDistanceM * 1.000_001);
		},
	);

	it.each([9, -9])('keeps off the poles, where the camera would spin (%f)', (pitchRad) => {
		const { target, position } = viewpointOf({ ...poseOf(WIDE, WIDE), pitchRad }, WIDE);
		const side = Math.hypot(position.x - target.x, position.z - target.z);
		expect(side).toBeGreaterThan(0.01);
		expect(Math.sign(position.y - target.y)).toBe(Math.sign(pitchRad));
	});
});
