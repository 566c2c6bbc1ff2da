import {
	MeshDepthMaterial,
	NearestFilter,
	NoBlending,
	type Object3D,
	type PerspectiveCamera,
	RGBADepthPacking,
	Scene,
	type Vector2,
	Vector3,
	type WebGLRenderer,
	WebGLRenderTarget,
} from 'three';

/** As three packs depth into four bytes, most significant first. */
const UNPACK = [1, 1 / 256, 1 / 65_536, 1 / 16_777_216].map((share) => (share * 255) / 256);

/**
 * The point of `root`'s surface under a place on the canvas, in the world, or undefined where there
 * is none. `at`: −1 to 1, y up. One pixel of depth is drawn and read back: exact at any triangle
 * count and without vertex data in main memory, where a ray-cast would need both.
 */
export function surfacePointAt(
	renderer: WebGLRenderer,
	camera: PerspectiveCamera,
	root: Object3D,
	at: Vector2,
): Vector3 | undefined {
	const target = new WebGLRenderTarget(1, 1, {
		minFilter: NearestFilter,
		magFilter: NearestFilter,
	});
	const material = new MeshDepthMaterial({ depthPacking: RGBADepthPacking, blending: NoBlending });
	const scene = new Scene();
	const { parent } = root;
	const eye = camera.clone();
	const [width, height] = [1024, 1024];
	eye.setViewOffset(width, height, ((at.x + 1) / 2) * width, ((1 - at.y) / 2) * height, 1, 1);
	scene.overrideMaterial = material;
	scene.add(root);
	renderer.setRenderTarget(target);
	renderer.setClearColor(0xffffff, 1);
	renderer.clear();
	renderer.render(scene, eye);
	const pixel = new Uint8Array(4);
	renderer.readRenderTargetPixels(target, 0, 0, 1, 1, pixel);
	renderer.setRenderTarget(null);
	renderer.setClearColor(0x000000, 0);
	parent?.add(root);
	target.dispose();
	material.dispose();
	const depth = UNPACK.reduce(
		(sum, share, index) => sum + share * ((pixel[index] ?? 255) / 255),
		0,
	);
	if (pixel.every((byte) => byte === 255)) return undefined;
	return new Vector3(at.x, at.y, depth * 2 - 1).unproject(camera);
}
