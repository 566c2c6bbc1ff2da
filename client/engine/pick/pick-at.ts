import { type Camera, Matrix4, type Object3D, Ray, Raycaster, type Vector2, Vector3 } from 'three';
import type { Hit } from './hit.ts';
import type { PickProxy } from './pick-proxy.ts';

const toPiece = new Matrix4();
const rayInPiece = new Ray();
const pointInPiece = new Vector3();
const caster = new Raycaster();

/**
 * Where a ray of the world meets a piece whose frame is `object` (turned, moved, scaled evenly), or
 * undefined: point, normal and distance in the world, written into `hit`. Of unit direction are the
 * rays of a page's camera and of a headset's controllers and eyes. Makes no objects.
 */
export function pickAt(
	object: Object3D,
	proxy: PickProxy,
	rayInWorld: Ray,
	hit: Hit,
): Hit | undefined {
	object.updateWorldMatrix(true, false);
	toPiece.copy(object.matrixWorld).invert();
	rayInPiece.copy(rayInWorld).applyMatrix4(toPiece);
	const found = proxy.pick(rayInPiece, hit);
	return found && intoWorld(object, rayInWorld.origin, found);
}

/**
 * The nearest point of a piece's surface to a point of the world (a fingertip), or undefined when
 * none is within `withinM`; the same frames as `pickAt`.
 */
export function closestAt(
	object: Object3D,
	proxy: PickProxy,
	pointInWorld: Vector3,
	hit: Hit,
	withinM = Number.POSITIVE_INFINITY,
): Hit | undefined {
	object.updateWorldMatrix(true, false);
	toPiece.copy(object.matrixWorld).invert();
	pointInPiece.copy(pointInWorld).applyMatrix4(toPiece);
	const found = proxy.closestPointTo(pointInPiece, hit, withinM * toPiece.getMaxScaleOnAxis());
	return found && intoWorld(object, pointInWorld, found);
}

function intoWorld({ matrixWorld }: Object3D, from: Vector3, hit: Hit): Hit {
	hit.pointM.applyMatrix4(matrixWorld);
	hit.normal.transformDirection(matrixWorld);
	hit.distanceM = hit.pointM.distanceTo(from);
	return hit;
}

/** The ray from a page's camera through a place on its canvas, written into `ray`. `at`: −1 to 1, y up. */
export function rayFromCamera(camera: Camera, at: Vector2, ray: Ray): Ray {
	camera.updateWorldMatrix(true, false);
	caster.setFromCamera(at, camera);
	return ray.copy(caster.ray);
}
