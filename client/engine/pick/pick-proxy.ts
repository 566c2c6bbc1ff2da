import { type Ray, Vector3 } from 'three';
import type { Hit } from './hit.ts';
import { NearestWalk } from './nearest-walk.ts';
import type { PickTree } from './pick-tree.ts';
import { RayWalk } from './ray-walk.ts';

const edge = new Vector3();
const corner = new Vector3();

/**
 * One piece's surface as rays and hands meet it: a coarse tier with a tree of boxes, in the piece's
 * own frame (metres, +Y up). What is drawn may have millions of triangles and no vertex data left. It
 * asks no renderer, so it answers in a headset as on a page. Nothing to dispose.
 */
export class PickProxy {
	readonly tree: PickTree;
	readonly #rays: RayWalk;
	readonly #nearest: NearestWalk;

	constructor(tree: PickTree) {
		this.tree = tree;
		this.#rays = new RayWalk(tree);
		this.#nearest = new NearestWalk(tree);
	}

	/** Where `ray`, of unit direction, first meets the surface, written into `hit`; undefined when it does not. */
	pick(ray: Ray, hit: Hit): Hit | undefined {
		const face = this.#rays.first(ray);
		if (face < 0) return undefined;
		hit.face = face;
		hit.distanceM = this.#rays.distanceM;
		hit.pointM.copy(this.#rays.pointM);
		this.#normal(face, hit.normal);
		if (this.tree.isDoubleSided && hit.normal.dot(ray.direction) > 0) hit.normal.negate();
		return hit;
	}

	/**
	 * The surface's nearest point to `point`, written into `hit`; undefined when none is within `withinM`.
	 * Of a surface with a back, the normal points away from `point` when that lies inside.
	 */
	closestPointTo(point: Vector3, hit: Hit, withinM = Number.POSITIVE_INFINITY): Hit | undefined {
		const face = this.#nearest.nearest(point, withinM);
		if (face < 0) return undefined;
		hit.face = face;
		hit.pointM.copy(this.#nearest.pointM);
		hit.distanceM = hit.pointM.distanceTo(point);
		this.#normal(face, hit.normal);
		edge.subVectors(point, hit.pointM);
		if (this.tree.isDoubleSided && hit.normal.dot(edge) < 0) hit.normal.negate();
		return hit;
	}

	#normal(face: number, normal: Vector3): void {
		const { positions, indices } = this.tree;
		corner.fromArray(positions, (indices[face * 3] ?? 0) * 3);
		edge.fromArray(positions, (indices[face * 3 + 1] ?? 0) * 3).sub(corner);
		normal.fromArray(positions, (indices[face * 3 + 2] ?? 0) * 3).sub(corner);
		normal.crossVectors(edge, normal).normalize();
	}
}
