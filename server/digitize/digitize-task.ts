import type { Task } from '../jobs/job-kind.ts';

const PREFIX = 'asset/';

/** A pass over the scan of one asset. */
export interface DigitizeTask extends Task {
	asset: string;
}

/** Reads which asset a task is about. Throws for a subject of another sort. */
export function digitizeTask(task: Task): DigitizeTask {
	if (!task.subject.startsWith(PREFIX)) throw new Error(`digitize: ${task.subject} is no asset`);
	return { ...task, asset: task.subject.slice(PREFIX.length) };
}
