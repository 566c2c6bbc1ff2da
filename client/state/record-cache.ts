import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Page } from '#schema/record/page';
import type { RecordId } from '#schema/value/id';
import { type ListQuery, searchOf } from '../api/list-records.ts';
import { type Entry, failedEntry, LOADING } from './entry.ts';

/** Younger answers are shown without asking again. */
const FRESH_MS = 60_000;

/** A list as far as it has been read: names in order, and where to go on. */
export interface ListView {
	ids: readonly RecordId[];
	next: string | undefined;
	/** How many there are in all, when the server counted. */
	total: number | undefined;
}

export interface RecordCacheState<T> {
	records: Readonly<Record<RecordId, Entry<T>>>;
	lists: Readonly<Record<string, Entry<ListView>>>;
}

/** What a cache may use. `onReach` hears after each call whether the server answered. */
export interface RecordCacheParts<T> {
	list(query: ListQuery, signal: AbortSignal): Promise<Page<T>>;
	get(id: RecordId, signal: AbortSignal): Promise<T>;
	onReach(isReached: boolean): void;
	nowMs(): number;
	signal: AbortSignal;
}

/** The key under which a list is kept. */
export const listKey = searchOf;

/** The records of one resource, as the server last gave them. Scope: document. */
export class RecordCache<T extends { id: RecordId }> {
	readonly store: StoreApi<RecordCacheState<T>> = createStore(() => ({ records: {}, lists: {} }));
	readonly #parts: RecordCacheParts<T>;
	readonly #inFlight = new Map<string, Promise<void>>();
	readonly #queries = new Map<string, ListQuery>();

	constructor(parts: RecordCacheParts<T>) {
		this.#parts = parts;
	}

	/** Makes sure a record is there or on its way; `again` asks even when it is fresh. */
	loadOne(id: RecordId, again = false): Promise<void> {
		const before = this.store.getState().records[id];
		if (!again && this.#isFresh(before)) return Promise.resolve();
		return this.#once(`one ${id}`, async () => {
			if (!before?.data) this.#setRecord(id, LOADING);
			await this.#attempt(
				async () => {
					const found = await this.#parts.get(id, this.#parts.signal);
					this.#setRecord(id, this.#readyEntry(found));
				},
				(error) => {
					const entry = failedEntry(this.store.getState().records[id], error);
					this.#setRecord(id, entry);
					return entry;
				},
			);
		});
	}

	/** Makes sure the first page of a list is there or on its way. */
	loadList(query: ListQuery, again = false): Promise<void> {
		const key = listKey(query);
		this.#queries.set(key, query);
		const before = this.store.getState().lists[key];
		if (!again && this.#isFresh(before)) return Promise.resolve();
		return this.#once(`list ${key}`, () => {
			if (!before?.data) this.#setList(key, LOADING);
			return this.#readPage(key, query, []);
		});
	}

	/** Reads the next page of a list onto its end. */
	loadMore(query: ListQuery): Promise<void> {
		const key = listKey(query);
		const view = this.store.getState().lists[key]?.data;
		if (view?.next === undefined) return Promise.resolve();
		const { next, ids } = view;
		return this.#once(`more ${key}`, () => this.#readPage(key, { ...query, cursor: next }, ids));
	}

	/** Asks again for whatever failed for want of a connection. */
	async retryOffline(): Promise<void> {
		const { records, lists } = this.store.getState();
		await Promise.all([
			...offlineKeys(records).map((id) => this.loadOne(id, true)),
			...offlineKeys(lists).map((key) => this.loadList(this.#queries.get(key) ?? {}, true)),
		]);
	}

	#readPage(key: string, query: ListQuery, before: readonly RecordId[]): Promise<void> {
		return this.#attempt(
			async () => {
				const page = await this.#parts.list(query, this.#parts.signal);
				const arrived = page.items.map((item) => [item.id, this.#readyEntry(item)] as const);
				this.store.setState((state) => ({
					records: { ...state.records, ...Object.fromEntries(arrived) },
				}));
				const ids = [...new Set([...before, ...page.items.map((item) => item.id)])];
				const view = { ids, next: page.next, total: page.total?.value };
				this.#setList(key, this.#readyEntry(view));
			},
			(error) => {
				const entry = failedEntry(this.store.getState().lists[key], error);
				this.#setList(key, entry);
				return entry;
			},
		);
	}

	async #attempt(call: () => Promise<void>, fail: (error: unknown) => Entry<unknown>) {
		try {
			await call();
			this.#parts.onReach(true);
		} catch (error) {
			if (this.#parts.signal.aborted) return;
			this.#parts.onReach(fail(error).status !== 'offline');
		}
	}

	#once(key: string, run: () => Promise<void>): Promise<void> {
		const running = this.#inFlight.get(key);
		if (running) return running;
		const started = run().finally(() => this.#inFlight.delete(key));
		this.#inFlight.set(key, started);
		return started;
	}

	#isFresh(entry: Entry<unknown> | undefined): boolean {
		return entry?.status === 'ready' && this.#parts.nowMs() - entry.fetchedAtMs < FRESH_MS;
	}

	#readyEntry<D>(data: D): Entry<D> {
		return { status: 'ready', data, code: undefined, fetchedAtMs: this.#parts.nowMs() };
	}

	#setRecord(id: RecordId, entry: Entry<T>): void {
		this.store.setState((state) => ({ records: { ...state.records, [id]: entry } }));
	}

	#setList(key: string, entry: Entry<ListView>): void {
		this.store.setState((state) => ({ lists: { ...state.lists, [key]: entry } }));
	}
}

function offlineKeys(all: Readonly<Record<string, Entry<unknown>>>): string[] {
	return Object.keys(all).filter((key) => all[key]?.status === 'offline');
}
