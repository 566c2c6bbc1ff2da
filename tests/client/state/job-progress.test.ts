import { describe, expect, it } from 'vitest';
import type { Job } from '#schema/job/job';
import { ApiProblem } from '../../../client/api/api-problem.ts';
import { JobProgress, type JobProgressParts } from '../../../client/state/job-progress.ts';

const ID = '0191f000-0000-7000-8000-000000000001';

function aJob(over: Partial<Job> = {}): Job {
	return {
		id: ID,
		kind: 'digitize',
		subject: `asset/${'a'.repeat(32)}`,
		status: 'running',
		stage: 'simplify',
		progress: 0.5,
		attempt: 1,
		failure: null,
		createdAt: '2026-11-01T00:00:00.000Z',
		updatedAt: '2026-11-01T00:00:01.000Z',
		...over,
	};
}

function aProgress(parts: Partial<JobProgressParts>) {
	const ended: Job[] = [];
	const progress = new JobProgress({
		follow: () => new Promise(() => {}),
		get: async () => aJob(),
		wait: async () => {},
		onEnd: (job) => ended.push(job),
		...parts,
	});
	return { progress, ended, seen: () => progress.store.getState().jobs[ID] };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('job progress', () => {
	it('follows the events of a job to its end and tells of it', async () => {
		const { progress, ended, seen } = aProgress({
			follow: async (_id, onJob) => {
				onJob(aJob({ progress: 0.2 }));
				onJob(aJob({ status: 'done', progress: 1 }));
			},
		});
		progress.follow(ID);
		await settle();
		expect(seen()?.status).toBe('done');
		expect(ended).toHaveLength(1);
	});

	it('asks again and again when the events break, and survives an answer that does not come', async () => {
		const answers: (Job | Error)[] = [
			aJob({ progress: 0.6 }),
			new Error('lost'),
			aJob({ status: 'failed' }),
		];
		const { progress, ended, seen } = aProgress({
			follow: () => Promise.reject(new ApiProblem('offline', 'the stream broke')),
			get: async () => {
				const next = answers.shift();
				if (!next || next instanceof Error) throw next ?? new Error('asked too often');
				return next;
			},
		});
		progress.follow(ID);
		await settle();
		expect(seen()?.status).toBe('failed');
		expect(ended).toHaveLength(1);
		expect(answers).toEqual([]);
	});

	it('opens one stream for two watchers and closes it when both have left', () => {
		const signals: AbortSignal[] = [];
		const { progress, ended } = aProgress({
			follow: (_id, _onJob, signal) => {
				signals.push(signal);
				return new Promise(() => {});
			},
		});
		const leaveFirst = progress.follow(ID);
		const leaveSecond = progress.follow(ID);
		leaveFirst();
		leaveFirst();
		expect(signals).toHaveLength(1);
		expect(signals[0]?.aborted).toBe(false);
		leaveSecond();
		expect(signals[0]?.aborted).toBe(true);
		expect(ended).toEqual([]);
	});
});
