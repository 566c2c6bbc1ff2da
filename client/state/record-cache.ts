import { createStore, type StoreApi } from 'zustand/vanilla';
import { PAGE_LIMIT_MAX, type Page } from '#schema/record/page';
import type { RecordId } from '#schema/value/id';
import { ApiProblem } from '../api/api-problem.ts';
import { type ListQuery, searchOf } from '../api/list-records.ts';
import { type Entry, failedEntry, LOADING } from './entry.ts';
import { GatheredCalls } from './gathered-calls.ts';
import { KeptKeys } from './kept-keys.ts';

/** Younger answers are shown without asking again. */
const FRESH_MS = 60_000;

/** How many of each are kept beside what is shown: a kiosk runs for months. */
const KEPT_MAX = { records: 100, summaries: 200, lists: 30 } as const;

/** A list as far as it has been read: names in order, and where to go on. */
export interface ListView {
	ids: readonly RecordId[];
	next: string | undefined;
	/** How many there are in all, when the server counted. */
	total: number | undefined;
}

type Entries<T> = Readonly<Record<string, Entry<T>>>;

/** A summary never stands in for the whole record: each has its map. `lists` name summaries. */
export interface RecordCacheState<T, S> {
	records: Entries<T>;
	summaries: Entries<S>;
	lists: Entries<ListView>;
}

type Kind = keyof RecordCacheState<unknown, unknown>;
/** What is asked for by its name. */
type Named = Exclude<Kind, 'lists'>;

/** What a cache may use. `onReach` hears after each call whether the server answered. */
export interface RecordCacheParts<T, S> {
	list(query: ListQuery, signal: AbortSignal): Promise<Page<S>>;
	get(id: RecordId, signal: AbortSignal): Promise<T>;
	/** Those of at most `PAGE_LIMIT_MAX` records that are there. */
	getMany(ids: readonly RecordId[], signal: AbortSignal): Promise<T[]>;
	getSummaries(ids: readonly RecordId[], signal: AbortSignal): Promise<S[]>;
	onReach(isReached: boolean): void;
	nowMs(): number;
	signal: AbortSignal;
}

/** The key under which a list is kept. */
export const listKey = searchOf;

/**
 * The records of one resource, as the server last gave them. Scope: document. What is held (shown) is
 * kept, and of the rest what was used last; records that are missing are asked for together.
 */
