/**
 * Runs before everything else, on pages where something stands in 3D: opens a WebGL context while the rest of the
 * code is still on its way, for a browser takes half a second to start its graphics. The first stage takes the canvas
 * (`stages/stage-canvas.ts`). A script of its own with no imports: `scripts/build/first-canvas-plugin.ts` puts it into the page.
 */
declare global {
	/** A canvas with a context that no stage has taken yet. */
	var firstCanvas: HTMLCanvasElement | undefined;
}

/** As `engine/stage/gallery-renderer.ts` asks for it; a test holds the two together. */
const ATTRIBUTES = {
	alpha: true,
	antialias: devicePixelRatio < 2,
	depth: true,
	failIfMajorPerformanceCaveat: false,
	powerPreference: 'high-performance' as const,
	premultipliedAlpha: true,
	preserveDrawingBuffer: false,
	stencil: false,
} satisfies WebGLContextAttributes;
/** A page that shows no stage after all gives the context back. */
const KEPT_MS = 30_000;

/** Asked for by every renderer of three; the first of them waits until the graphics have really started. */
const EXTENSIONS = [
	'EXT_color_buffer_float',
	'WEBGL_clip_cull_distance',
	'OES_texture_float_linear',
	'EXT_color_buffer_half_float',
	'WEBGL_multisampled_render_to_texture',
	'WEBGL_render_shared_exponent',
	'EXT_texture_filter_anisotropic',
	'KHR_parallel_shader_compile',
];

function open(): void {
	const canvas = document.createElement('canvas');
	const context = canvas.getContext('webgl2', ATTRIBUTES);
	if (!(context instanceof WebGL2RenderingContext)) return;
	globalThis.firstCanvas = canvas;
	for (const name of EXTENSIONS) context.getExtension(name);
	setTimeout(() => {
		if (globalThis.firstCanvas === undefined) return;
		globalThis.firstCanvas = undefined;
		context.getExtension('WEBGL_lose_context')?.loseContext();
	}, KEPT_MS);
}

if (!('fonts' in document.documentElement.dataset)) open();

export {};
