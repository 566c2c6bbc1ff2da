import { type SQL, sql } from 'drizzle-orm';
import { writeAudit } from '../audit/write-audit.ts';
import type { Database, Transaction } from '../database/database.ts';
import { ConflictError, InvalidError } from '../errors.ts';
import { publish } from './publish.ts';
import { type RecordName, subjectOf } from './record-name.ts';
import { withdraw } from './withdraw.ts';

/** A record whose time has come. */
interface Due extends RecordName, Record<string, unknown> {
	actor: string;
	/** Its newest revision. */
	base: number;
}

/** Something that is done to a record at its time. */
interface Errand {
	/** The columns of its date. */
	due: SQL;
	actor: SQL;
	run(tx: Transaction, due: Due): Promise<void>;
	/** Forgets the date. */
	forget: SQL;
	/** How the record is held: as strongly as the errand itself will. */
	hold: SQL;
	name: string;
}

/** What was said when the withdrawal was asked for. */
async function wordsOf(tx: Transaction, due: Due) {
	const { rows } = await tx.execute<{ reason: string; acceptsDangling: boolean }>(sql`
		select detail->>'reason' as reason, (detail->>'acceptsDangling')::boolean as "acceptsDangling"
		from audit where subject = ${subjectOf(due)} and action = 'record.schedule-withdraw'
		order by id desc limit 1`);
	return rows[0] ?? { reason: '', acceptsDangling: false };
}

const ERRANDS: readonly Errand[] = [
	{
		name: 'withdraw',
		due: sql`withdraw_at`,
		hold: sql`update`,
		actor: sql`withdraw_actor`,
		async run(tx, due) {
			await withdraw(tx, { ...due, ...(await wordsOf(tx, due)) });
		},
		forget: sql`withdraw_at = null, withdraw_actor = null`,
	},
	{
		name: 'publish',
		due: sql`publish_at`,
		hold: sql`no key update`,
		actor: sql`publish_actor`,
		async run(tx, due) {
			const { rows } = await tx.execute<{
				languages: string[];
			}>(sql`select to_json(publish_languages)
				as languages from record where resource = ${due.resource} and id = ${due.id}`);
			await publish(tx, { ...due, languages: rows[0]?.languages ?? [] });
		},
		forget: sql`publish_at = null, publish_languages = null, publish_actor = null`,
	},
];

/** Does one errand whose time has come; false when none is left, or others are at it. */
async function runNext(tx: Transaction, errand: Errand, now: Date): Promise<boolean> {
	const { rows } = await tx.execute<Due>(sql`select resource, id, ${errand.actor} as actor,
			(select coalesce(max(v.number), 0) from revision v
				where v.resource = record.resource and v.record_id = record.id) as base
		from record where ${errand.due} <= ${now.toISOString()}::timestamptz
		order by ${errand.due} limit 1 for ${errand.hold} skip locked`);
	const [due] = rows;
	if (due === undefined) return false;
	try {
		await tx.transaction((attempt) => errand.run(attempt, due));
	} catch (error) {
		if (!(error instanceof ConflictError || error instanceof InvalidError)) throw error;
		// What was possible when it was asked for is not any more: it is said, and not tried for ever.
		await tx.execute(sql`update record set ${errand.forget}
			where resource = ${due.resource} and id = ${due.id}`);
		await writeAudit(tx, {
			...{ actor: due.actor, action: `record.${errand.name}-refused`, subject: subjectOf(due) },
			detail: { why: error.message },
		});
	}
	return true;
}

/**
 * Publishes and withdraws every record whose time has come, each in a transaction of its own, in the
 * name of whoever asked for it; exactly as if they did it now. Several processes share the work. What
 * turns out to be impossible is written into the register and given up. Returns how many were done.
 */
export async function runSchedule(db: Database, now = new Date()): Promise<number> {
	let done = 0;
	for (const errand of ERRANDS) {
		while (await db.orm.transaction((tx) => runNext(tx, errand, now))) done += 1;
	}
	return done;
}
