import { type Material, Mesh, type Object3D, type Scene, Texture } from 'three';

function disposeTexture(texture: Texture): void {
	const image: unknown = texture.source.data;
	if (typeof ImageBitmap !== 'undefined' && image instanceof ImageBitmap) image.close();
	texture.dispose();
}

/** The textures a material holds, whatever it calls them. */
export function texturesOf(material: Material): Texture[] {
	return Object.values(material).filter((value): value is Texture => value instanceof Texture);
}

/** The materials of every mesh below `root`, each once. */
export function materialsOf(root: Object3D): Set<Material> {
	const materials = new Set<Material>();
	root.traverse((node) => {
		if (!(node instanceof Mesh)) return;
		for (const material of [node.material].flat()) materials.add(material);
	});
	return materials;
}

/**
 * Has everything below `root`, and its background and environment, made anew on the graphics card when it is next
 * drawn. To be called while a context is lost: what was made in it must not be deleted in the next.
 */
export function forgetUploads(root: Scene): void {
	root.traverse((node) => {
		if (node instanceof Mesh) node.geometry.dispose();
	});
	for (const material of materialsOf(root)) {
		for (const texture of texturesOf(material)) texture.dispose();
		material.dispose();
	}
	root.environment?.dispose();
}

/**
 * Takes `root` from its parent and disposes every geometry, material, texture and decoded picture
 * below it. Environment maps are not a material's own here: scenes carry them.
 */
export function disposeObject(root: Object3D): void {
	root.removeFromParent();
	const materials = materialsOf(root);
	root.traverse((node) => {
		if (node instanceof Mesh) node.geometry.dispose();
	});
	const textures = new Set([...materials].flatMap(texturesOf));
	for (const texture of textures) disposeTexture(texture);
	for (const material of materials) material.dispose();
}
