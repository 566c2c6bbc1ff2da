import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '#schema/value/geometry';
import { framePiece } from '../../../../client/engine/camera/framing.ts';

/** How far out of the middle the corners reach on the screen: 1 is its rim. */
function reach(bounds: Bounds, aspect: number): number {
	const camera = new PerspectiveCamera(32, aspect);
	const { position, target } = framePiece(bounds, camera);
	camera.position.copy(position);
	camera.lookAt(target);
	camera.updateMatrixWorld();
	const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((corner) =>
		new Vector3(
			(corner & 1 ? bounds.max : bounds.min)[0],
			(corner & 2 ? bounds.max : bounds.min)[1],
			(corner & 4 ? bounds.max : bounds.min)[2],
		).project(camera),
	);
	return Math.max(...corners.flatMap((corner) => [Math.abs(corner.x), Math.abs(corner.y)]));
}

const TALL: Bounds = { min: [-0.2, 0, -0.1], max: [0.2, 2.4, 0.1] };
const WIDE: Bounds = { min: [-1.5, 0, -0.2], max: [1.5, 0.3, 0.2] };
const DUST: Bounds = { min: [3, 3, 3], max: [3, 3, 3] };

describe('framing a piece', () => {
	it.each([
		['a tall piece', TALL],
		['a wide piece', WIDE],
	])('fits %s on a wide screen and on a phone, and fills it', (_, bounds) => {
		for (const aspect of [1.6, 0.46]) {
			expect(reach(bounds, aspect)).toBeLessThanOrEqual(0.9);
			expect(reach(bounds, aspect)).toBeGreaterThan(0.7);
		}
	});

	it('looks at the middle and lets one come close, also to a piece without size', () => {
		const framing = framePiece(TALL, new PerspectiveCamera(32, 1));
		expect(framing.target.toArray()).toEqual([0, 1.2, 0]);
		expect(framing.minDistanceM).toBeLessThan(framing.maxDistanceM);
		const dust = framePiece(DUST, new PerspectiveCamera(32, 1));
		expect(dust.position.distanceTo(dust.target)).toBeGreaterThan(0);
	});
});
