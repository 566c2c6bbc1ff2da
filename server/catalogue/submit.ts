import { sql } from 'drizzle-orm';
import { writeAudit } from '../audit/write-audit.ts';
import type { Transaction } from '../database/database.ts';
import { InvalidError } from '../errors.ts';
import { checkWhole } from './check-document.ts';
import { addRevision, type Cut } from './cut-revision.ts';
import { lockRecord } from './lock-record.ts';
import { nameOf, subjectOf } from './record-name.ts';
import { ensureRecord } from './save-draft.ts';

/**
 * Cuts a revision and hands it to a second person; the note says what for. It must be all that the
 * contract asks for. Returns its number.
 * Throws InvalidError, with the path of every fault; NotFoundError; ConflictError where the record has
 * moved on.
 */
export async function submit(tx: Transaction, cut: Cut): Promise<number> {
	if (cut.note.trim() === '') {
		const message = 'says nothing';
		throw new InvalidError(`submit: the note of ${nameOf(cut)} ${message} — say what it is for`, [
			{ path: 'note', message },
		]);
	}
	const document = checkWhole('submit', cut, cut.document);
	if (cut.base === 0) await ensureRecord(tx, cut, document);
	const locked = await lockRecord(tx, 'submit', cut, cut.base);
	const revision = await addRevision(tx, locked, { ...cut, document });
	await tx.execute(sql`update record set state = 'submitted', approved_revision = null,
		publish_at = null, publish_languages = null, publish_actor = null, updated_at = now()
		where resource = ${cut.resource} and id = ${cut.id}`);
	await writeAudit(tx, {
		actor: cut.actor,
		action: 'record.submit',
		subject: subjectOf(cut),
		detail: { revision },
	});
	return revision;
}
