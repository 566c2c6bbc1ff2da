import { type Job, job } from '#schema/job/job';
import { ApiProblem } from './api-problem.ts';
import { readJson } from './read-json.ts';

/**
 * Hears a job's events until it ends, then resolves. Refuses with `offline` when the stream breaks
 * (the caller asks with `getJob` instead); aborting closes the stream and resolves.
 */
export function followJob(
	id: string,
	onJob: (state: Job) => void,
	signal: AbortSignal,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const stream = new EventSource(`/api/v1/jobs/${encodeURIComponent(id)}/events`);
		const finish = (end: () => void): void => {
			stream.close();
			signal.removeEventListener('abort', onAbort);
			end();
		};
		const onAbort = (): void => finish(resolve);
		const onMessage = (event: MessageEvent<string>): void => {
			const parsed = job.safeParse(readJson(event.data));
			if (!parsed.success) return;
			onJob(parsed.data);
			if (parsed.data.status === 'done' || parsed.data.status === 'failed') finish(resolve);
		};
		signal.addEventListener('abort', onAbort, { once: true });
		stream.addEventListener('message', onMessage);
		stream.addEventListener('job', onMessage);
		stream.addEventListener('error', () =>
			finish(() => reject(new ApiProblem('offline', `follow job ${id}: the stream broke`))),
		);
		if (signal.aborted) onAbort();
	});
}
