/* The part of three-mesh-bvh that builds a tree and knows no three.js; it ships no types of its own. */

declare module 'three-mesh-bvh/src/core/build/buildTree.js' {
	/** What a tree is built over: `primitiveBuffer` is put into the tree's order. */
	interface TreeSource {
		primitiveBuffer: Uint32Array;
		primitiveBufferStride: number;
		getRootRanges(): { offset: number; count: number }[];
		/** Writes six numbers a primitive: centre and half extent along x, y and z. */
		computePrimitiveBounds(offset: number, count: number, target: Float32Array): void;
		/** The packed trees, one a range. */
		_roots?: ArrayBuffer[];
	}
	interface TreeOptions {
		strategy: 0 | 1 | 2;
		maxDepth: number;
		targetLeafSize: number;
		verbose: boolean;
	}
	export function buildPackedTree(source: TreeSource, options: TreeOptions): void;
}
