import { MathUtils, Spherical, Vector3 } from 'three';
import type { Viewpoint } from './camera-motion.ts';
import type { Framing } from './framing.ts';

/**
 * Where a piece is looked at from, in terms that hold on every screen. Yaw turns about +Y from +Z
 * towards +X, pitch rises from the floor. The distance is a share of the one at which the whole piece
 * fits this screen (`framePiece`): in metres, what fills a wide screen would be cut off on a phone
 * held upright, while the same share shows the same part of the piece on both.
 */
export interface Pose {
	/** The point looked at, metres in the piece's frame. */
	readonly targetM: readonly [x: number, y: number, z: number];
	readonly yawRad: number;
	readonly pitchRad: number;
	readonly distanceShare: number;
}

/** As far up or down as one can look from; at the poles left and right lose their meaning. */
const MAX_PITCH_RAD = Math.PI / 2 - 0.06;

function framingDistanceM(framing: Framing): number {
	return framing.position.distanceTo(framing.target);
}

/** The pose of a viewpoint on the screen `framing` was made for, brought within its limits. */
export function poseOf(viewpoint: Viewpoint, framing: Framing): Pose {
	const offset = new Vector3().subVectors(viewpoint.position, viewpoint.target);
	const { radius, phi, theta } = new Spherical().setFromVector3(offset);
	const distanceM = MathUtils.clamp(radius, framing.minDistanceM, framing.maxDistanceM);
	const { x, y, z } = viewpoint.target;
	return {
		targetM: [x, y, z],
		yawRad: theta,
		pitchRad: MathUtils.clamp(Math.PI / 2 - phi, -MAX_PITCH_RAD, MAX_PITCH_RAD),
		distanceShare: distanceM / framingDistanceM(framing),
	};
}

/** Where the camera of a pose stands on the screen `framing` was made for, within its limits. */
export function viewpointOf(pose: Pose, framing: Framing): Viewpoint {
	const distanceM = MathUtils.clamp(
		pose.distanceShare * framingDistanceM(framing),
		framing.minDistanceM,
		framing.maxDistanceM,
	);
	const pitchRad = MathUtils.clamp(pose.pitchRad, -MAX_PITCH_RAD, MAX_PITCH_RAD);
	const target = new Vector3(...pose.targetM);
	const around = new Spherical(distanceM, Math.PI / 2 - pitchRad, pose.yawRad);
	return { target, position: new Vector3().setFromSpherical(around).add(target) };
}
