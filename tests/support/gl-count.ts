import type { Page } from 'playwright-core';

/** What a page holds of the graphics card and of its own events. */
export interface GlCount {
	/** WebGL contexts asked for since the page was opened, and those that still hold anything. */
	contexts: { made: number; live: number };
	/** Objects made and not deleted, in contexts that are live. */
	live: Record<'Texture' | 'Buffer' | 'Program' | 'Framebuffer' | 'VertexArray', number>;
	/** Listeners of window and document that were not taken off. */
	listeners: number;
	/** Draws into the canvas itself in the last frame that had any, and the triangles they had. */
	frame: { draws: number; triangles: number };
	/** Frames with a draw in them so far. */
	frames: number;
}

/** Runs in the page before its own code: counts by standing in front of the browser's own functions. */
function countInPage(): void {
	const KINDS = ['Texture', 'Buffer', 'Program', 'Framebuffer', 'VertexArray'] as const;
	const made: WebGL2RenderingContext[] = [];
	const alive = new Map<WebGL2RenderingContext, Record<string, Set<unknown>>>();
	let listeners = 0;
	let frames = 0;
	let frame = { draws: 0, triangles: 0 };
	let drawing: { draws: number; triangles: number } | undefined;

	const getContext = HTMLCanvasElement.prototype.getContext;
	Reflect.set(
		HTMLCanvasElement.prototype,
		'getContext',
		function (this: HTMLCanvasElement, ...asked: unknown[]) {
			const context: unknown = Reflect.apply(getContext, this, asked);
			if (context instanceof WebGL2RenderingContext && !alive.has(context)) {
				made.push(context);
				alive.set(context, Object.fromEntries(KINDS.map((kind) => [kind, new Set()])));
				// With the context goes everything that was made in it.
				this.addEventListener('webglcontextlost', () => {
					for (const objects of Object.values(alive.get(context) ?? {})) objects.clear();
				});
			}
			return context;
		},
	);

	const prototype = WebGL2RenderingContext.prototype;
	const wrap = (
		name: string,
		after: (gl: WebGL2RenderingContext, args: unknown[], result: unknown) => void,
	) => {
		const original: unknown = Reflect.get(prototype, name);
		if (typeof original !== 'function') return;
		Reflect.set(prototype, name, function (this: WebGL2RenderingContext, ...args: unknown[]) {
			const result: unknown = Reflect.apply(original, this, args);
			after(this, args, result);
			return result;
		});
	};
	for (const kind of KINDS) {
		wrap(`create${kind}`, (gl, _, object) => alive.get(gl)?.[kind]?.add(object));
		wrap(`delete${kind}`, (gl, [object]) => alive.get(gl)?.[kind]?.delete(object));
	}
	const draw = (gl: WebGL2RenderingContext, mode: unknown, count: number, times: number) => {
		if (gl.getParameter(gl.DRAW_FRAMEBUFFER_BINDING) !== null) return;
		if (drawing === undefined) {
			drawing = { draws: 0, triangles: 0 };
			queueMicrotask(() => {
				frames++;
				frame = drawing ?? frame;
				drawing = undefined;
			});
		}
		drawing.draws++;
		if (mode === gl.TRIANGLES) drawing.triangles += (count / 3) * times;
	};
	wrap('drawElements', (gl, [mode, count]) => draw(gl, mode, Number(count), 1));
	wrap('drawArrays', (gl, [mode, , count]) => draw(gl, mode, Number(count), 1));
	wrap('drawElementsInstanced', (gl, [mode, count, , , times]) =>
		draw(gl, mode, Number(count), Number(times)),
	);
	wrap('drawArraysInstanced', (gl, [mode, , count, times]) =>
		draw(gl, mode, Number(count), Number(times)),
	);

	for (const target of [window, document]) {
		const held = new Set<string>();
		const ids = new WeakMap<object, number>();
		let next = 0;
		const keyOf = (type: string, listener: object, options: unknown): string => {
			if (!ids.has(listener)) ids.set(listener, next++);
			const capture =
				typeof options === 'object' && options !== null ? Reflect.get(options, 'capture') : options;
			return `${type} ${ids.get(listener)} ${capture === true}`;
		};
		const drop = (key: string) => {
			if (held.delete(key)) listeners--;
		};
		const add = target.addEventListener;
		const remove = target.removeEventListener;
		Reflect.set(
			target,
			'addEventListener',
			(type: string, listener: object | null, options?: unknown) => {
				Reflect.apply(add, target, [type, listener, options]);
				if (listener === null) return;
				const { signal, once } = (
					typeof options === 'object' && options !== null ? options : {}
				) as AddEventListenerOptions;
				if (signal?.aborted === true || once === true) return;
				const key = keyOf(type, listener, options);
				if (held.has(key)) return;
				held.add(key);
				listeners++;
				signal?.addEventListener('abort', () => drop(key));
			},
		);
		Reflect.set(
			target,
			'removeEventListener',
			(type: string, listener: object | null, options?: unknown) => {
				Reflect.apply(remove, target, [type, listener, options]);
				if (listener !== null) drop(keyOf(type, listener, options));
			},
		);
	}

	Reflect.set(globalThis, '__glCount', () => {
		const living = made.filter((context) => !context.isContextLost());
		const count = (kind: string) =>
			living.reduce((sum, context) => sum + (alive.get(context)?.[kind]?.size ?? 0), 0);
		return {
			contexts: { made: made.length, live: living.length },
			live: Object.fromEntries(KINDS.map((kind) => [kind, count(kind)])),
			listeners,
			frame,
			frames,
		};
	});
}

/** Starts counting in every page that is opened from now on. */
export async function countGl(page: Page): Promise<void> {
	await page.addInitScript(countInPage);
}

/** What has been counted so far. */
export function readGl(page: Page): Promise<GlCount> {
	return page.evaluate(() => Reflect.get(globalThis, '__glCount')());
}
