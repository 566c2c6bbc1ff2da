import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Resource } from '#schema/record/resources';
import type { Queryable } from '../database/database.ts';
import { asset } from '../database/schema/assets.ts';
import { record } from '../database/schema/catalogue.ts';
import { job } from '../database/schema/jobs.ts';
import { isVisible, type MaySee, mayReadAsset, ownersOf } from './visible.ts';

/** The node that jobs about nothing in particular belong to. */
const CLUSTER = 'cluster';

/**
 * Condition on jobs that someone may know of: those about assets that everyone sees, and those about
 * assets and records of their nodes. Who has a role for the whole cluster sees all.
 */
export function jobsSeenBy(nodes: readonly string[]): SQL {
	if (nodes.includes(CLUSTER)) return sql`true`;
	const id = sql`${asset}.id`;
	const own = sql`${sql.param(nodes)}::text[]`;
	const part = (number: number) => sql`split_part(${job.subject}, '/', ${sql.raw(String(number))})`;
	return sql`(${part(1)} = 'asset' and exists (select 1 from ${asset} where ${id} = ${part(2)}
			and (${isVisible(id)} or ${ownersOf(id)} && ${own}))
		or ${part(1)} = 'record' and exists (select 1 from ${record} where ${record}.resource = ${part(2)}
			and ${record}.id = ${part(3)} and ${record}.owner = any(${own})))`;
}

async function ownerOfRecord(db: Queryable, resource: string, id: string): Promise<string> {
	const [row] = await db
		.select({ owner: record.owner })
		.from(record)
		.where(and(eq(record.resource, resource as Resource), eq(record.id, id)));
	return row?.owner ?? CLUSTER;
}

/** Whether one who asks may know of a job about this subject, and read its messages. */
export async function isSubjectVisible(
	db: Queryable,
	subject: string,
	maySee: MaySee = () => false,
): Promise<boolean> {
	const [kind, first = '', second = ''] = subject.split('/');
	if (kind === 'asset') return (await mayReadAsset(db, first, maySee)) !== undefined;
	return await maySee(kind === 'record' ? await ownerOfRecord(db, first, second) : CLUSTER);
}
