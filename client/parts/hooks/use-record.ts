import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Resource } from '#schema/record/resources';
import type { RecordId } from '#schema/value/id';
import type { ClientRecord } from '../../api/client-record.ts';
import { type Entry, LOADING } from '../../state/entry.ts';
import { useVisit } from './visit-context.ts';

/** One record, asked for when a page first needs it. */
export function useRecord<R extends Resource>(
	resource: R,
	id: RecordId | undefined,
): Entry<ClientRecord<R>> {
	const cache = useVisit().caches[resource];
	const entry = useStore(cache.store, (state) =>
		id === undefined ? undefined : state.records[id],
	) as Entry<ClientRecord<R>> | undefined;
	useEffect(() => {
		if (id !== undefined) void cache.loadOne(id);
	}, [cache, id]);
	return entry ?? LOADING;
}

/** Those of the named records that are there, by name; the others are asked for. */
export function useRecords<R extends Resource>(
	resource: R,
	ids: readonly RecordId[],
): ReadonlyMap<RecordId, ClientRecord<R>> {
	const cache = useVisit().caches[resource];
	const records = useStore(cache.store, (state) => state.records) as Readonly<
		Record<RecordId, Entry<ClientRecord<R>>>
	>;
	const key = ids.join(' ');
	useEffect(() => {
		for (const id of key.split(' ')) if (id !== '') void cache.loadOne(id);
	}, [cache, key]);
	return useMemo(() => {
		const found = new Map<RecordId, ClientRecord<R>>();
		for (const id of key.split(' ')) {
			const data = records[id]?.data;
			if (data) found.set(id, data);
		}
		return found;
	}, [records, key]);
}
