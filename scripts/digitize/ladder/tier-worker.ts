import { TIER_TASKS, type TierTasks } from './tier-tasks.ts';

/** The tasks by their names, for the threads of the pool. */
export const { index, simplify, finish }: TierTasks = {
	index: TIER_TASKS.index,
	simplify: (task) => heard(() => TIER_TASKS.simplify(task)),
	finish: (task) => heard(() => TIER_TASKS.finish(task)),
};

/** WebAssembly's own kind of error does not survive the way to another thread; a RangeError does. */
async function heard<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof Error && error.name === 'RuntimeError') {
			throw new RangeError(`memory: ${error.message}`);
		}
		throw error;
	}
}
