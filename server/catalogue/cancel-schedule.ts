import { sql } from 'drizzle-orm';
import { writeAudit } from '../audit/write-audit.ts';
import type { Transaction } from '../database/database.ts';
import { lockRecord } from './lock-record.ts';
import { type RecordName, subjectOf } from './record-name.ts';

/** A wish that what was to happen at its time does not. */
export interface Cancellation extends RecordName {
	actor: string;
	/** The newest revision. */
	base: number;
	what: 'publish' | 'withdraw';
}

/**
 * Forgets the date at which a record was to be published or withdrawn; what is approved stays so.
 * Throws NotFoundError; ConflictError where the record has moved on.
 */
export async function cancelSchedule(tx: Transaction, wish: Cancellation): Promise<void> {
	const { resource, id, actor, base, what } = wish;
	await lockRecord(tx, 'cancel', wish, base);
	const forgotten =
		what === 'publish'
			? sql`publish_at = null, publish_languages = null, publish_actor = null`
			: sql`withdraw_at = null, withdraw_actor = null`;
	await tx.execute(sql`update record set ${forgotten}, updated_at = now()
		where resource = ${resource} and id = ${id}`);
	await writeAudit(tx, {
		actor,
		action: `record.cancel-${what}`,
		subject: subjectOf(wish),
		detail: { revision: base },
	});
}
