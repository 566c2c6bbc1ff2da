import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../database/database.ts';
import { node } from '../database/schema/auth.ts';
import { record } from '../database/schema/catalogue.ts';
import { NotFoundError } from '../errors.ts';

/** The root of the tree. */
export const CLUSTER = 'cluster';

/**
 * A node and all above it, itself first, the cluster last. One that nobody has a role at need not be
 * there: it lies right below the cluster.
 */
export async function pathOf(db: Queryable, id: string): Promise<string[]> {
	if (id === CLUSTER) return [CLUSTER];
	const { rows } = await db.execute<{ id: string }>(sql`
		with recursive up as (
			select id, parent, 0 as height from ${node} where id = ${id}
			union all
			select n.id, n.parent, up.height + 1 from ${node} n join up on n.id = up.parent
		)
		select id from up order by height`);
	return rows.length > 0 ? rows.map((row) => row.id) : [id, CLUSTER];
}

/** A node and all below it. */
export async function below(db: Queryable, id: string): Promise<string[]> {
	const { rows } = await db.execute<{ id: string }>(sql`
		with recursive down as (
			select id from ${node} where id = ${id}
			union all
			select n.id from ${node} n join down on n.parent = down.id
		)
		select id from down`);
	return rows.map((row) => row.id);
}

/** Makes the node of a museum when it is first needed. Throws NotFoundError where there is neither node nor museum. */
export async function ensureNode(db: Queryable, id: string): Promise<void> {
	const [known] = await db.select({ id: node.id }).from(node).where(eq(node.id, id));
	if (known) return;
	const [museum] = await db
		.select({ id: record.id })
		.from(record)
		.where(and(eq(record.resource, 'museums'), eq(record.id, id)));
	if (!museum) throw new NotFoundError(`account: there is no museum ${id} — check its id`);
	await db.insert(node).values({ id, kind: 'museum', parent: CLUSTER }).onConflictDoNothing();
}
