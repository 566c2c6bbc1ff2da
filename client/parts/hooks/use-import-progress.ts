import { useEffect } from 'react';
import type { RecordSummary } from '#schema/record/summary';
import { useJob } from './use-job.ts';
import { useList } from './use-list.ts';

const REFRESH_MS = 4_000;

/** How the digitisation of the collection stands, while it goes on. */
export interface ImportProgress {
	total: number;
	ready: number;
	/** 0 to 1 over all pieces. */
	progress: number;
	/** The piece being made now. */
	current: RecordSummary<'artefacts'> | undefined;
}

/** Follows the import of the first page of artefacts; undefined when nothing is in the making. */
export function useImportProgress(): ImportProgress | undefined {
	const { items, retry } = useList('artefacts', { limit: 100 });
	const scanned = items.filter((item) => item.asset !== null);
	const pending = scanned.filter((item) => isPending(item));
	const current = pending.find((item) => item.asset?.status === 'running');
	const job = useJob(current?.asset?.job ?? undefined);
	const isGoingOn = pending.length > 0;
	useEffect(() => {
		if (!isGoingOn) return undefined;
		const timer = setInterval(retry, REFRESH_MS);
		return () => clearInterval(timer);
	}, [isGoingOn, retry]);
	if (!isGoingOn) return undefined;
	const shares = scanned.map((item) =>
		item === current && job ? job.progress : isPending(item) ? (item.asset?.progress ?? 0) : 1,
	);
	return {
		total: scanned.length,
		ready: scanned.length - pending.length,
		progress: shares.reduce((sum, share) => sum + share, 0) / scanned.length,
		current,
	};
}

function isPending({ asset }: RecordSummary<'artefacts'>): boolean {
	return asset?.status === 'queued' || asset?.status === 'running';
}
