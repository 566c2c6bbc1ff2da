import { sql } from 'drizzle-orm';
import { writeAudit } from '../audit/write-audit.ts';
import type { Transaction } from '../database/database.ts';
import { ConflictError } from '../errors.ts';
import { lockRecord } from './lock-record.ts';
import { nameOf, type RecordName, subjectOf } from './record-name.ts';

/** A second person's consent. */
export interface Approval extends RecordName {
	actor: string;
	/** The submitted revision, which must still be the newest. */
	base: number;
}

/**
 * Approves the submitted revision, so that it may be published. Whoever wrote it
 * cannot approve it.
 * Throws NotFoundError; ConflictError where the record has moved on, nothing was submitted, or the
 * approver is an author.
 */
export async function approve(tx: Transaction, approval: Approval): Promise<void> {
	const { resource, id, actor, base } = approval;
	const locked = await lockRecord(tx, 'approve', approval, base);
	if (locked.state !== 'submitted') {
		throw new ConflictError(`approve: ${nameOf(approval)} waits for nobody — submit it first`);
	}
	// The second pair of eyes is counted here, where nothing can come between.
	const { rowCount } = await tx.execute(sql`update record r
		set state = 'approved', approved_revision = ${base}, updated_at = now()
		where r.resource = ${resource} and r.id = ${id} and exists (select from revision v
			where v.resource = r.resource and v.record_id = r.id and v.number = ${base}
				and v.author <> ${actor})`);
	if (rowCount === 0) {
		throw new ConflictError(
			`approve: revision ${base} of ${nameOf(approval)} is your own — ask a second person`,
		);
	}
	await writeAudit(tx, {
		actor,
		action: 'record.approve',
		subject: subjectOf(approval),
		detail: { revision: base },
	});
}
