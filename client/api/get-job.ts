import { type Job, job } from '#schema/job/job';
import { requestJson } from './request-json.ts';

/** A job as it stands now. */
export function getJob(id: string, signal: AbortSignal): Promise<Job> {
	return requestJson(`/api/v1/jobs/${encodeURIComponent(id)}`, job, signal);
}
