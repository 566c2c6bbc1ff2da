import { digitizeKinds } from '../digitize/digitize-kinds.ts';
import type { DigitizeParts, DigitizeSettings } from '../digitize/digitize-parts.ts';
import { type JobService, openJobs } from '../jobs/job-service.ts';

/** Fetching the scan and storing its derivatives, beside the pipeline's own time. */
const MARGIN_S = 600;

/** How this process takes part in the work; all of it comes from the configuration. */
export interface JobSettings extends DigitizeSettings {
	/** Whether this process does jobs (ROLE all, worker), or only asks for them (web). */
	isWorker: boolean;
	/** Jobs side by side in this process. */
	atOnce: number;
	/** Seconds before a failed job is tried again, doubling each time. */
	retryDelayS?: number;
}

export type JobParts = Omit<DigitizeParts, 'settings'> & { settings: JobSettings };

/** Starts the queue with every kind of job this program knows. Stop by disposing, before the store and the database. */
export function startJobs({ settings, ...parts }: JobParts): Promise<JobService> {
	const { isWorker, atOnce, timeoutS, retryDelayS } = settings;
	return openJobs({
		kinds: digitizeKinds({ ...parts, settings }),
		db: parts.db,
		logger: parts.logger,
		atOnce,
		settings: {
			isWorker,
			expiresS: timeoutS + MARGIN_S,
			...(retryDelayS === undefined ? {} : { retryDelayS }),
		},
	});
}
