import { sql } from 'drizzle-orm';
import type { Resource } from '#schema/record/resources';
import type { Transaction } from '../database/database.ts';
import { InvalidError } from '../errors.ts';
import { nameOf, type RecordName } from './record-name.ts';
import type { Reference } from './references.ts';

/** A record that is being published, and whom its document names. */
export interface Referrer extends RecordName {
	references: readonly Reference[];
}

/**
 * Checks that everything these records name is published, and keeps it so until the transaction ends:
 * whoever would withdraw it waits, and then finds who needs it. Publishers do not wait for each other.
 * Throws InvalidError with the path of every reference to what is not there.
 */
export async function checkReferences(
	tx: Transaction,
	referrers: readonly Referrer[],
): Promise<void> {
	const wanted = new Map<string, RecordName>();
	for (const { references } of referrers) {
		for (const { resource, id } of references)
			wanted.set(nameOf({ resource, id }), { resource, id });
	}
	if (wanted.size === 0) return;
	// `key share` holds up `update`, which only withdrawing takes; one order, so that none wait in a circle.
	const { rows } = await tx.execute<{ resource: Resource; id: string }>(sql`select r.resource, r.id
		from record r join jsonb_to_recordset(${JSON.stringify([...wanted.values()])}::jsonb)
			as x(resource text, id text) on r.resource = x.resource and r.id = x.id
		where r.published_revision is not null order by r.resource, r.id for key share of r`);
	for (const row of rows) wanted.delete(nameOf(row));
	if (wanted.size === 0) return;
	const missing = referrers.flatMap((referrer) =>
		referrer.references
			.filter((reference) => wanted.has(nameOf(reference)))
			.map((reference) => ({
				path: `${nameOf(referrer)}.${reference.path}`,
				message: `no ${nameOf(reference)}`,
			})),
	);
	const [first] = missing;
	throw new InvalidError(
		`publish: ${first?.path} names what is not there (${first?.message}) — publish that first`,
		missing,
	);
}
