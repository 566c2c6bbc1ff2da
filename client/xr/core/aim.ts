import { type Object3D, Ray, Sphere, type Vector3 } from 'three';

/** What a ray may be meant for: its middle in the room, and half its longest line, metres. */
interface AimTarget {
	readonly centreM: Vector3;
	readonly radiusM: number;
}

/** A corner of the enclosing sphere is still floor to point at. */
const MEANT_SHARE = 0.75;

let targets: readonly AimTarget[] = [];
const ray = new Ray();
const sphere = new Sphere();

/** Names the pieces of the room one is in; gives what forgets them again. */
export function offerAim(pieces: readonly AimTarget[]): () => void {
	targets = pieces;
	return () => {
		if (targets === pieces) targets = [];
	};
}

/** Whether the −Z of `space`, a hand's or controller's pointing space, goes through a piece. */
export function isAimedAtPiece(space: Object3D): boolean {
	space.updateWorldMatrix(true, false);
	ray.origin.setFromMatrixPosition(space.matrixWorld);
	ray.direction.set(0, 0, -1).transformDirection(space.matrixWorld);
	return targets.some(({ centreM, radiusM }) =>
		ray.intersectsSphere(sphere.set(centreM, radiusM * MEANT_SHARE)),
	);
}
