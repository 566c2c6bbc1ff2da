import { buildPickTree } from './build-pick-tree.ts';
import type { PickSurface } from './pick-surface.ts';

/** A worker that answers one surface with its tree, and then is ended by whoever started it. */
self.addEventListener('message', ({ data }: MessageEvent<PickSurface>) => {
	const tree = buildPickTree(data);
	const { positions, indices, nodes } = tree;
	self.postMessage(tree, { transfer: [positions.buffer, indices.buffer, nodes] });
});
