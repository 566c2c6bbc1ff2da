import { Group, OrthographicCamera, PerspectiveCamera, Ray, Vector2, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { makeHit } from '../../../../client/engine/pick/hit.ts';
import { closestAt, pickAt, rayFromCamera } from '../../../../client/engine/pick/pick-at.ts';
import { firstHit } from './brute-force.ts';
import { aBallProxy, raysAt } from './pieces.ts';

const proxy = aBallProxy(2_000);

/** A piece on its stand: turned, moved and scaled, below another that is. */
function aStand(): Group {
	const room = new Group();
	room.position.set(-2, 0.5, 1);
	room.rotation.set(0.2, 1.1, -0.4);
	const stand = new Group();
	stand.position.set(1, 2, 3);
	stand.rotation.set(-0.7, 0.3, 2);
	stand.scale.setScalar(0.25);
	room.add(stand);
	return stand;
}

describe('a ray of the world at a piece that stands somewhere', () => {
	it('meets the surface where the piece stands, measured in the world', () => {
		const stand = aStand();
		stand.updateWorldMatrix(true, false);
		let hits = 0;
		for (const ray of raysAt(proxy.tree, 200, 3)) {
			const truth = firstHit(ray, proxy.tree);
			const inWorld = ray.clone().applyMatrix4(stand.matrixWorld);
			const found = pickAt(stand, proxy, inWorld, makeHit());
			expect(found === undefined).toBe(truth === undefined);
			if (found === undefined || truth === undefined) continue;
			hits += 1;
			const pointM = truth.pointM.clone().applyMatrix4(stand.matrixWorld);
			const normal = truth.normal.clone().transformDirection(stand.matrixWorld);
			expect(found.pointM.distanceTo(pointM)).toBeLessThan(5e-6);
			expect(found.normal.distanceTo(normal)).toBeLessThan(1e-6);
			expect(found.normal.length()).toBeCloseTo(1);
			expect(found.distanceM).toBeCloseTo(truth.distanceM * 0.25, 5);
		}
		expect(hits).toBeGreaterThan(50);
	});

	it('sees the piece where it was just put, before a frame was drawn', () => {
		const stand = new Group();
		const ray = new Ray(new Vector3(10, 0, 5), new Vector3(0, 0, -1));
		expect(pickAt(stand, proxy, ray, makeHit())).toBeUndefined();
		stand.position.x = 10;
		expect(pickAt(stand, proxy, ray, makeHit())?.pointM.x).toBeCloseTo(10);
	});

	it('makes nothing new, and changes neither ray nor point', () => {
		const stand = aStand();
		const hit = makeHit();
		const middle = stand.getWorldPosition(new Vector3());
		const ray = new Ray(new Vector3(0, 9, 0), middle.sub(new Vector3(0, 9, 0)).normalize());
		const before = ray.clone();
		expect(pickAt(stand, proxy, ray, hit)).toBe(hit);
		expect(ray).toEqual(before);
		const finger = new Vector3(0, 9, 0);
		expect(closestAt(stand, proxy, finger, hit)).toBe(hit);
		expect(finger.toArray()).toEqual([0, 9, 0]);
	});

	it('finds what is nearest to a fingertip, within a reach of the world', () => {
		const stand = aStand();
		const middle = stand.getWorldPosition(new Vector3());
		const finger = middle.clone().add(new Vector3(0, 1, 0));
		const found = closestAt(stand, proxy, finger, makeHit());
		const distanceM = found?.distanceM ?? 0;
		expect(distanceM).toBeGreaterThan(0.7);
		expect(distanceM).toBeLessThan(0.8);
		expect(found?.pointM.distanceTo(finger)).toBeCloseTo(distanceM, 9);
		expect(found?.normal.y).toBeGreaterThan(0.8);
		expect(closestAt(stand, proxy, finger, makeHit(), distanceM - 0.001)).toBeUndefined();
		expect(closestAt(stand, proxy, finger, makeHit(), distanceM + 0.001)).toBeDefined();
	});
});

describe('the ray under a place on the canvas', () => {
	it('starts at the eye and goes through the place', () => {
		const camera = new PerspectiveCamera(60, 2);
		camera.position.set(3, 2, 5);
		camera.lookAt(0, 0, 0);
		const ray = new Ray();
		expect(rayFromCamera(camera, new Vector2(0.3, -0.4), ray)).toBe(ray);
		expect(ray.origin.distanceTo(camera.position)).toBeLessThan(1e-9);
		expect(ray.direction.length()).toBeCloseTo(1);
		const through = ray.at(4, new Vector3()).project(camera);
		expect(through.x).toBeCloseTo(0.3);
		expect(through.y).toBeCloseTo(-0.4);
	});

	it('is parallel to the look of a camera without perspective', () => {
		const camera = new OrthographicCamera(-2, 2, 1, -1, 0.1, 10);
		camera.position.z = 5;
		const ray = rayFromCamera(camera, new Vector2(0.5, 0.5), new Ray());
		expect(ray.direction.distanceTo(new Vector3(0, 0, -1))).toBeLessThan(1e-9);
		expect(ray.origin.x).toBeCloseTo(1);
		expect(ray.origin.y).toBeCloseTo(0.5);
	});
});
