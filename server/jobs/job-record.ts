import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm';
import type { Job } from '#schema/job/job';
import type { Queryable } from '../database/database.ts';
import { job as jobTable } from '../database/schema/jobs.ts';

type Row = typeof jobTable.$inferSelect;

function asJob({ createdAt, updatedAt, ...row }: Row): Job {
	return {
		...row,
		createdAt: createdAt.toISOString(),
		updatedAt: updatedAt.toISOString(),
	};
}

/** One job, or undefined when there is none of that id. */
export async function findJob(db: Queryable, id: string): Promise<Job | undefined> {
	const [row] = await db.select().from(jobTable).where(eq(jobTable.id, id));
	return row && asJob(row);
}

/** Where a page of jobs ended. */
export interface JobPosition {
	createdAt: string;
	id: string;
}

/** Jobs, the most recent first, behind `after`; `only` is a condition on their rows (see `jobsSeenBy`). */
export async function listJobs(
	db: Queryable,
	limit: number,
	after?: JobPosition,
	only?: SQL,
): Promise<{ jobs: Job[]; hasMore: boolean }> {
	let where: SQL | undefined;
	if (after) {
		const createdAt = new Date(after.createdAt);
		where = or(
			lt(jobTable.createdAt, createdAt),
			and(eq(jobTable.createdAt, createdAt), lt(jobTable.id, after.id)),
		);
	}
	const rows = await db
		.select()
		.from(jobTable)
		.where(and(where, only))
		.orderBy(desc(jobTable.createdAt), desc(jobTable.id))
		.limit(limit + 1);
	return { jobs: rows.slice(0, limit).map(asJob), hasMore: rows.length > limit };
}
