import { sql } from 'drizzle-orm';
import { writeAudit } from '../audit/write-audit.ts';
import type { Transaction } from '../database/database.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import type { PartialDocument } from './check-document.ts';
import { checkReferences } from './check-references.ts';
import { addRevision } from './cut-revision.ts';
import { lockRecord } from './lock-record.ts';
import { nameOf, type RecordName, subjectOf } from './record-name.ts';
import { referrerOf, showRevisions } from './show-revisions.ts';

/** A wish to show again what readers once saw. */
export interface RollBack extends RecordName {
	actor: string;
	/** The newest revision. */
	base: number;
	/** The revision whose words and media come back. */
	to: number;
	note: string;
}

/** A revision, and whether readers ever saw it. */
async function readOld(tx: Transaction, wish: RollBack) {
	const { resource, id, to } = wish;
	// Revisions without states of languages are from when every revision was a publication.
	const { rows } = await tx.execute<{ document: PartialDocument; wasPublished: boolean }>(sql`
		select v.document, v.languages is null or exists (select from audit a
			where a.subject = ${subjectOf(wish)} and (a.detail->>'published')::int = v.number) as "wasPublished"
		from revision v where v.resource = ${resource} and v.record_id = ${id} and v.number = ${to}`);
	const [found] = rows;
	if (found === undefined) {
		throw new NotFoundError(`roll back: ${nameOf(wish)} has no revision ${to}`);
	}
	return found;
}

/**
 * Publishes again, as a new revision, the words and the media of an earlier one, in the languages the
 * record has now. It needs no second approval, because readers have seen it before: only what was
 * once published comes back this way. Returns the new revision's number.
 * Throws NotFoundError; ConflictError where the record has moved on or the revision was never
 * published; InvalidError where it names what is published no longer.
 */
export async function rollBack(tx: Transaction, wish: RollBack): Promise<number> {
	const { resource, id, actor, note, to } = wish;
	const locked = await lockRecord(tx, 'roll back', wish, wish.base);
	const { document, wasPublished } = await readOld(tx, wish);
	if (!wasPublished) {
		throw new ConflictError(
			`roll back: revision ${to} of ${nameOf(wish)} was never published — submit its words instead`,
		);
	}
	const revision = await addRevision(tx, locked, { document, actor, note }, to);
	const shown = { resource, id, revision, document, languages: locked.languages };
	await showRevisions(tx, [shown]);
	await checkReferences(tx, [referrerOf(shown)]);
	const detail = { published: revision, restores: to, languages: locked.languages };
	await writeAudit(tx, { actor, action: 'record.roll-back', subject: subjectOf(wish), detail });
	return revision;
}
