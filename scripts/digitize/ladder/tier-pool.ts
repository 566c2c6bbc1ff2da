import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { TIER_TASKS, type TierTasks } from './tier-tasks.ts';

/** More threads than this have nothing to do: a ladder has four tiers. */
const MAX_THREADS = 4;
/** Below this many triangles starting threads (0.8 CPU-s each) costs more than it saves. */
const WORTHWHILE = 150_000;

export interface TierPool extends TierTasks, AsyncDisposable {}

/**
 * Opens threads for the work on a ladder, started as they are needed; small scans are worked on in
 * this thread. When `signal` aborts, threads stop in the midst of their work.
 */
export function openTierPool(
	triangles: number,
	signal: AbortSignal,
	threads = availableParallelism(),
): TierPool {
	if (triangles < WORTHWHILE || threads < 2) {
		return { ...TIER_TASKS, [Symbol.asyncDispose]: async () => undefined };
	}
	const pool = new Tinypool({
		filename: new URL('./tier-worker.ts', import.meta.url).href,
		minThreads: 0,
		maxThreads: Math.min(threads, MAX_THREADS),
		concurrentTasksPerWorker: 1,
	});
	return {
		index: (surface) => pool.run(surface, { name: 'index', signal }),
		simplify: (task) => pool.run(task, { name: 'simplify', signal }),
		finish: (task) => pool.run(task, { name: 'finish', signal }),
		[Symbol.asyncDispose]: () => pool.destroy(),
	};
}
