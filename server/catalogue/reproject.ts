import { sql } from 'drizzle-orm';
import type { Resource } from '#schema/record/resources';
import type { Database, Transaction } from '../database/database.ts';
import { PROJECTION_VERSION } from './projection.ts';
import type { RecordName } from './record-name.ts';
import { type Shown, showRevisions } from './show-revisions.ts';

const BATCH_SIZE = 200;

/** Projects the next records behind `after` by the rules of now; returns the last one looked at. */
async function projectNext(
	tx: Transaction,
	after: RecordName | undefined,
): Promise<{ count: number; last: RecordName | undefined }> {
	const behind = after && sql`and (r.resource, r.id) > (${after.resource}, ${after.id})`;
	// Who is being changed just now is projected by that change.
	const { rows } = await tx.execute<
		{ resource: Resource; id: string } & Pick<Shown, 'revision' | 'document' | 'languages'>
	>(sql`select r.resource, r.id, v.number as revision, v.document, to_json(r.languages) as languages
		from record r join revision v on v.resource = r.resource and v.record_id = r.id
			and v.number = r.published_revision
		where r.projection_version < ${PROJECTION_VERSION} ${behind}
		order by r.resource, r.id limit ${BATCH_SIZE} for no key update of r skip locked`);
	await showRevisions(
		tx,
		rows.map((row) => ({ ...row, isOnlyProjected: true })),
	);
	return { count: rows.length, last: rows.at(-1) };
}

/**
 * Derives anew what lists and search find, and who names whom, of every published record that was
 * derived by older rules; documents and revisions stay as they are. Ends early at `signal`, and goes
 * on from there the next time. Returns how many were.
 */
export async function reproject(db: Database, signal?: AbortSignal): Promise<number> {
	let total = 0;
	let after: RecordName | undefined;
	while (!signal?.aborted) {
		const { count, last } = await db.orm.transaction((tx) => projectNext(tx, after));
		total += count;
		if (last === undefined) break;
		after = last;
	}
	return total;
}
