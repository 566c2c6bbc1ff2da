import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Job } from '#schema/job/job';

const POLL_MS = 2_000;
const POLL_FAILURES_MAX = 30;

export interface JobProgressState {
	jobs: Readonly<Record<string, Job>>;
}

export interface JobProgressParts {
	/** Hears the job's events until it ends; refuses when the stream breaks. */
	follow(id: string, onJob: (state: Job) => void, signal: AbortSignal): Promise<void>;
	get(id: string, signal: AbortSignal): Promise<Job>;
	/** Resolves later, or at once when aborted. */
	wait(delayMs: number, signal: AbortSignal): Promise<void>;
	/** A followed job has ended, well or badly. */
	onEnd(state: Job): void;
}

interface Follower {
	watchers: number;
	abort: AbortController;
}

/** Digitisations as they go on. Scope: document. Events first; where they break, it asks every 2 s. */
export class JobProgress {
	readonly store: StoreApi<JobProgressState> = createStore(() => ({ jobs: {} }));
	readonly #parts: JobProgressParts;
	readonly #followers = new Map<string, Follower>();

	constructor(parts: JobProgressParts) {
		this.#parts = parts;
	}

	/** Follows a job until the returned function is called as often as this one was. */
	follow(id: string): () => void {
		const found = this.#followers.get(id);
		const follower = found ?? { watchers: 0, abort: new AbortController() };
		follower.watchers += 1;
		if (!found) {
			this.#followers.set(id, follower);
			void this.#run(id, follower.abort.signal);
		}
		let isWatching = true;
		return () => {
			if (!isWatching) return;
			isWatching = false;
			follower.watchers -= 1;
			if (follower.watchers > 0) return;
			follower.abort.abort();
			this.#followers.delete(id);
		};
	}

	async #run(id: string, signal: AbortSignal): Promise<void> {
		const keep = (state: Job): void =>
			this.store.setState((before) => ({ jobs: { ...before.jobs, [id]: state } }));
		try {
			await this.#parts.follow(id, keep, signal);
		} catch {
			await this.#poll(id, keep, signal);
		}
		const last = this.store.getState().jobs[id];
		if (!signal.aborted && last && isEnded(last)) this.#parts.onEnd(last);
	}

	async #poll(id: string, keep: (state: Job) => void, signal: AbortSignal): Promise<void> {
		let failures = 0;
		while (!signal.aborted && failures < POLL_FAILURES_MAX) {
			try {
				const state = await this.#parts.get(id, signal);
				keep(state);
				if (isEnded(state)) return;
				failures = 0;
			} catch {
				failures += 1;
			}
			await this.#parts.wait(POLL_MS, signal);
		}
	}
}

function isEnded(state: Job): boolean {
	return state.status === 'done' || state.status === 'failed';
}
