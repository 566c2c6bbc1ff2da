import { Box3, Group, type Intersection, Mesh, Raycaster, Sphere, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { makeHit } from '../../../../client/engine/pick/hit.ts';
import { closestAt, pickAt } from '../../../../client/engine/pick/pick-at.ts';
import { makePickTarget } from '../../../../client/engine/pick/pick-target.ts';
import { aBallProxy } from './pieces.ts';

const proxy = aBallProxy(2_000);
const bounds = new Box3().setFromArray(proxy.tree.positions);

/** A target on a stand ten metres to the right, half as large. */
function aTarget() {
	const target = makePickTarget(bounds);
	const stand = new Group();
	stand.position.x = 10;
	stand.scale.setScalar(0.5);
	stand.add(target.mesh);
	stand.updateWorldMatrix(true, true);
	return { ...target, stand };
}

/** A ray at the stand from the front, a little beside the middle. */
const caster = (x = 10.1, y = 0.2) => new Raycaster(new Vector3(x, y, 5), new Vector3(0, 0, -1));

function sphereAt(target: ReturnType<typeof aTarget>, sphere: Sphere): Intersection[] {
	const found: Intersection[] = [];
	target.mesh.spherecast(sphere, found);
	return found;
}

describe('what pointers meet of a piece', () => {
	it('is its box until the surface is there', () => {
		const { mesh } = aTarget();
		const [met] = caster().intersectObject(mesh);
		expect(met?.point.z).toBeCloseTo(bounds.max.z * 0.5);
		expect(met?.object).toBe(mesh);
	});

	it('is the surface once it was admitted, where the piece stands', () => {
		const { mesh, admit, stand } = aTarget();
		admit(proxy);
		const ray = caster();
		const [met, ...others] = ray.intersectObject(mesh);
		const truth = pickAt(stand, proxy, ray.ray, makeHit());
		expect(others).toEqual([]);
		expect(met?.point).toEqual(truth?.pointM);
		expect(met?.distance).toBe(truth?.distanceM);
		expect(met?.faceIndex).toBe(truth?.face);
		expect(met?.normal?.distanceTo(truth?.normal ?? new Vector3())).toBeLessThan(1e-9);
		expect(met?.face?.normal).toEqual(met?.normal);
	});

	it('is nothing in a corner of the box where there is no surface', () => {
		const { mesh, admit } = aTarget();
		const corner = caster(10 + bounds.max.x * 0.48, bounds.max.y * 0.48);
		expect(corner.intersectObject(mesh)).toHaveLength(1);
		admit(proxy);
		expect(corner.intersectObject(mesh)).toEqual([]);
	});

	it('gives the normal in the frame of the piece, as three does', () => {
		const { mesh, admit, stand } = aTarget();
		admit(proxy);
		const straight = caster().intersectObject(mesh)[0]?.normal ?? new Vector3();
		stand.rotation.z = Math.PI / 2;
		const turned = caster(9.8, 0.1).intersectObject(mesh)[0]?.normal;
		expect(turned?.distanceTo(straight)).toBeLessThan(1e-6);
	});

	it('is not what lies nearer or further than the pointer reaches', () => {
		const { mesh, admit } = aTarget();
		admit(proxy);
		const [met] = caster().intersectObject(mesh);
		const far = caster();
		far.far = (met?.distance ?? 0) - 0.01;
		expect(far.intersectObject(mesh)).toEqual([]);
		const near = caster();
		near.near = (met?.distance ?? 0) + 0.01;
		expect(near.intersectObject(mesh)).toEqual([]);
	});

	it('is the same of a twin that takes over its way of being met', () => {
		const { mesh, admit, stand } = aTarget();
		const twin = new Mesh(mesh.geometry, mesh.material);
		twin.raycast = mesh.raycast;
		stand.add(twin);
		stand.updateWorldMatrix(true, true);
		expect(caster().intersectObject(twin)[0]?.point.z).toBeCloseTo(bounds.max.z * 0.5);
		admit(proxy);
		const [met] = caster().intersectObject(twin);
		expect(met?.object).toBe(twin);
		expect(met?.point).toEqual(caster().intersectObject(mesh)[0]?.point);
	});

	it('is its box for a hand until the surface is there', () => {
		const target = aTarget();
		const corner = new Vector3(10, 0, 0).addScaledVector(bounds.max, 0.5);
		expect(sphereAt(target, new Sphere(corner.clone().addScalar(0.03), 0.07))).toHaveLength(1);
		expect(sphereAt(target, new Sphere(corner.clone().addScalar(0.05), 0.07))).toEqual([]);
		const [inside] = sphereAt(target, new Sphere(new Vector3(10, 0.1, 0), 0.07));
		expect(inside?.distance).toBe(0);
		expect(inside?.normal?.toArray()).toEqual([0, 1, 0]);
	});

	it('is the surface for a hand once it was admitted, and all of what is closed', () => {
		const target = aTarget();
		target.admit(proxy);
		const corner = new Vector3(10, 0, 0).addScaledVector(bounds.max, 0.5);
		expect(sphereAt(target, new Sphere(corner, 0.07))).toEqual([]);
		const above = new Vector3(10, bounds.max.y * 0.5 + 0.02, 0);
		const [touched] = sphereAt(target, new Sphere(above, 0.07));
		const truth = closestAt(target.mesh, proxy, above, makeHit());
		expect(touched?.distance).toBe(truth?.distanceM);
		expect(touched?.point).toEqual(truth?.pointM);
		expect(touched?.object).toBe(target.mesh);
		expect(touched?.normal?.y).toBeGreaterThan(0.8);
		expect(sphereAt(target, new Sphere(above, 0.01))).toEqual([]);
		const [held] = sphereAt(target, new Sphere(new Vector3(10, 0, 0), 0.07));
		expect(held?.distance).toBe(0);
	});

	it('is drawn never, and disposed once', () => {
		const { mesh, dispose } = aTarget();
		expect(mesh.material.visible).toBe(false);
		const gone: string[] = [];
		mesh.geometry.addEventListener('dispose', () => gone.push('geometry'));
		mesh.material.addEventListener('dispose', () => gone.push('material'));
		dispose();
		expect(gone.sort()).toEqual(['geometry', 'material']);
		expect(mesh.parent).toBeNull();
	});
});
