import type { PickSurface } from './pick-surface.ts';

/**
 * A surface with a tree of boxes over its triangles, as three-mesh-bvh packs it (its version 1):
 * nodes of 32 bytes, a left child right behind its parent. Plain arrays: it may come from a worker.
 */
export interface PickTree extends PickSurface {
	/** In the order of the tree's leaves. */
	indices: Uint32Array;
	nodes: ArrayBuffer;
}

/** 32-bit words of a node: min xyz, max xyz, then where its right child or its triangles are. */
export const WORDS_PER_NODE = 8;
const HALF_WORDS_PER_NODE = 16;
/** Where a leaf is marked and how many triangles it has, in half words. */
const COUNT_AT = 14;
const MARK_AT = 15;
const LEAF_MARK = 0xffff;
const LINK_AT = 6;

/** How deep a tree may be; a walk holds at most one waiting node more. */
export const MAX_DEPTH = 40;

/** Reads the nodes of a tree by their number; the first is the root. */
export class PickNodes {
	readonly #words: Uint32Array;
	readonly #halves: Uint16Array;
	/** Of node n from n × `WORDS_PER_NODE`: min xyz, max xyz. */
	readonly boxes: Float32Array;

	constructor(nodes: ArrayBuffer) {
		this.#words = new Uint32Array(nodes);
		this.#halves = new Uint16Array(nodes);
		this.boxes = new Float32Array(nodes);
	}

	isLeaf(node: number): boolean {
		return this.#halves[node * HALF_WORDS_PER_NODE + MARK_AT] === LEAF_MARK;
	}

	/** How many triangles a leaf has. */
	count(leaf: number): number {
		return this.#halves[leaf * HALF_WORDS_PER_NODE + COUNT_AT] ?? 0;
	}

	/** Of a leaf: its first triangle. */
	first(leaf: number): number {
		return this.#words[leaf * WORDS_PER_NODE + LINK_AT] ?? 0;
	}

	/** Of an inner node: its right child. The left one is the next node. */
	right(node: number): number {
		return node + (this.#words[node * WORDS_PER_NODE + LINK_AT] ?? 0);
	}
}
