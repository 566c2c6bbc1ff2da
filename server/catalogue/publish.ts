import { sql } from 'drizzle-orm';
import { writeAudit } from '../audit/write-audit.ts';
import type { Transaction } from '../database/database.ts';
import { ConflictError, InvalidError } from '../errors.ts';
import { checkReferences } from './check-references.ts';
import { languageStates, writtenLanguages } from './language-states.ts';
import { SOURCE_LANGUAGE } from './languages.ts';
import { type LockedRecord, lockRecord } from './lock-record.ts';
import { nameOf, type RecordName, subjectOf } from './record-name.ts';
import { referrerOf, showRevisions } from './show-revisions.ts';

/** A wish to show the approved revision to everyone. */
export interface PublishWish extends RecordName {
	actor: string;
	/** The approved revision, which must still be the newest. */
	base: number;
	/** Languages readers get; Chinese is always among them. */
	languages: readonly string[];
	/** Not before: an embargo, or a schedule. Left out, or past: now. */
	at?: Date;
}

function checkLanguages(locked: LockedRecord, asked: readonly string[]): string[] {
	const written = writtenLanguages(locked.states ?? languageStates(locked.document));
	const errors = asked
		.filter((language) => language !== SOURCE_LANGUAGE && !written.includes(language))
		.map((language) => ({ path: `languages.${language}`, message: 'has no text' }));
	if (errors.length > 0) {
		const languages = errors.map(({ path }) => path.slice('languages.'.length)).join(', ');
		throw new InvalidError(`publish: ${nameOf(locked)} has no text in ${languages}`, errors);
	}
	return [...new Set([SOURCE_LANGUAGE, ...asked])];
}

/**
 * Publishes the approved revision in the languages named, now or `at` its time; asked again, with
 * other languages or another time. Readers get no other language. A later edit takes approval and
 * date away.
 * Throws NotFoundError; ConflictError where the record has moved on or nobody approved the revision;
 * InvalidError where it names what is not published, or a language it has no text in.
 */
export async function publish(tx: Transaction, wish: PublishWish): Promise<void> {
	const { resource, id, actor, base, at } = wish;
	const locked = await lockRecord(tx, 'publish', wish, base);
	const { document } = locked;
	if (locked.approvedRevision !== base || document === null) {
		throw new ConflictError(
			`publish: revision ${base} of ${nameOf(wish)} is not approved — have it approved first`,
		);
	}
	const languages = checkLanguages(locked, wish.languages);
	const subject = subjectOf(wish);
	if (at !== undefined && at.getTime() > Date.now()) {
		await tx.execute(sql`update record set publish_at = ${at.toISOString()}::timestamptz,
			publish_languages = ${`{${languages.map((each) => JSON.stringify(each)).join(',')}}`}::text[],
			publish_actor = ${actor}, updated_at = now() where resource = ${resource} and id = ${id}`);
		const detail = { revision: base, languages, at: at.toISOString() };
		await writeAudit(tx, { actor, action: 'record.schedule-publish', subject, detail });
		return;
	}
	const shown = { resource, id, revision: base, document, languages };
	await showRevisions(tx, [shown]);
	await checkReferences(tx, [referrerOf(shown)]);
	const detail = { published: base, languages };
	await writeAudit(tx, { actor, action: 'record.publish', subject, detail });
}
