import { type ComponentType, createElement, lazy, useState } from 'react';
import { loadChunk } from '../state/load-chunk.ts';

/** A component whose code comes when it is needed. `preload` fetches it ahead; drawn after that, it is there at once. */
export type LazyPart<P> = ComponentType<P> & { preload: () => Promise<unknown> };

/**
 * A component whose code is fetched when it is first drawn; a boundary above says when that cannot be. One that was
 * preloaded does without the wait that React puts before what it has once shown as waiting.
 */
export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): LazyPart<P> {
	let ready: ComponentType<P> | undefined;
	const fetch = () =>
		loadChunk(async () => {
			ready = await load();
			return { default: ready };
		});
	const Later: ComponentType<P> = lazy(fetch);
	// biome-ignore lint/correctness/noComponentHookFactories: made once a module, as React's own lazy() is
	const Part = (props: P) => {
		// The same for as long as it stands: another would begin anew.
		const [Shown] = useState(() => ready ?? Later);
		return createElement(Shown, props);
	};
	return Object.assign(Part, { preload: fetch });
}
