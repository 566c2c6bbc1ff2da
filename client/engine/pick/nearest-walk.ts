import { Triangle, Vector3 } from 'three';
import { MAX_DEPTH, PickNodes, type PickTree, WORDS_PER_NODE } from './pick-tree.ts';

/** Finds the point of a surface that is nearest to another, nearest boxes first. Makes no objects. */
export class NearestWalk {
	/** The point last found. */
	readonly pointM = new Vector3();
	readonly #tree: PickTree;
	readonly #nodes: PickNodes;
	readonly #waiting = new Uint32Array(MAX_DEPTH + 2);
	/** Squared distance to each waiting node. */
	readonly #away = new Float64Array(MAX_DEPTH + 2);
	readonly #to = new Vector3();
	readonly #triangle = new Triangle();
	readonly #candidate = new Vector3();
	#depth = 0;
	#bestSquared = 0;

	constructor(tree: PickTree) {
		this.#tree = tree;
		this.#nodes = new PickNodes(tree.nodes);
	}

	/** The number of the nearest triangle within `withinM`, or −1; its nearest point is then in `pointM`. */
	nearest(to: Vector3, withinM: number): number {
		this.#to.copy(to);
		this.#bestSquared = withinM * withinM;
		this.#depth = 0;
		this.#wait(0, this.#awaySquared(0));
		let face = -1;
		while (this.#depth > 0) {
			this.#depth -= 1;
			const node = this.#waiting[this.#depth] ?? 0;
			if ((this.#away[this.#depth] ?? 0) > this.#bestSquared) continue;
			if (this.#nodes.isLeaf(node)) face = this.#searchLeaf(node, face);
			else this.#split(node + 1, this.#nodes.right(node));
		}
		return face;
	}

	#split(left: number, right: number): void {
		const toLeft = this.#awaySquared(left);
		const toRight = this.#awaySquared(right);
		if (toLeft < toRight) {
			this.#wait(right, toRight);
			this.#wait(left, toLeft);
		} else {
			this.#wait(left, toLeft);
			this.#wait(right, toRight);
		}
	}

	#wait(node: number, awaySquared: number): void {
		this.#waiting[this.#depth] = node;
		this.#away[this.#depth] = awaySquared;
		this.#depth += 1;
	}

	#awaySquared(node: number): number {
		const { boxes } = this.#nodes;
		const box = node * WORDS_PER_NODE;
		let sum = 0;
		for (let axis = 0; axis < 3; axis++) {
			const at = this.#to.getComponent(axis);
			const below = (boxes[box + axis] ?? 0) - at;
			const above = at - (boxes[box + axis + 3] ?? 0);
			const away = Math.max(below, above, 0);
			sum += away * away;
		}
		return sum;
	}

	#searchLeaf(leaf: number, before: number): number {
		const { positions, indices } = this.#tree;
		const { a, b, c } = this.#triangle;
		const first = this.#nodes.first(leaf);
		const end = first + this.#nodes.count(leaf);
		let face = before;
		for (let triangle = first; triangle < end; triangle++) {
			a.fromArray(positions, (indices[triangle * 3] ?? 0) * 3);
			b.fromArray(positions, (indices[triangle * 3 + 1] ?? 0) * 3);
			c.fromArray(positions, (indices[triangle * 3 + 2] ?? 0) * 3);
			this.#triangle.closestPointToPoint(this.#to, this.#candidate);
			const squared = this.#candidate.distanceToSquared(this.#to);
			if (squared > this.#bestSquared || (squared === this.#bestSquared && face >= 0)) continue;
			this.#bestSquared = squared;
			this.pointM.copy(this.#candidate);
			face = triangle;
		}
		return face;
	}
}
