import type { FirstAnswer } from '#schema/record/first-record';
import { RESOURCES, type Resource } from '#schema/record/resources';
import { answerSchema, type ClientRecord } from '../api/client-record.ts';
import { type ClientSummary, summarySchema } from '../api/client-summary.ts';
import { followJob } from '../api/follow-job.ts';
import { getJob } from '../api/get-job.ts';
import { getLiveness } from '../api/get-liveness.ts';
import { getRecord } from '../api/get-record.ts';
import { getRecords } from '../api/get-records.ts';
import { getSummaries } from '../api/get-summaries.ts';
import { listRecords } from '../api/list-records.ts';
import { wait } from '../api/wait.ts';
import { Connectivity } from './connectivity.ts';
import { JobProgress } from './job-progress.ts';
import { createLanguageStore, type LanguageMemory, type LanguageStore } from './language.ts';
import { RecordCache } from './record-cache.ts';
import { Search } from './search.ts';

export type RecordCaches = { [R in Resource]: RecordCache<ClientRecord<R>, ClientSummary<R>> };

/** Every store of one visit, wired to the server. */
export interface Visit {
	caches: RecordCaches;
	connectivity: Connectivity;
	jobs: JobProgress;
	language: LanguageStore;
	search: Search;
}

const SEARCH_LIMIT = 12;

/**
 * Makes the stores of a visit. They live until `signal` aborts. `page`: the answers that the page brought
 * along, as JSON; they count as just arrived.
 */
export function createVisit(
	pathname: string,
	memory: LanguageMemory,
	signal: AbortSignal,
	page = '[]',
): Visit {
	const connectivity = new Connectivity({
		probe: () => getLiveness(signal),
		later: (run, delayMs) => {
			const timer = setTimeout(run, delayMs);
			return () => clearTimeout(timer);
		},
		onRegained: () => {
			for (const resource of RESOURCES) void caches[resource].retryOffline();
		},
	});
	const onReach = (isReached: boolean): void => connectivity.report(isReached);
	const cacheOf = <R extends Resource>(resource: R) =>
		new RecordCache<ClientRecord<R>, ClientSummary<R>>({
			list: (query, stop) => listRecords(resource, query, stop),
			get: (id, stop) => getRecord(resource, id, stop),
			getMany: (ids, stop) => getRecords(resource, ids, stop),
			getSummaries: (ids, stop) => getSummaries(resource, ids, stop),
			onReach,
			nowMs: () => Date.now(),
			signal,
		});
	const caches = Object.fromEntries(
		RESOURCES.map((resource) => [resource, cacheOf(resource)]),
	) as unknown as RecordCaches;
	takeIn(caches, page);
	return {
		caches,
		connectivity,
		jobs: new JobProgress({
			follow: followJob,
			get: getJob,
			wait,
			onEnd: () => void refreshArtefacts(caches),
		}),
		language: createLanguageStore(pathname, memory),
		search: new Search({
			find: async (resource, q, stop) => {
				const page = await listRecords(resource, { q, limit: SEARCH_LIMIT }, stop);
				return { items: page.items, total: page.total?.value };
			},
			wait,
			onReach,
		}),
	};
}

/** Reads what a page brought along as answers are read; whatever breaks the contract is asked for as usual. */
function takeIn(caches: RecordCaches, page: string): void {
	try {
		for (const { resource, kind, items } of JSON.parse(page) as FirstAnswer[]) {
			const schema = kind === 'records' ? answerSchema(resource) : summarySchema(resource);
			const cache: RecordCache<{ id: string }, { id: string }> = caches[resource];
			cache.put(
				kind,
				items.map((item) => schema.parse(item)),
			);
		}
	} catch {
		// Nothing is lost but a moment.
	}
}

/** A digitisation has ended: the artefacts that were waiting for theirs are asked for again. */
async function refreshArtefacts({ artefacts }: RecordCaches): Promise<void> {
	await Promise.all(
		(['records', 'summaries'] as const).map((kind) => {
			const waiting = Object.entries(artefacts.store.getState()[kind]).filter(([, entry]) => {
				const status = entry.data?.asset?.status;
				return status === 'queued' || status === 'running';
			});
			return artefacts.load(
				kind,
				waiting.map(([id]) => id),
				true,
			);
		}),
	);
}
