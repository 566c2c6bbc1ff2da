import { type Ray, Triangle, Vector3 } from 'three';
import type { PickSurface } from '../../../../client/engine/pick/pick-surface.ts';

/** What is found by asking every triangle. */
interface Found {
	face: number;
	distanceM: number;
	pointM: Vector3;
	normal: Vector3;
}

const [a, b, c] = [new Vector3(), new Vector3(), new Vector3()];
const [p, q, from] = [new Vector3(), new Vector3(), new Vector3()];

/** Reads a triangle's corners into `a`, `b` and `c`. */
function readCorners({ positions, indices }: PickSurface, face: number): void {
	for (const [k, corner] of [a, b, c].entries()) {
		corner.fromArray(positions, (indices[face * 3 + k] ?? Number.NaN) * 3);
	}
}

/** The unit normal of a triangle, by its winding. */
function normalOf(surface: PickSurface, face: number): Vector3 {
	readCorners(surface, face);
	return b.sub(a).clone().cross(c.sub(a)).normalize();
}

/** Distance along a ray to a triangle, or undefined (Möller and Trumbore 1997). */
function meet(ray: Ray, surface: PickSurface, face: number): number | undefined {
	readCorners(surface, face);
	const [ab, ac] = [b.sub(a), c.sub(a)];
	p.crossVectors(ray.direction, ac);
	const facing = ab.dot(p);
	if (facing === 0 || (facing < 0 && !surface.isDoubleSided)) return undefined;
	const u = from.subVectors(ray.origin, a).dot(p) / facing;
	q.crossVectors(from, ab);
	const v = ray.direction.dot(q) / facing;
	const distance = ac.dot(q) / facing;
	return u < 0 || v < 0 || u + v > 1 || distance < 0 ? undefined : distance;
}

/** The first triangle a ray meets. */
export function firstHit(ray: Ray, surface: PickSurface): Found | undefined {
	let best: { face: number; distanceM: number } | undefined;
	for (let face = 0; face < surface.indices.length / 3; face++) {
		const distanceM = meet(ray, surface, face);
		if (distanceM === undefined || distanceM >= (best?.distanceM ?? Number.POSITIVE_INFINITY))
			continue;
		best = { face, distanceM };
	}
	return (
		best && {
			...best,
			pointM: ray.at(best.distanceM, new Vector3()),
			normal: normalOf(surface, best.face),
		}
	);
}

/** How far a point is from the nearest triangle. */
export function nearestM(point: Vector3, surface: PickSurface): number {
	let best = Number.POSITIVE_INFINITY;
	const near = new Vector3();
	for (let face = 0; face < surface.indices.length / 3; face++) {
		readCorners(surface, face);
		new Triangle(a, b, c).closestPointToPoint(point, near);
		best = Math.min(best, near.distanceTo(point));
	}
	return best;
}
