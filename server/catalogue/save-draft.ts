import { sql } from 'drizzle-orm';
import { writeAudit } from '../audit/write-audit.ts';
import type { Transaction } from '../database/database.ts';
import { ConflictError, NotFoundError, type RecordNow } from '../errors.ts';
import { checkPartial, type PartialDocument } from './check-document.ts';
import { refuseMoved } from './lock-record.ts';
import { ownerOf } from './owner-of.ts';
import { PROJECTION_VERSION } from './projection.ts';
import { nameOf, type RecordName, subjectOf } from './record-name.ts';

/** What one editor has written so far, in one sitting. */
export interface DraftSaved extends RecordName {
	/** One open editor: a UUID that its page made. Another tab is another sitting. */
	sitting: string;
	actor: string;
	/** The newest revision the sitting began with, or cut itself; 0 for a record that is new. */
	base: number;
	document: unknown;
}

/** New records stand behind what somebody has put in order. */
const WEIGHT_OF_NEW = 1_000_000;

/** Makes room for a record that has no revision yet; one that is there stays as it is. */
export async function ensureRecord(
	tx: Transaction,
	{ resource, id }: RecordName,
	document: PartialDocument,
): Promise<void> {
	await tx.execute(sql`insert into record
		(resource, id, owner, state, museums, libraries, tokens, weight, projection_version)
		values (${resource}, ${id}, ${ownerOf(resource, document)}, 'draft', '{}', '{}', '',
			${WEIGHT_OF_NEW}, ${PROJECTION_VERSION}) on conflict do nothing`);
}

async function newestOf(tx: Transaction, { resource, id }: RecordName): Promise<RecordNow | null> {
	const { rows } = await tx.execute<{ revision: number; author: string | null; at: string | null }>(
		sql`select coalesce(v.number, 0) as revision, v.author, to_json(v.created_at) as at
		from record r left join lateral (select * from revision v
			where v.resource = r.resource and v.record_id = r.id order by v.number desc limit 1) v on true
		where r.resource = ${resource} and r.id = ${id}`,
	);
	return rows[0] ?? null;
}

/**
 * Saves a working draft: the sitting's one row is written over, no revision is cut, nobody else's
 * draft is touched and no reader sees it. Anything that parses is taken, however incomplete. The
 * first save of a sitting is written into the register. Returns when it was saved.
 * Throws InvalidError and TooLargeError; NotFoundError where `base` is of a record nobody has;
 * ConflictError where the record has moved on, or where the sitting is someone else's.
 */
export async function saveDraft(tx: Transaction, draft: DraftSaved): Promise<Date> {
	const { resource, id, sitting, actor, base } = draft;
	const document = checkPartial('draft', draft, draft.document);
	if (base === 0) await ensureRecord(tx, draft, document);
	const now = await newestOf(tx, draft);
	if (now === null) throw new NotFoundError(`draft: there is no ${nameOf(draft)}`);
	if (now.revision !== base) refuseMoved('draft', draft, base, now);
	const { rows } = await tx.execute<{ at: string; isNew: boolean }>(sql`insert into draft
		(resource, record_id, sitting, author, base, document)
		values (${resource}, ${id}, ${sitting}, ${actor}, ${base}, ${JSON.stringify(document)}::jsonb)
		on conflict (resource, record_id, sitting) do update
		set document = excluded.document, base = excluded.base, updated_at = now()
		where draft.author = excluded.author
		returning to_json(updated_at) as at, xmax = 0 as "isNew"`);
	const [saved] = rows;
	if (saved === undefined) {
		throw new ConflictError(
			`draft: this sitting at ${nameOf(draft)} is someone else's — open it anew`,
		);
	}
	if (saved.isNew) {
		const detail = { base };
		await writeAudit(tx, { actor, action: 'record.draft', subject: subjectOf(draft), detail });
	}
	return new Date(saved.at);
}
