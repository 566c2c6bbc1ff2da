import { ACESFilmicToneMapping, WebGLRenderer } from 'three';

/** The browser has no WebGL 2, or refuses it now. */
export class NoWebglError extends Error {
	override readonly name = 'NoWebglError';
}

/** Sharper than this is not seen, and costs a phone its battery. */
const MAX_PIXEL_RATIO = 2;

/** The pixel ratio to draw at, from the screen's own. */
export function drawnPixelRatio(): number {
	return Math.min(globalThis.devicePixelRatio || 1, MAX_PIXEL_RATIO);
}

export interface GalleryRendererOptions {
	castsShadows: boolean;
}

/** The one place that makes a renderer for a canvas; throws `NoWebglError`. The caller disposes it. */
export function makeGalleryRenderer(
	canvas: HTMLCanvasElement,
	options: GalleryRendererOptions,
): WebGLRenderer {
	let renderer: WebGLRenderer;
	try {
		renderer = new WebGLRenderer({
			canvas,
			alpha: true,
			antialias: drawnPixelRatio() < MAX_PIXEL_RATIO,
			powerPreference: 'high-performance',
		});
	} catch (error) {
		throw new NoWebglError('make renderer: no WebGL 2', { cause: error });
	}
	renderer.setPixelRatio(drawnPixelRatio());
	renderer.setClearColor(0x000000, 0);
	renderer.toneMapping = ACESFilmicToneMapping;
	renderer.toneMappingExposure = 1;
	renderer.shadowMap.enabled = options.castsShadows;
	// Reading what the compiler says waits until it has finished.
	renderer.debug.checkShaderErrors = import.meta.env.DEV;
	return renderer;
}
