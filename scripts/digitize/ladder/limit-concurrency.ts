/**
 * Gives a function that runs tasks, at most `most` at once, in the order they came. A task that failed
 * makes room for the next as well.
 */
export function limitConcurrency(most: number): <T>(task: () => Promise<T>) => Promise<T> {
	const waiting: (() => void)[] = [];
	let running = 0;
	return async (task) => {
		if (running >= most) await new Promise<void>((turn) => waiting.push(turn));
		else running += 1;
		try {
			return await task();
		} finally {
			const next = waiting.shift();
			if (next === undefined) running -= 1;
			else next();
		}
	};
}
