import type { Pose } from '../camera/pose.ts';
import { readNumbers, writeNumbers } from './param-numbers.ts';
import type { Tool } from './tool.ts';

/** What the view asks of the engine. */
export interface ViewPort {
	/** Where the camera is, or where the motion under way will bring it. */
	pose(): Pose;
	/** Brings the camera there in its own time. */
	goTo(pose: Pose): void;
	/** The pose nearest to this one that the limits of this screen and piece allow. */
	nearest(pose: Pose): Pose;
}

/** The piece that is looked at: the first look at it, which has its middle as the target, and its size. */
export interface ViewedPiece {
	readonly first: Pose;
	readonly radiusM: number;
}

const DEGREE = Math.PI / 180;
/** Nothing beyond straight up and down is a pitch. */
const MAX_PITCH_DEG = 90;
/** What any screen and piece could want; the framing of this one narrows it further. */
const DISTANCE_SHARES = [0.005, 3] as const;
/** How far off the middle the target of an address may lie, in radii of the piece. */
const MAX_OFFSET = 4;
/** Less than the eye tells apart: angles in radians, all else as a share of the piece or distance. */
const TOLERANCE = 1e-3;

const clamp = (value: number, min: number, max: number): number =>
	Math.min(max, Math.max(min, value));

/** The same direction between −180 (with it) and 180 degrees (without). */
const turn = (deg: number): number => ((((deg + 180) % 360) + 360) % 360) - 180;

/**
 * Looking at a piece: turning, coming closer, going aside, first look. In an address
 * `view=yaw,pitch,distance[,x,y,z]`: degrees to a tenth; the distance as a share of the one that shows
 * the whole piece on this screen, 3 digits; the target as its offset from the piece's middle in radii
 * of the piece, to a thousandth, left out when it is the middle. No metres: a link holds on a screen of
 * another shape, and when a scan is made anew at a corrected scale.
 */
export function createViewTool(port: ViewPort, piece: ViewedPiece): Tool<Pose> {
	const { first, radiusM } = piece;
	const [centreX, centreY, centreZ] = first.targetM;

	const offsetOf = ([x, y, z]: Pose['targetM']) =>
		[(x - centreX) / radiusM, (y - centreY) / radiusM, (z - centreZ) / radiusM] as const;

	function write(pose: Pose): string {
		// Rounded before it is turned, so that 179.98 and −180 read the same.
		const yawDeg = turn(Number((pose.yawRad / DEGREE).toFixed(1)));
		const angles = writeNumbers([yawDeg, pose.pitchRad / DEGREE], 1);
		const distance = String(Number(pose.distanceShare.toPrecision(3)));
		const offset = writeNumbers(offsetOf(pose.targetM), 3);
		return [angles, distance, ...(offset === '0,0,0' ? [] : [offset])].join(',');
	}

	function read(numbers: readonly number[]): Pose {
		const [yawDeg = 0, pitchDeg = 0, share = 1, ...offset] = numbers;
		const [x = 0, y = 0, z = 0] = offset.map((each) => clamp(each, -MAX_OFFSET, MAX_OFFSET));
		return {
			targetM: [centreX + x * radiusM, centreY + y * radiusM, centreZ + z * radiusM],
			yawRad: turn(yawDeg) * DEGREE,
			pitchRad: clamp(pitchDeg, -MAX_PITCH_DEG, MAX_PITCH_DEG) * DEGREE,
			distanceShare: clamp(share, ...DISTANCE_SHARES),
		};
	}

	return {
		name: 'view',
		initial: first,
		apply: (pose) => port.goTo(pose),
		equals(one, other) {
			const aside = offsetOf(one.targetM);
			const isSameTarget = offsetOf(other.targetM).every(
				(each, axis) => Math.abs(each - (aside[axis] ?? 0)) < TOLERANCE,
			);
			const yawDeg = turn((one.yawRad - other.yawRad) / DEGREE);
			return (
				isSameTarget &&
				Math.abs(yawDeg * DEGREE) < TOLERANCE &&
				Math.abs(one.pitchRad - other.pitchRad) < TOLERANCE &&
				Math.abs(one.distanceShare / other.distanceShare - 1) < TOLERANCE
			);
		},
		toParam(pose) {
			const text = write(pose);
			return text === write(first) ? undefined : text;
		},
		fromParam(text) {
			const numbers = readNumbers(text);
			return numbers?.length === 3 || numbers?.length === 6 ? read(numbers) : undefined;
		},
	};
}
