import { useCallback, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Resource } from '#schema/record/resources';
import type { RecordId } from '#schema/value/id';
import type { ClientSummary } from '../../api/client-summary.ts';
import type { ListQuery } from '../../api/list-records.ts';
import { type Entry, LOADING } from '../../state/entry.ts';
import { type ListView, listKey } from '../../state/record-cache.ts';
import { useVisit } from './visit-context.ts';

/** A list as far as it has been read, and what can be done with it. */
export interface ListHandle<T> {
	entry: Entry<ListView>;
	items: readonly T[];
	retry(): void;
	/** Reads on; undefined at the end of the list. */
	more: (() => void) | undefined;
}

/** One list of records, asked for when a page first needs it. */
export function useList<R extends Resource>(
	resource: R,
	query: ListQuery,
): ListHandle<ClientSummary<R>> {
	const cache = useVisit().caches[resource];
	const key = listKey(query);
	// Equal questions are one question, however often a page is drawn.
	// biome-ignore lint/correctness/useExhaustiveDependencies: the key is the query, written out
	const asked = useMemo(() => query, [key]);
	const entry = useStore(cache.store, (state) => state.lists[key]) ?? LOADING;
	const summaries = useStore(cache.store, (state) => state.summaries) as Readonly<
		Record<RecordId, Entry<ClientSummary<R>>>
	>;
	useEffect(() => {
		const release = cache.hold('lists', [key]);
		void cache.loadList(asked);
		return release;
	}, [cache, key, asked]);
	const items = useMemo(
		() => (entry.data?.ids ?? []).flatMap((id) => summaries[id]?.data ?? []),
		[entry.data, summaries],
	);
	const retry = useCallback(() => void cache.loadList(asked, true), [cache, asked]);
	const readOn = useCallback(() => void cache.loadMore(asked), [cache, asked]);
	return { entry, items, retry, more: entry.data?.next === undefined ? undefined : readOn };
}
