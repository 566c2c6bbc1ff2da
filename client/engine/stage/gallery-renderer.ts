import { ACESFilmicToneMapping, WebGLRenderer } from 'three';
import { drawnPixelRatio } from './pixel-ratio.ts';

/** The browser has no WebGL 2, or refuses it now. */
export class NoWebglError extends Error {
	override readonly name = 'NoWebglError';
}

/** From this pixel ratio on edges look smooth without antialiasing. */
const SMOOTH_RATIO = 2;

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
			antialias: drawnPixelRatio() < SMOOTH_RATIO,
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
	// react-three-fiber gives a context back as well, later: a browser complains of the second time.
	const giveBack = renderer.forceContextLoss.bind(renderer);
	renderer.forceContextLoss = () => {
		if (!renderer.getContext().isContextLost()) giveBack();
	};
	// Reading what the compiler says waits until it has finished.
	renderer.debug.checkShaderErrors = import.meta.env.DEV;
	return renderer;
}
