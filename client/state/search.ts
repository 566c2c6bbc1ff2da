import { createStore, type StoreApi } from 'zustand/vanilla';
import { RESOURCES, type Resource } from '#schema/record/resources';
import type { FailureCode } from '../api/api-problem.ts';
import type { ClientSummary } from '../api/client-summary.ts';
import { failedEntry } from './entry.ts';

const DEBOUNCE_MS = 250;

/** What was found of one kind. `total` is absent when the server did not count. */
export interface SearchGroup<R extends Resource = Resource> {
	resource: R;
	items: readonly ClientSummary<R>[];
	total: number | undefined;
}

export interface SearchState {
	query: string;
	/** `idle`: nothing asked. `typing`: waiting for the visitor to pause, older results still stand. */
	status: 'idle' | 'typing' | 'loading' | 'ready' | 'error' | 'offline';
	/** The query the groups answer. */
	answered: string;
	groups: readonly SearchGroup[];
	code: FailureCode | undefined;
}

export interface SearchParts {
	find(resource: Resource, q: string, signal: AbortSignal): Promise<Omit<SearchGroup, 'resource'>>;
	wait(delayMs: number, signal: AbortSignal): Promise<void>;
	onReach(isReached: boolean): void;
}

const EMPTY: SearchState = {
	query: '',
	status: 'idle',
	answered: '',
	groups: [],
	code: undefined,
};

/** The search of the whole cluster. Scope: session. A newer question calls the older one off. */
export class Search {
	readonly store: StoreApi<SearchState> = createStore(() => EMPTY);
	readonly #parts: SearchParts;
	#abort = new AbortController();

	constructor(parts: SearchParts) {
		this.#parts = parts;
	}

	/** Asks once the visitor pauses; `atOnce` when they pressed the key that means "now". */
	async ask(query: string, atOnce = false): Promise<void> {
		const q = query.trim();
		const { answered, status } = this.store.getState();
		if (q !== '' && q === answered && status === 'ready') return;
		this.#abort.abort();
		this.#abort = new AbortController();
		const { signal } = this.#abort;
		if (q === '') {
			this.store.setState(EMPTY);
			return;
		}
		this.store.setState({ query: q, status: atOnce ? 'loading' : 'typing' });
		if (!atOnce) await this.#parts.wait(DEBOUNCE_MS, signal);
		if (signal.aborted) return;
		this.store.setState({ status: 'loading' });
		await this.#run(q, signal);
	}

	async #run(q: string, signal: AbortSignal): Promise<void> {
		try {
			const groups = await Promise.all(
				RESOURCES.map(async (resource) => ({
					resource,
					...(await this.#parts.find(resource, q, signal)),
				})),
			);
			if (signal.aborted) return;
			this.#parts.onReach(true);
			const found = groups.filter((group) => group.items.length > 0);
			this.store.setState({ status: 'ready', answered: q, groups: found, code: undefined });
		} catch (error) {
			if (signal.aborted) return;
			const { status, code } = failedEntry(undefined, error);
			this.#parts.onReach(status !== 'offline');
			this.store.setState({ status: status === 'offline' ? 'offline' : 'error', code });
		}
	}
}
