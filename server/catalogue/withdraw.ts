import { sql } from 'drizzle-orm';
import { writeAudit } from '../audit/write-audit.ts';
import type { Transaction } from '../database/database.ts';
import { ConflictError, UnavailableError } from '../errors.ts';
import { type LockedRecord, lockRecord } from './lock-record.ts';
import { REFERENCES_SINCE } from './projection.ts';
import { nameOf, type RecordName, subjectOf } from './record-name.ts';

/** A wish that readers see a record no longer. */
export interface Withdrawal extends RecordName {
	actor: string;
	/** The newest revision, whether it is the published one or not. */
	base: number;
	/** For the register: no personal data. */
	reason: string;
	/** Not before. Left out, or past: now. */
	at?: Date;
	/** Also when something published names it and then names what is not there. */
	acceptsDangling?: boolean;
}

const NAMED_IN_MESSAGE = 5;

/** Published records that name this one. */
async function dependentsOf(tx: Transaction, { resource, id }: RecordName): Promise<string[]> {
	const { rows } = await tx.execute<{ name: string }>(sql`select distinct
			resource || '/' || record_id as name from reference
		where to_resource = ${resource} and to_id = ${id} and (resource, record_id) <> (${resource}, ${id})
		order by name`);
	return rows.map((row) => row.name);
}

async function checkDependents(tx: Transaction, name: RecordName): Promise<void> {
	const { rows } = await tx.execute<{ isWhole: boolean }>(sql`select not exists (select from record
		where published_revision is not null and projection_version < ${REFERENCES_SINCE}) as "isWhole"`);
	if (!rows[0]?.isWhole) {
		throw new UnavailableError(
			'withdraw: who needs what is still being gathered after an update — try again in a minute',
		);
	}
	const neededBy = await dependentsOf(tx, name);
	if (neededBy.length === 0) return;
	const some = neededBy.slice(0, NAMED_IN_MESSAGE).join(', ');
	const rest =
		neededBy.length > NAMED_IN_MESSAGE ? ` and ${neededBy.length - NAMED_IN_MESSAGE} more` : '';
	throw new ConflictError(
		`withdraw: ${nameOf(name)} is needed by ${some}${rest} — change or withdraw those first`,
		{ neededBy },
	);
}

async function schedule(tx: Transaction, wish: Withdrawal, at: Date): Promise<void> {
	const { resource, id, actor, reason, acceptsDangling = false } = wish;
	await tx.execute(sql`update record set withdraw_at = ${at.toISOString()}::timestamptz,
		withdraw_actor = ${actor}, updated_at = now() where resource = ${resource} and id = ${id}`);
	const detail = { reason, acceptsDangling, at: at.toISOString() };
	await writeAudit(tx, {
		...{ actor, action: 'record.schedule-withdraw', detail },
		subject: subjectOf(wish),
	});
}

async function hide(tx: Transaction, wish: Withdrawal, locked: LockedRecord): Promise<void> {
	const { resource, id, actor, reason, acceptsDangling = false } = wish;
	const neededBy = acceptsDangling ? await dependentsOf(tx, wish) : [];
	// What was taken back is approved no more; whoever works on a newer revision keeps its state.
	const isNewest = locked.publishedRevision === locked.newest;
	await tx.execute(sql`update record set published_revision = null, withdraw_at = null,
			withdraw_actor = null, updated_at = now(),
			state = case when ${isNewest} then 'withdrawn' else state end,
			approved_revision = case when ${isNewest} then null else approved_revision end
		where resource = ${resource} and id = ${id}`);
	await tx.execute(sql`delete from reference where resource = ${resource} and record_id = ${id}`);
	const detail = { revision: locked.publishedRevision, reason, acceptsDangling, neededBy };
	await writeAudit(tx, { actor, action: 'record.withdraw', subject: subjectOf(wish), detail });
}

/**
 * Takes a record from readers, now or `at` its time; its revisions stay. Showing it again takes a new
 * approval, or a rolling back. Whoever is publishing something that names it finishes first, and is
 * then counted.
 * Throws NotFoundError; ConflictError where the record has moved on or is not published, or where
 * something published names it (`neededBy`) and that is not accepted; UnavailableError while that is
 * not known yet.
 */
export async function withdraw(tx: Transaction, wish: Withdrawal): Promise<void> {
	const locked = await lockRecord(tx, 'withdraw', wish, wish.base, 'withdraw');
	if (wish.at !== undefined && wish.at.getTime() > Date.now()) return schedule(tx, wish, wish.at);
	if (locked.publishedRevision === null) {
		throw new ConflictError(`withdraw: ${nameOf(wish)} is not published`);
	}
	if (!wish.acceptsDangling) await checkDependents(tx, wish);
	return hide(tx, wish, locked);
}
