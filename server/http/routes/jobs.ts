import { z } from 'zod';
import { job } from '#schema/job/job';
import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, pageOf } from '#schema/record/page';
import { isSubjectVisible, jobsSeenBy } from '../../assets/visible-jobs.ts';
import { InvalidError, NotFoundError } from '../../errors.ts';
import { findJob, type JobPosition, listJobs } from '../../jobs/job-record.ts';
import { maySeeOf, nodesSeenBy } from '../may-see.ts';
import { NO_PARAMS, NO_QUERY, route } from '../route.ts';
import { sendJson } from '../send-json.ts';
import { jobEventsRoute } from './job-events.ts';

const position = z.strictObject({ createdAt: z.iso.datetime(), id: z.uuid() });

function openCursor(cursor: string): JobPosition {
	try {
		return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
	} catch (cause) {
		const error = new InvalidError('list: the cursor is not one of ours — start again without it', [
			{ path: 'cursor', message: 'is not one of ours' },
		]);
		error.cause = cause;
		throw error;
	}
}

export const jobRoutes = [
	route({
		method: 'GET',
		path: '/api/v1/jobs',
		id: 'listJobs',
		summary: 'A page of jobs about what you may see, the most recent first',
		tag: 'jobs',
		auth: 'public',
		limit: 'api',
		params: NO_PARAMS,
		query: z.strictObject({
			cursor: z.string().max(500).optional(),
			limit: z.coerce.number().int().min(1).max(PAGE_LIMIT_MAX).default(PAGE_LIMIT_DEFAULT),
		}),
		answers: {
			200: { description: 'The page', schema: pageOf(job) },
			304: { description: 'The page you have', isEmpty: true },
		},
		problems: [],
		async handle({ context, principal, query, req, res }) {
			const after = query.cursor === undefined ? undefined : openCursor(query.cursor);
			const { jobs, hasMore } = await listJobs(
				context.db.orm,
				query.limit,
				after,
				jobsSeenBy(await nodesSeenBy(context.db.orm, principal)),
			);
			const last = jobs.at(-1);
			const at: JobPosition | undefined = last && { createdAt: last.createdAt, id: last.id };
			const next = Buffer.from(JSON.stringify(at ?? null)).toString('base64url');
			await sendJson(req, res, { items: jobs, ...(hasMore ? { next } : {}) });
		},
	}),
	route({
		method: 'GET',
		path: '/api/v1/jobs/{id}',
		id: 'getJob',
		summary: 'One job',
		tag: 'jobs',
		auth: 'public',
		limit: 'api',
		params: z.object({ id: z.uuid() }),
		query: NO_QUERY,
		answers: {
			200: { description: 'The job', schema: job },
			304: { description: 'The job as you know it', isEmpty: true },
		},
		problems: ['not-found'],
		async handle({ context, principal, params, req, res }) {
			const found = await findJob(context.db.orm, params.id);
			if (
				!found ||
				!(await isSubjectVisible(
					context.db.orm,
					found.subject,
					maySeeOf(context.db.orm, principal),
				))
			) {
				throw new NotFoundError(`read: there is no job ${params.id}`);
			}
			await sendJson(req, res, found);
		},
	}),
	jobEventsRoute,
];
