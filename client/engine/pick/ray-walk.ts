import { Ray, Vector3 } from 'three';
import { MAX_DEPTH, PickNodes, type PickTree, WORDS_PER_NODE } from './pick-tree.ts';

const NONE = Number.POSITIVE_INFINITY;

/**
 * Finds the first triangle that a ray meets, nearest boxes first. Makes no objects, where
 * `MeshBVH.raycastFirst` on the same tree makes 1.1 KB a ray: two hands cast 180 a second.
 */
export class RayWalk {
	/** How far from the ray's origin the last triangle was met, and where. */
	distanceM = NONE;
	readonly pointM = new Vector3();
	readonly #tree: PickTree;
	readonly #nodes: PickNodes;
	readonly #waiting = new Uint32Array(MAX_DEPTH + 2);
	/** Where the ray enters each waiting node. */
	readonly #entries = new Float64Array(MAX_DEPTH + 2);
	readonly #from = new Float64Array(3);
	/** One over each part of the direction, infinite across an axis. */
	readonly #inverse = new Float64Array(3);
	readonly #ray = new Ray();
	readonly #corners = [new Vector3(), new Vector3(), new Vector3()] as const;
	readonly #meeting = new Vector3();
	#depth = 0;

	constructor(tree: PickTree) {
		this.#tree = tree;
		this.#nodes = new PickNodes(tree.nodes);
	}

	/** The number of the triangle that a ray of unit direction meets first, or −1; where is then in `distanceM` and `pointM`. */
	first(ray: Ray): number {
		const { origin, direction } = this.#ray.copy(ray);
		origin.toArray(this.#from);
		this.#inverse[0] = 1 / direction.x;
		this.#inverse[1] = 1 / direction.y;
		this.#inverse[2] = 1 / direction.z;
		this.distanceM = NONE;
		this.#depth = 0;
		this.#wait(0);
		let face = -1;
		while (this.#depth > 0) {
			this.#depth -= 1;
			const node = this.#waiting[this.#depth] ?? 0;
			if ((this.#entries[this.#depth] ?? NONE) >= this.distanceM) continue;
			if (this.#nodes.isLeaf(node)) face = this.#searchLeaf(node, face);
			else this.#split(node);
		}
		return face;
	}

	/** The nearer of two children is looked at first. */
	#split(node: number): void {
		const below = this.#depth;
		this.#wait(node + 1);
		this.#wait(this.#nodes.right(node));
		if (this.#depth < below + 2) return;
		const [first, second] = [this.#waiting[below] ?? 0, this.#waiting[below + 1] ?? 0];
		const [entry, later] = [this.#entries[below] ?? 0, this.#entries[below + 1] ?? 0];
		if (entry >= later) return;
		this.#waiting[below] = second;
		this.#waiting[below + 1] = first;
		this.#entries[below] = later;
		this.#entries[below + 1] = entry;
	}

	/** Has a node wait with how far along the ray its box is entered, 0 inside; not when the ray misses it. */
	#wait(node: number): void {
		const { boxes } = this.#nodes;
		const box = node * WORDS_PER_NODE;
		let enter = 0;
		let leave = NONE;
		for (let axis = 0; axis < 3; axis++) {
			const from = this.#from[axis] ?? 0;
			const inverse = this.#inverse[axis] ?? 0;
			const low = (boxes[box + axis] ?? 0) - from;
			const high = (boxes[box + axis + 3] ?? 0) - from;
			if (Math.abs(inverse) === NONE) {
				if (low > 0 || high < 0) return;
				continue;
			}
			enter = Math.max(enter, Math.min(low * inverse, high * inverse));
			leave = Math.min(leave, Math.max(low * inverse, high * inverse));
		}
		if (enter > leave) return;
		this.#waiting[this.#depth] = node;
		this.#entries[this.#depth] = enter;
		this.#depth += 1;
	}

	#searchLeaf(leaf: number, before: number): number {
		const { positions, indices, isDoubleSided } = this.#tree;
		const [a, b, c] = this.#corners;
		const first = this.#nodes.first(leaf);
		const end = first + this.#nodes.count(leaf);
		let face = before;
		for (let triangle = first; triangle < end; triangle++) {
			a.fromArray(positions, (indices[triangle * 3] ?? 0) * 3);
			b.fromArray(positions, (indices[triangle * 3 + 1] ?? 0) * 3);
			c.fromArray(positions, (indices[triangle * 3 + 2] ?? 0) * 3);
			if (this.#ray.intersectTriangle(a, b, c, !isDoubleSided, this.#meeting) === null) continue;
			const distanceM = this.#meeting.distanceTo(this.#ray.origin);
			if (distanceM >= this.distanceM) continue;
			this.distanceM = distanceM;
			this.pointM.copy(this.#meeting);
			face = triangle;
		}
		return face;
	}
}
