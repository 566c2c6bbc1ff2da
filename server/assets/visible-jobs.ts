import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database/database.ts';
import { asset } from '../database/schema/assets.ts';
import { job } from '../database/schema/jobs.ts';
import { isVisible, type MaySee, mayReadAsset } from './visible.ts';

const ASSET_SUBJECT = /^asset\/([0-9a-f]{32})$/;

/** Condition on jobs: they are about an asset that everyone may see. Other subjects are nobody's but ours. */
export const isJobVisible: SQL = sql`exists (select 1 from ${asset}
	where ${job.subject} = 'asset/' || ${asset}.id and ${isVisible(sql`${asset}.id`)})`;

/** Whether one who asks may know of a job about this subject, and read its messages. */
export async function isSubjectVisible(
	db: Queryable,
	subject: string,
	maySee?: MaySee,
): Promise<boolean> {
	const id = ASSET_SUBJECT.exec(subject)?.[1];
	return id !== undefined && (await mayReadAsset(db, id, maySee)) !== undefined;
}
