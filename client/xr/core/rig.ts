import { type Object3D, Quaternion, Vector3 } from 'three';

const UP = new Vector3(0, 1, 0);

/** Where the head is in the world, and which way it looks about the vertical (0: along −Z). */
export interface Head {
	positionM: Vector3;
	yawRad: number;
}

/** Reads the head from a camera whose world matrix is this frame's. */
export function headOf(camera: Object3D): Head {
	const positionM = new Vector3().setFromMatrixPosition(camera.matrixWorld);
	const ahead = new Vector3(0, 0, -1).transformDirection(camera.matrixWorld);
	return { positionM, yawRad: Math.atan2(-ahead.x, -ahead.z) };
}

/** Moves the rig so that the head stands over a point of the floor, wherever it is in the play area. */
export function standAt(rig: Object3D, head: Head, point: Vector3): void {
	rig.position.x += point.x - head.positionM.x;
	rig.position.z += point.z - head.positionM.z;
}

/** Turns the rig about the head, so that a turn never carries the visitor aside. */
export function turnAbout(rig: Object3D, head: Head, yawRad: number): void {
	const arm = rig.position.clone().sub(head.positionM);
	arm.applyQuaternion(new Quaternion().setFromAxisAngle(UP, yawRad));
	rig.position.x = head.positionM.x + arm.x;
	rig.position.z = head.positionM.z + arm.z;
	rig.rotation.y += yawRad;
}