export class RecordCache<T extends { id: RecordId }, S extends { id: RecordId }> {
	readonly store: StoreApi<RecordCacheState<T, S>> = createStore(() => ({
		records: {},
		summaries: {},
		lists: {},
	}));
	readonly #parts: RecordCacheParts<T, S>;
	readonly #inFlight = new Map<string, Promise<void>>();
	readonly #queries = new Map<string, ListQuery>();
	/** Lets go of the summaries that a list names. */
	readonly #members = new Map<string, () => void>();
	readonly #kept: Record<Kind, KeptKeys> = {
		records: new KeptKeys(KEPT_MAX.records),
		summaries: new KeptKeys(KEPT_MAX.summaries),
		lists: new KeptKeys(KEPT_MAX.lists),
	};
	readonly #calls: Record<Named, GatheredCalls> = {
		records: new GatheredCalls((ids) => this.#read('records', ids), PAGE_LIMIT_MAX),
		summaries: new GatheredCalls((ids) => this.#read('summaries', ids), PAGE_LIMIT_MAX),
	};

	constructor(parts: RecordCacheParts<T, S>) {
		this.#parts = parts;
	}

	/** Keeps what is shown until the returned function is called. */
	hold(kind: Kind, keys: readonly string[]): () => void {
		return this.#kept[kind].hold(keys);
	}

	/** Takes in records that came by another way, as if they had just been asked for. */
	put(kind: Named, items: readonly (T | S)[]): void {
		this.#put(kind, Object.fromEntries(items.map((item) => [item.id, this.#readyEntry(item)])));
	}

	/** Makes sure that records are there or on their way; `again` asks even for those that are fresh. */
	async load(kind: Named, ids: readonly RecordId[], again = false): Promise<void> {
		const before = this.store.getState()[kind];
		const missing = ids.filter((id) => again || !this.#isFresh(before[id]));
		await Promise.all(
			missing.map((id) => this.#once(`${kind} ${id}`, () => this.#calls[kind].add(id))),
		);
	}

	/** Makes sure the first page of a list is there or on its way. */
	loadList(query: ListQuery, again = false): Promise<void> {
		const key = listKey(query);
		this.#queries.set(key, query);
		const before = this.store.getState().lists[key];
		if (!again && this.#isFresh(before)) return Promise.resolve();
		return this.#once(`list ${key}`, () => {
			if (!before?.data) this.#put('lists', { [key]: LOADING });
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
		const { records, summaries, lists } = this.store.getState();
		await Promise.all([
			this.load('records', offlineKeys(records), true),
			this.load('summaries', offlineKeys(summaries), true),
			...offlineKeys(lists).map((key) => this.loadList(this.#queries.get(key) ?? {}, true)),
		]);
	}

	#fetch(kind: Named, ids: readonly RecordId[]): Promise<readonly (T | S)[]> {
		const { get, getMany, getSummaries, signal } = this.#parts;
		if (kind === 'summaries') return getSummaries(ids, signal);
		const [only] = ids;
		if (only === undefined || ids.length > 1) return getMany(ids, signal);
		return get(only, signal).then((found) => [found]);
	}

	#read(kind: Named, ids: readonly RecordId[]): Promise<void> {
		const each = (entryOf: (id: RecordId) => Entry<T | S>) =>
			this.#put(kind, Object.fromEntries(ids.map((id) => [id, entryOf(id)])));
		const entries = (): Entries<T | S> => this.store.getState()[kind];
		const failed = (error: unknown) => (id: RecordId) => failedEntry(entries()[id], error);
		each((id) => {
			const before = entries()[id];
			return before?.data ? before : LOADING;
		});
		return this.#attempt(
			async () => {
				const found = await this.#fetch(kind, ids);
				const byId = new Map(found.map((record) => [record.id, this.#readyEntry(record)]));
				const missing = failed(new ApiProblem('not-found', 'read: not among those answered'));
				each((id) => byId.get(id) ?? missing(id));
			},
			(error) => {
				each(failed(error));
				return failedEntry(undefined, error);
			},
		);
	}

	#readPage(key: string, query: ListQuery, before: readonly RecordId[]): Promise<void> {
		return this.#attempt(
			async () => {
				const page = await this.#parts.list(query, this.#parts.signal);
				const ids = [...new Set([...before, ...page.items.map((item) => item.id)])];
				const release = this.hold('summaries', ids);
				this.#members.get(key)?.();
				this.#members.set(key, release);
				const arrived = page.items.map((item) => [item.id, this.#readyEntry(item)] as const);
				this.#put('summaries', Object.fromEntries(arrived));
				const view = { ids, next: page.next, total: page.total?.value };
				this.#put('lists', { [key]: this.#readyEntry(view) });
			},
			(error) => {
				const entry = failedEntry(this.store.getState().lists[key], error);
				this.#put('lists', { [key]: entry });
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

	/** Puts entries into a map and lets go of what has become too much. */
	#put(kind: Kind, entries: Entries<unknown>): void {
		for (const key of Object.keys(entries)) this.#kept[kind].touch(key);
		const all: Record<string, Entry<unknown>> = { ...this.store.getState()[kind], ...entries };
		for (const key of this.#kept[kind].surplus()) {
			delete all[key];
			if (kind === 'lists') this.#forgetList(key);
		}
		this.store.setState({ [kind]: all });
	}

	#forgetList(key: string): void {
		this.#queries.delete(key);
		this.#members.get(key)?.();
		this.#members.delete(key);
	}
}

function offlineKeys(all: Entries<unknown>): string[] {
	return Object.keys(all).filter((key) => all[key]?.status === 'offline');
}
