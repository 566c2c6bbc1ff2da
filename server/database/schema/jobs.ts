import { sql } from 'drizzle-orm';
import { doublePrecision, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Job, JobFailure } from '#schema/job/job';
import { at } from './columns.ts';

/** How far each job is, for people to follow; the queue itself belongs to pg-boss. Changes are notified. */
export const job = pgTable(
	'job',
	{
		id: uuid().primaryKey(),
		kind: text().notNull().default('digitize'),
		/** What it works on: `asset/<id>`, `record/<resource>/<id>`, or `house`. */
		subject: text().notNull(),
		status: text().$type<Job['status']>().notNull(),
		stage: text(),
		progress: doublePrecision().notNull().default(0),
		attempt: integer().notNull().default(0),
		failure: jsonb().$type<JobFailure>(),
		createdAt: at('created_at'),
		updatedAt: at('updated_at'),
	},
	(t) => [
		index('job_recent').on(t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
		index('job_subject').on(t.subject),
		index('job_open').on(t.status, t.kind).where(sql`${t.status} in ('queued', 'running')`),
	],
);
