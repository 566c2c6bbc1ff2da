/** Takes the canvas whose context was opened ahead (`first-canvas.ts`), or makes one. */
function takeCanvas(): HTMLCanvasElement {
	const ahead = globalThis.firstCanvas;
	globalThis.firstCanvas = undefined;
	const isLost = ahead?.getContext('webgl2')?.isContextLost() ?? true;
	return ahead === undefined || isLost ? document.createElement('canvas') : ahead;
}

/**
 * Puts a canvas for a stage into `host`, before all else in it, which keys and screen readers take for an
 * application. A used one cannot be had twice: each stage has its own. Whoever asked removes it.
 */
export function putCanvas(host: HTMLElement): HTMLCanvasElement {
	const canvas = takeCanvas();
	canvas.className = 'stage-canvas';
	canvas.tabIndex = 0;
	canvas.setAttribute('role', 'application');
	host.prepend(canvas);
	return canvas;
}
