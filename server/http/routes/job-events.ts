import { z } from 'zod';
import type { Job } from '#schema/job/job';
import { isSubjectVisible } from '../../assets/visible-jobs.ts';
import { NotFoundError } from '../../errors.ts';
import { findJob } from '../../jobs/job-record.ts';
import { maySeeOf } from '../may-see.ts';
import { NO_QUERY, route } from '../route.ts';

/** Often enough that no proxy takes the stream for dead. */
const HEARTBEAT_MS = 15_000;
/** What a browser waits before it comes back after a cut. */
const RETRY_MS = 2000;

function isOver(job: Job): boolean {
	return job.status === 'done' || job.status === 'failed';
}

/**
 * Server-sent events of one job: first the job as it is, then the whole job after each change, each
 * an unnamed message with the job as JSON; the stream ends when the job is over. A browser that comes
 * back by itself after that gets 204, which tells it to stay away.
 */
export const jobEventsRoute = route({
	method: 'GET',
	path: '/api/v1/jobs/{id}/events',
	id: 'followJob',
	summary: 'Follow one job: server-sent events, each the job as JSON, until it is done or failed',
	tag: 'jobs',
	auth: 'public',
	limit: 'api',
	params: z.object({ id: z.uuid() }),
	query: NO_QUERY,
	answers: {
		200: { description: 'The stream', contentType: 'text/event-stream' },
		204: { description: 'The job is over, and you have heard of it', isEmpty: true },
	},
	problems: ['not-found'],
	async handle({ context, principal, params, req, res }) {
		const now = await findJob(context.db.orm, params.id);
		if (
			!now ||
			!(await isSubjectVisible(context.db.orm, now.subject, maySeeOf(context.db.orm, principal)))
		) {
			throw new NotFoundError(`read: there is no job ${params.id}`);
		}
		if (isOver(now) && req.get('Last-Event-ID') === now.updatedAt) {
			res.status(204).end();
			return;
		}
		res.set({
			'Content-Type': 'text/event-stream',
			'Cache-Control': 'no-store',
			'X-Accel-Buffering': 'no',
		});
		res.flushHeaders();
		if (req.method === 'HEAD') {
			res.end();
			return;
		}
		res.write(`retry: ${RETRY_MS}\n\n`);
		let told = '';
		const unfollow = context.jobs.events.follow(now.id, (job) => {
			const data = JSON.stringify(job);
			if (data === told) return;
			told = data;
			res.write(`id: ${job.updatedAt}\ndata: ${data}\n\n`);
			if (isOver(job)) res.end();
		});
		const heartbeat = setInterval(() => res.write(': still here\n\n'), HEARTBEAT_MS);
		res.once('close', () => {
			clearInterval(heartbeat);
			unfollow();
		});
	},
});
