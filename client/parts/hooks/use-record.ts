import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Resource } from '#schema/record/resources';
import type { RecordId } from '#schema/value/id';
import type { ClientRecord } from '../../api/client-record.ts';
import type { ClientSummary } from '../../api/client-summary.ts';
import { type Entry, LOADING } from '../../state/entry.ts';
import { useVisit } from './visit-context.ts';

type Kind = 'records' | 'summaries';
type Entries<T> = Readonly<Record<RecordId, Entry<T>>>;

/** Asks for records and holds them as long as the component stands. `key`: their names with spaces between. */
function useHeld(resource: Resource, kind: Kind, key: string): void {
	const cache = useVisit().caches[resource];
	useEffect(() => {
		if (key === '') return undefined;
		const ids = key.split(' ');
		const release = cache.hold(kind, ids);
		void cache.load(kind, ids);
		return release;
	}, [cache, kind, key]);
}

/** Those of the named that are there, by name, in the order asked. */
function useFound<T>(resource: Resource, kind: Kind, ids: readonly RecordId[]) {
	const cache = useVisit().caches[resource];
	const entries = useStore(cache.store, (state) => state[kind]) as Entries<T>;
	const key = ids.join(' ');
	useHeld(resource, kind, key);
	return useMemo(() => {
		const found = new Map<RecordId, T>();
		for (const id of key.split(' ')) {
			const data = entries[id]?.data;
			if (data) found.set(id, data);
		}
		return found as ReadonlyMap<RecordId, T>;
	}, [entries, key]);
}

/** One record, whole, asked for when a page first needs it. */
export function useRecord<R extends Resource>(
	resource: R,
	id: RecordId | undefined,
): Entry<ClientRecord<R>> {
	const cache = useVisit().caches[resource];
	const entry = useStore(cache.store, (state) =>
		id === undefined ? undefined : state.records[id],
	) as Entry<ClientRecord<R>> | undefined;
	useHeld(resource, 'records', id ?? '');
	return entry ?? LOADING;
}

/** Those of the named records that are there, whole, by name; the others are asked for together. */
export function useRecords<R extends Resource>(
	resource: R,
	ids: readonly RecordId[],
): ReadonlyMap<RecordId, ClientRecord<R>> {
	return useFound<ClientRecord<R>>(resource, 'records', ids);
}

/** The same as lists show them: enough for a card or a link. */
export function useSummaries<R extends Resource>(
	resource: R,
	ids: readonly RecordId[],
): ReadonlyMap<RecordId, ClientSummary<R>> {
	return useFound<ClientSummary<R>>(resource, 'summaries', ids);
}

/** One record as lists show it. */
export function useSummary<R extends Resource>(
	resource: R,
	id: RecordId | undefined,
): ClientSummary<R> | undefined {
	return useSummaries(resource, id === undefined ? [] : [id]).get(id ?? '');
}
