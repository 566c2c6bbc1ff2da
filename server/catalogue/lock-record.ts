import { sql } from 'drizzle-orm';
import type { LanguageStates, RecordState } from '#schema/record/life';
import type { Transaction } from '../database/database.ts';
import { ConflictError, NotFoundError, type RecordNow } from '../errors.ts';
import { nameOf, type RecordName } from './record-name.ts';

/** A record that nobody else can change until the transaction ends, and its newest revision. */
export interface LockedRecord extends RecordName {
	owner: string;
	state: RecordState;
	publishedRevision: number | null;
	approvedRevision: number | null;
	/** Languages readers get. */
	languages: string[];
	/** Number of the newest revision; 0 where there is none. */
	newest: number;
	/** Of the newest revision; null where there is none. */
	author: string | null;
	at: string | null;
	sha256: string | null;
	document: object | null;
	states: LanguageStates | null;
}

/** Says who came between. */
export function refuseMoved(act: string, name: RecordName, base: number, now: RecordNow): never {
	const came = now.revision === 0 ? 'there is none yet' : `revision ${now.revision} is newer`;
	throw new ConflictError(
		`${act}: ${nameOf(name)} was read at revision ${base}, and ${came} — read it again and merge`,
		{ now },
	);
}

/**
 * Holds a record against other changes until the transaction ends; readers and other records go on.
 * `to: 'withdraw'` also waits for, and then holds up, whoever is publishing something that names it.
 * `act` is the verb for messages.
 * Throws NotFoundError; ConflictError where the newest revision is not `base`.
 */
export async function lockRecord(
	tx: Transaction,
	act: string,
	name: RecordName,
	base: number,
	to: 'change' | 'withdraw' = 'change',
): Promise<LockedRecord> {
	const { resource, id } = name;
	const strength = to === 'change' ? sql`no key update` : sql`update`;
	// By itself: a statement that waited for the lock still sees the other tables as they were before.
	await tx.execute(
		sql`select 1 from record where resource = ${resource} and id = ${id} for ${strength}`,
	);
	const { rows } = await tx.execute<
		Omit<LockedRecord, 'resource' | 'id'> & Record<string, unknown>
	>(
		sql`select r.owner, r.state, r.published_revision as "publishedRevision",
			r.approved_revision as "approvedRevision", to_json(r.languages) as languages,
			coalesce(v.number, 0) as newest, v.author, to_json(v.created_at) as at, v.sha256, v.document,
			v.languages as states
		from record r left join lateral (select * from revision v
			where v.resource = r.resource and v.record_id = r.id order by v.number desc limit 1) v on true
		where r.resource = ${resource} and r.id = ${id}`,
	);
	const [found] = rows;
	if (found === undefined) throw new NotFoundError(`${act}: there is no ${nameOf(name)}`);
	if (found.newest !== base) {
		const { newest: revision, author, at } = found;
		refuseMoved(act, name, base, { revision, author, at });
	}
	return { ...name, ...found };
}
