import { type ComponentType, lazy } from 'react';
import { loadChunk } from '../state/load-chunk.ts';

/** A component whose code is fetched when it is first drawn; a boundary above says when that cannot be. */
export function lazyPart<P>(load: () => Promise<ComponentType<P>>) {
	return lazy(() => loadChunk(async () => ({ default: await load() })));
}
