import type { JobFailure } from '#schema/job/job';
import type { Transaction } from '../database/database.ts';

/** What is to be done: a kind of work on a subject (`asset/<id>`, `record/<resource>/<id>`, `house`), and the id people follow it by. */
export interface Task {
	job: string;
	kind: string;
	subject: string;
}

/** Asks, within the transaction, for work to be done: the job is there when the transaction commits, and not before. */
export type Enqueue = (tx: Transaction, task: Task) => Promise<void>;

/** What a run may use beside what its kind was made with. */
export interface JobRun {
	/** Ends the run: the worker stops, the claim is lost, or it has to make way. */
	signal: AbortSignal;
	enqueue: Enqueue;
}

/**
 * One kind of work, as the queue sees it. `run` may be begun again at any time, on another machine,
 * and must then find what it needs; it says itself that it is done or that it failed for good
 * (`job-progress.ts`), in the transaction that makes it true. What it throws is a fault of ours: it
 * is tried again, a few times.
 */
export interface JobKind {
	name: string;
	/** Jobs of a higher one are taken first. */
	priority: number;
	/** A run of this kind leaves its place to a waiting job of these, when no worker is idle. */
	makesWayFor: readonly string[];
	/** Once, before the first run on this machine. */
	prepare?(): Promise<void>;
	run(task: Task, run: JobRun): Promise<void>;
	/** The job went back to the queue, within its transaction. */
	onWaiting?(tx: Transaction, task: Task): Promise<void>;
	/** The job was tried often enough; what its followers are told, within the transaction that ends it. */
	giveUp(tx: Transaction, task: Task): Promise<JobFailure>;
}
