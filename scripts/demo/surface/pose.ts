import { Euler, Matrix4, Quaternion, Vector3 } from 'three';
import type { Vec3 } from './mesh.ts';

interface PoseOptions {
	/** Metres. */
	readonly at?: Vec3;
	/** Radians about x, then y, then z of the parent. */
	readonly turnRad?: Vec3;
	readonly scale?: number | Vec3;
}

/** Where a part goes: scaled, turned, then moved. */
export function pose({ at = [0, 0, 0], turnRad = [0, 0, 0], scale = 1 }: PoseOptions): Matrix4 {
	const factors: Vec3 = typeof scale === 'number' ? [scale, scale, scale] : scale;
	return new Matrix4().compose(
		new Vector3(...at),
		new Quaternion().setFromEuler(new Euler(turnRad[0], turnRad[1], turnRad[2], 'ZYX')),
		new Vector3(...factors),
	);
}
