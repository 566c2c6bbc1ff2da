import { Group, PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { headOf, standAt, turnAbout } from '../../../../client/xr/core/rig.ts';
import { sizeWords } from '../../../../client/xr/ui/xr-words.ts';

/** A visitor who stands half a metre off the middle of the play area, in a rig that was moved and turned. */
function aVisitor(): {
	rig: Group;
	camera: PerspectiveCamera;
	look: () => ReturnType<typeof headOf>;
} {
	const rig = new Group();
	const camera = new PerspectiveCamera();
	rig.position.set(2, 0, 3);
	rig.rotation.y = 0.7;
	camera.position.set(0.5, 1.6, -0.3);
	rig.add(camera);
	const look = () => {
		rig.updateMatrixWorld(true);
		return headOf(camera);
	};
	return { rig, camera, look };
}

describe('the rig of a headset', () => {
	it('brings the head over the point one teleports to, wherever one stands in the play area', () => {
		const { rig, look } = aVisitor();
		standAt(rig, look(), new Vector3(-1, 0, 0.5));
		const { positionM } = look();
		expect(positionM.x).toBeCloseTo(-1);
		expect(positionM.z).toBeCloseTo(0.5);
		expect(positionM.y).toBeCloseTo(1.6);
	});

	it('turns about the head, which stays where it is', () => {
		const { rig, look } = aVisitor();
		const before = look();
		turnAbout(rig, before, Math.PI / 6);
		const after = look();
		expect(after.positionM.distanceTo(before.positionM)).toBeCloseTo(0);
		expect(after.yawRad - before.yawRad).toBeCloseTo(Math.PI / 6);
	});
});

it('says a length as a visitor would', () => {
	expect([0.384, 1.2, 0.062].map(sizeWords)).toEqual(['38 cm', '1.20 m', '6.2 cm']);
});
