import {
	type Box3,
	BoxGeometry,
	type Intersection,
	Mesh,
	MeshBasicMaterial,
	type Object3D,
	type Raycaster,
	type Sphere,
	Vector3,
} from 'three';
import { type Hit, makeHit } from './hit.ts';
import { closestAt, pickAt } from './pick-at.ts';
import type { PickProxy } from './pick-proxy.ts';

/** What pointers meet: rays by three's own way, and a hand's sphere by that of @pmndrs/pointer-events. */
export interface PickMesh extends Mesh<BoxGeometry, MeshBasicMaterial> {
	spherecast(sphere: Sphere, intersects: Intersection[]): void;
}

/**
 * An invisible mesh in a piece's own frame, for events of react-three-fiber and @pmndrs/pointer-events.
 * Pointers meet the piece's box until `admit` gives it the real surface. A twin of the mesh, in a scene
 * of React, takes over `geometry`, `material`, `raycast` and `spherecast`. Whoever made it disposes it.
 */
export interface PickTarget {
	readonly mesh: PickMesh;
	admit(proxy: PickProxy): void;
	dispose(): void;
}

/** Makes the target of a piece with these bounds, metres, in the piece's own frame. */
export function makePickTarget(bounds: Box3): PickTarget {
	let proxy: PickProxy | undefined;
	const size = bounds.getSize(new Vector3());
	const geometry = new BoxGeometry(size.x, size.y, size.z);
	geometry.translate(...bounds.getCenter(new Vector3()).toArray());
	// Of the box, not of the surface: whoever asks for it would be misled.
	geometry.deleteAttribute('uv');
	const material = new MeshBasicMaterial();
	material.visible = false;
	const mesh = Object.assign(new Mesh(geometry, material), {
		raycast(this: Mesh, raycaster: Raycaster, intersects: Intersection[]): void {
			if (proxy === undefined) Mesh.prototype.raycast.call(this, raycaster, intersects);
			else castRay(this, proxy, raycaster, intersects);
		},
		spherecast(this: Mesh, sphere: Sphere, intersects: Intersection[]): void {
			castSphere(this, proxy, bounds, sphere, intersects);
		},
	});
	return {
		mesh,
		admit(ready) {
			proxy = ready;
		},
		dispose() {
			proxy = undefined;
			mesh.removeFromParent();
			geometry.dispose();
			material.dispose();
		},
	};
}

const hit = makeHit();
const centre = new Vector3();

function castRay(
	object: Object3D,
	proxy: PickProxy,
	{ ray, near, far }: Raycaster,
	intersects: Intersection[],
): void {
	const found = pickAt(object, proxy, ray, hit);
	if (found === undefined || found.distanceM < near || found.distanceM > far) return;
	intersects.push(intersectionOf(object, found, found.distanceM));
}

/** A hand inside a closed piece holds it, however far its surface is: there the nearest face looks away. */
function castSphere(
	object: Object3D,
	proxy: PickProxy | undefined,
	bounds: Box3,
	sphere: Sphere,
	intersects: Intersection[],
): void {
	object.updateWorldMatrix(true, false);
	object.worldToLocal(centre.copy(sphere.center));
	if (proxy === undefined) {
		castSphereAtBox(object, bounds, sphere, intersects);
		return;
	}
	const withinM = bounds.containsPoint(centre) ? Number.POSITIVE_INFINITY : sphere.radius;
	const found = closestAt(object, proxy, sphere.center, hit, withinM);
	if (found === undefined) return;
	const isInside = centre.subVectors(sphere.center, found.pointM).dot(found.normal) < 0;
	if (!isInside && found.distanceM > sphere.radius) return;
	intersects.push(intersectionOf(object, found, isInside ? 0 : found.distanceM));
}

/** `centre` is the sphere's, in the frame of the box. */
function castSphereAtBox(
	object: Object3D,
	bounds: Box3,
	sphere: Sphere,
	intersects: Intersection[],
): void {
	bounds.clampPoint(centre, hit.pointM);
	hit.normal.subVectors(centre, hit.pointM);
	if (hit.normal.lengthSq() === 0) bounds.getCenter(hit.normal).subVectors(centre, hit.normal);
	hit.normal.normalize().transformDirection(object.matrixWorld);
	object.localToWorld(hit.pointM);
	hit.distanceM = hit.pointM.distanceTo(sphere.center);
	hit.face = 0;
	if (hit.distanceM > sphere.radius) return;
	intersects.push(intersectionOf(object, hit, hit.distanceM));
}

/** As three reports a hit: the point in the world, the normal in the frame of the object. */
function intersectionOf(object: Object3D, found: Hit, distance: number): Intersection {
	const toLocal = object.matrixWorld.clone().invert();
	const normal = found.normal.clone().transformDirection(toLocal);
	return {
		distance,
		point: found.pointM.clone(),
		object,
		normal,
		faceIndex: found.face,
		face: { a: 0, b: 0, c: 0, normal, materialIndex: 0 },
	};
}
