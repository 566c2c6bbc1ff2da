import type { PickSurface } from './pick-surface.ts';
import type { PickTree } from './pick-tree.ts';

/** One tree at a time: a room asks for many at once, and its frames want the other cores. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Builds the tree of a surface off the main thread: in a worker of our own origin, 2 KB of script,
 * fetched with the first tree and ended after each. Where no worker can be had (a page of another origin that embeds
 * us, one that fell over) it is built here. Rejects with the signal's reason when aborted.
 * Rejected: three-mesh-bvh's `GenerateMeshBVHWorker`, whose worker brings all of three.js along and
 * takes the arrays away when it fails; slices, which its builder cannot be cut into.
 */
export function growPickTree(surface: PickSurface, signal: AbortSignal): Promise<PickTree> {
	const grown = turn.then(() => grow(surface, signal));
	turn = grown.catch(() => undefined);
	return grown;
}

async function grow(surface: PickSurface, signal: AbortSignal): Promise<PickTree> {
	signal.throwIfAborted();
	const worker = startWorker();
	const tree = worker && (await answerOf(worker, surface, signal));
	if (tree !== undefined) return tree;
	const { buildPickTree } = await import('./build-pick-tree.ts');
	signal.throwIfAborted();
	return buildPickTree(surface);
}

function startWorker(): Worker | undefined {
	if (typeof Worker === 'undefined') return undefined;
	try {
		return new Worker(new URL('./pick-worker.ts', import.meta.url), { type: 'module' });
	} catch {
		return undefined;
	}
}

/** What the worker made of a copy of the surface, or undefined when it fell over. Ends the worker. */
function answerOf(
	worker: Worker,
	surface: PickSurface,
	signal: AbortSignal,
): Promise<PickTree | undefined> {
	return new Promise<PickTree | undefined>((resolve, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason), { once: true });
		worker.addEventListener('message', ({ data }: MessageEvent<PickTree>) => resolve(data));
		worker.addEventListener('error', () => resolve(undefined));
		worker.postMessage(surface);
	}).finally(() => worker.terminate());
}
