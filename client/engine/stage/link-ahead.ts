import {
	type Camera,
	Group,
	Mesh,
	type Object3D,
	type Scene,
	type WebGLRenderer,
	type WebGLRenderTarget,
} from 'three';

/** Where something will be drawn: a scene brings its lights and its environment. */
export interface DrawnIn {
	renderer: WebGLRenderer;
	camera: Camera;
	scene?: Scene;
	/** The canvas when left out; programs differ between the two. */
	target?: WebGLRenderTarget;
}

const POLL_MS = 10;

/** Resolves when the graphics process has worked off all it was told so far; asks, never waits. */
export async function workedOff(renderer: WebGLRenderer): Promise<void> {
	const gl = renderer.getContext();
	if (!(gl instanceof WebGL2RenderingContext)) return;
	const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
	if (fence === null) return;
	gl.flush();
	while (!gl.isContextLost() && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) {
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
	gl.deleteSync(fence);
}

/**
 * Links the programs that `root` will be drawn with, while frames go on: when it resolves, the first
 * frame with `root` in it links nothing and asks the driver nothing. What the scene holds at the call
 * counts; it may be changed back right after. `root` must not be drawn meanwhile: give it stand-ins
 * (`standIns`) of what is on the stage.
 */
export async function linkAhead(root: Object3D, drawnIn: DrawnIn): Promise<void> {
	const { renderer, camera, scene, target } = drawnIn;
	const known = new Set(renderer.info.programs);
	const before = renderer.getRenderTarget();
	renderer.setRenderTarget(target ?? null);
	const linking = renderer.compileAsync(root, camera, scene);
	renderer.setRenderTarget(before);
	const fresh = (renderer.info.programs ?? []).filter((program) => !known.has(program));
	await linking;
	// Where the driver cannot say what it has linked, three takes all for linked.
	if (!renderer.extensions.has('KHR_parallel_shader_compile')) await workedOff(renderer);
	if (renderer.getContext().isContextLost()) return;
	const alive = new Set(renderer.info.programs);
	for (const program of fresh) {
		if (!alive.has(program)) continue;
		program.getUniforms();
		program.getAttributes();
	}
}

/**
 * Doubles of the meshes below `root`, with materials of their own as `dress` gives them; geometry and
 * textures are shared. The caller disposes the materials, and not before the programs linked for them
 * are in use elsewhere: three lets go of a program with its last material.
 */
export function standIns(
	root: Object3D,
	dress: (mesh: Mesh) => Mesh['material'] | undefined,
): Group {
	const doubles = new Group();
	root.traverse((node) => {
		if (!(node instanceof Mesh)) return;
		const material = dress(node);
		if (material === undefined) return;
		const double: Mesh = node.clone(false);
		double.material = material;
		doubles.add(double);
	});
	return doubles;
}
