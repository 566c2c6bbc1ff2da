import { Vector3 } from 'three';

/**
 * Where a ray or a hand met a surface. Functions of this folder write into the one they are given, so
 * that a frame allocates none. `normal`: of the triangle itself, unit length, on the side the surface
 * is seen from. `face`: number of the triangle in the proxy's `indices`.
 */
export interface Hit {
	readonly pointM: Vector3;
	readonly normal: Vector3;
	distanceM: number;
	face: number;
}

/** An empty hit to be written into. */
export function makeHit(): Hit {
	return {
		pointM: new Vector3(),
		normal: new Vector3(),
		distanceM: Number.POSITIVE_INFINITY,
		face: -1,
	};
}
