import { sql } from 'drizzle-orm';
import { linkMedia } from '../assets/link-media.ts';
import { writeAudit } from '../audit/write-audit.ts';
import type { Transaction } from '../database/database.ts';
import { checkPartial, type PartialDocument } from './check-document.ts';
import { documentHash } from './document-hash.ts';
import { languageStates } from './language-states.ts';
import { type LockedRecord, lockRecord } from './lock-record.ts';
import { ownerOf } from './owner-of.ts';
import { type RecordName, subjectOf } from './record-name.ts';
import { ensureRecord } from './save-draft.ts';

/** A revision to cut: what an editor names and keeps. */
export interface Cut extends RecordName {
	document: unknown;
	actor: string;
	note: string;
	/** The newest revision the editor has seen; 0 for a record that is new. */
	base: number;
	/** Languages the editor has just found right. */
	checked?: readonly string[];
	/** Its working draft is folded into the revision. */
	sitting?: string;
	/** Assets handed in for media of the record: the newest is what such a medium shows as its `latest`. */
	given?: readonly { medium: string; asset: string }[];
}

/** What of a cut goes into the revision. */
type Words = Pick<Cut, 'actor' | 'note' | 'checked' | 'sitting' | 'given'> & {
	document: PartialDocument;
};

/**
 * Adds a revision to a locked record and returns its number; the words of the newest revision with
 * the same states of languages, with nothing handed in, are that revision. The approval of what was there before, and its
 * date, are gone; what readers see stays. A sitting's draft is folded in.
 */
export async function addRevision(
	tx: Transaction,
	locked: LockedRecord,
	{ document, actor, note, checked = [], sitting, given = [] }: Words,
	restores?: number,
): Promise<number> {
	const { resource, id, newest } = locked;
	const before = newest === 0 ? undefined : { document: locked.document, states: locked.states };
	const states = languageStates(document, checked, before);
	const sha256 = documentHash(document);
	if (sitting !== undefined) {
		await tx.execute(sql`delete from draft where resource = ${resource} and record_id = ${id}
			and sitting = ${sitting} and author = ${actor}`);
	}
	const areStatesSame = locked.states && documentHash(locked.states) === documentHash(states);
	const isNew = restores !== undefined || given.length > 0;
	if (sha256 === locked.sha256 && areStatesSame && !isNew) return newest;
	const number = newest + 1;
	await tx.execute(sql`insert into revision
		(resource, record_id, number, document, sha256, languages, base, restores, author, note)
		values (${resource}, ${id}, ${number}, ${JSON.stringify(document)}::jsonb, ${sha256},
			${JSON.stringify(states)}::jsonb, ${newest || null}, ${restores ?? null}, ${actor}, ${note})`);
	const from = restores ?? (newest || null);
	await linkMedia(tx, resource, id, { from, to: number, document, given });
	await tx.execute(sql`update record set state = 'draft', approved_revision = null, publish_at = null,
			publish_languages = null, publish_actor = null, updated_at = now(),
			owner = ${newest === 0 ? ownerOf(resource, document) : locked.owner}
		where resource = ${resource} and id = ${id}`);
	return number;
}

/**
 * Cuts a revision at a named save; it may still be incomplete. Returns its number.
 * Throws InvalidError and TooLargeError; NotFoundError; ConflictError where the record has moved on.
 */
export async function cutRevision(tx: Transaction, cut: Cut): Promise<number> {
	const document = checkPartial('save', cut, cut.document);
	if (cut.base === 0) await ensureRecord(tx, cut, document);
	const locked = await lockRecord(tx, 'save', cut, cut.base);
	const revision = await addRevision(tx, locked, { ...cut, document });
	await writeAudit(tx, {
		actor: cut.actor,
		action: 'record.save',
		subject: subjectOf(cut),
		detail: { revision },
	});
	return revision;
}
