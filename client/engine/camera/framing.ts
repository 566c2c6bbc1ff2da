import { Box3, type PerspectiveCamera, Sphere, Vector3 } from 'three';
import type { Bounds } from '#schema/value/geometry';

/** Where a camera stands to see a whole piece, and how near and far it may go. Metres. */
export interface Framing {
	target: Vector3;
	position: Vector3;
	minDistanceM: number;
	maxDistanceM: number;
	radiusM: number;
}

/** A visitor's first look: a little from the right, a little from above. */
const FIRST_YAW_RAD = 0.42;
const FIRST_PITCH_RAD = 0.2;
/** Room left around the piece. */
const MARGIN = 1.14;

/** The way from the piece to the eye, of length 1. */
function firstDirection(): Vector3 {
	return new Vector3(
		Math.sin(FIRST_YAW_RAD) * Math.cos(FIRST_PITCH_RAD),
		Math.sin(FIRST_PITCH_RAD),
		Math.cos(FIRST_YAW_RAD) * Math.cos(FIRST_PITCH_RAD),
	);
}

/** How far back along `direction` the eye must stand so that every corner of `box` is in the picture. */
function fittingDistance(
	box: Box3,
	direction: Vector3,
	camera: Pick<PerspectiveCamera, 'fov' | 'aspect'>,
): number {
	const tanVertical = Math.tan((camera.fov * Math.PI) / 360) / MARGIN;
	const tanHorizontal = tanVertical * camera.aspect;
	const right = new Vector3(0, 1, 0).cross(direction).normalize();
	const up = new Vector3().crossVectors(direction, right);
	const centre = box.getCenter(new Vector3());
	let distanceM = 0;
	for (let corner = 0; corner < 8; corner++) {
		const offset = new Vector3(
			corner & 1 ? box.max.x : box.min.x,
			corner & 2 ? box.max.y : box.min.y,
			corner & 4 ? box.max.z : box.min.z,
		).sub(centre);
		const towards = offset.dot(direction);
		const across = Math.abs(offset.dot(right)) / tanHorizontal;
		const along = Math.abs(offset.dot(up)) / tanVertical;
		distanceM = Math.max(distanceM, towards + Math.max(across, along));
	}
	return distanceM;
}

/** Frames `bounds` for the camera's field and aspect. Pure: the camera is read, not moved. */
export function framePiece(
	bounds: Bounds,
	camera: Pick<PerspectiveCamera, 'fov' | 'aspect'>,
): Framing {
	const box = new Box3(new Vector3(...bounds.min), new Vector3(...bounds.max));
	const { center: target, radius } = box.getBoundingSphere(new Sphere());
	const radiusM = Math.max(radius, 1e-4);
	const direction = firstDirection();
	const distanceM = Math.max(fittingDistance(box, direction, camera), radiusM);
	return {
		target,
		position: direction.multiplyScalar(distanceM).add(target),
		minDistanceM: radiusM * 0.25,
		maxDistanceM: distanceM * 2.4,
		radiusM,
	};
}
