import { type BufferAttribute, InterleavedBufferAttribute, Mesh, type Object3D } from 'three';

/**
 * Lets go of the vertex data in main memory once the graphics card has it: a dense scan would
 * otherwise be held twice. What is freed cannot be ray-cast or uploaded again; after a lost context
 * the tier is loaded anew.
 */
export function freeAfterUpload(root: Object3D): void {
	root.traverse((node) => {
		if (!(node instanceof Mesh)) return;
		const { geometry } = node;
		geometry.computeBoundingSphere();
		geometry.computeBoundingBox();
		const held: (BufferAttribute | InterleavedBufferAttribute)[] = Object.values(
			geometry.attributes,
		);
		if (geometry.index !== null) held.push(geometry.index);
		for (const attribute of held) {
			const owner = attribute instanceof InterleavedBufferAttribute ? attribute.data : attribute;
			owner.onUpload(() => {
				owner.array = owner.array.slice(0, 0);
			});
		}
	});
}
