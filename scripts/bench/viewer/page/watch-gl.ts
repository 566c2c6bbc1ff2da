import { DRAW_CALLS, MULTI_DRAW_CALLS, trianglesOfCall } from './draw-triangles.ts';
import { bufferBytesOf, TEXTURE_CALLS, textureBytesOf } from './upload-bytes.ts';

type Gl = WebGL2RenderingContext;

/** Hears of the GL calls of every canvas of the page. */
export interface GlListener {
	/** A draw call into the canvas itself, not into a framebuffer. */
	onCanvasDraw(gl: Gl, triangles: number): void;
	onTexture(bytes: number): void;
	onBuffer(bytes: number): void;
	/** A WebGL context of any version was made. */
	onContext(): void;
}

const READ_FRAMEBUFFER = 0x8ca8;

/** Wraps WebGL 2 before the page's own scripts run. Contexts of workers are not seen. */
export function watchGl(listener: GlListener): void {
	const prototype = WebGL2RenderingContext.prototype;
	/** What each context draws into, unless it is its canvas. */
	const targets = new WeakMap<Gl, unknown>();
	const see = (gl: Gl, name: string, args: readonly unknown[]) => {
		if (!targets.get(gl)) listener.onCanvasDraw(gl, trianglesOfCall(name, args));
	};
	before<Gl>(prototype, 'bindFramebuffer', (gl, [target, framebuffer]) => {
		if (target !== READ_FRAMEBUFFER) targets.set(gl, framebuffer);
	});
	before<Gl>(prototype, 'deleteFramebuffer', (gl, [framebuffer]) => {
		if (targets.get(gl) === framebuffer) targets.delete(gl);
	});
	for (const name of DRAW_CALLS) before<Gl>(prototype, name, (gl, args) => see(gl, name, args));
	for (const name of TEXTURE_CALLS) {
		before<Gl>(prototype, name, (_gl, args) => listener.onTexture(textureBytesOf(name, args)));
	}
	before<Gl>(prototype, 'bufferData', (_gl, args) => listener.onBuffer(bufferBytesOf(args)));
	after<Gl>(prototype, 'getExtension', (gl, [name], extension) => {
		if (String(name).toLowerCase() !== 'webgl_multi_draw' || !isObject(extension)) return;
		if (Object.hasOwn(extension, MULTI_DRAW_CALLS[0] ?? '')) return;
		for (const call of MULTI_DRAW_CALLS) before(extension, call, (_, args) => see(gl, call, args));
	});
	watchContexts(listener);
}

function watchContexts(listener: GlListener): void {
	const seen = new WeakSet<object>();
	for (const canvas of [HTMLCanvasElement.prototype, OffscreenCanvas.prototype]) {
		after<object>(canvas, 'getContext', (_, [kind], context) => {
			if (!String(kind).includes('webgl') || !isObject(context) || seen.has(context)) return;
			seen.add(context);
			listener.onContext();
		});
	}
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/** Has `look` see every call of a method before it happens. */
function before<T>(owner: object, name: string, look: (self: T, args: unknown[]) => void): void {
	const method = Reflect.get(owner, name);
	Reflect.set(owner, name, function (this: T, ...args: unknown[]) {
		look(this, args);
		return Reflect.apply(method, this, args);
	});
}

/** Has `look` see every call of a method with what it gave. */
function after<T>(
	owner: object,
	name: string,
	look: (self: T, args: unknown[], given: unknown) => void,
): void {
	const method = Reflect.get(owner, name);
	Reflect.set(owner, name, function (this: T, ...args: unknown[]) {
		const given: unknown = Reflect.apply(method, this, args);
		look(this, args, given);
		return given;
	});
}
