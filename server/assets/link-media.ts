import { sql } from 'drizzle-orm';
import type { Resource } from '#schema/record/resources';
import type { Transaction } from '../database/database.ts';
import { medium } from '../database/schema/assets.ts';
import { InvalidError } from '../errors.ts';

/** What a document shows: an asset by its id, whatever is linked later. */
interface Pin {
	role: string;
	asset: string;
	path: string;
}

/** The role of an asset that a document pins elsewhere than among its media, as a piece of an exhibit does. */
const PINNED_ROLE = 'pinned';
const ASSET_ID = /^[0-9a-f]{32}$/;

/** A medium has its own id within its record; the link knows it by that. */
function roleIn(path: readonly string[], holder: Record<string, unknown>): string {
	const isMedium = path.length === 2 && path[0] === 'media';
	return isMedium && typeof holder.id === 'string' ? holder.id : PINNED_ROLE;
}

/** Everything in a document that stands under `asset` and is an asset's id. */
function pinsIn(value: unknown, path: readonly string[] = []): Pin[] {
	if (typeof value !== 'object' || value === null) return [];
	const holder = value as Record<string, unknown>;
	return Object.entries(holder).flatMap(([key, item]) => {
		const at = [...path, key];
		if (key !== 'asset' || typeof item !== 'string') return pinsIn(item, at);
		if (!ASSET_ID.test(item)) return [];
		return [{ role: roleIn(path, holder), asset: item, path: at.join('.') }];
	});
}

async function refuseUnknown(tx: Transaction, pins: readonly Pin[]): Promise<void> {
	const ids = [...new Set(pins.map((pin) => pin.asset))];
	// Locked: the sweep cannot take one away before this transaction has linked it.
	const { rows } = await tx.execute<{ id: string }>(
		sql`select id from asset where id = any(${sql.param(ids)}::text[]) order by id for key share`,
	);
	const known = new Set(rows.map((row) => row.id));
	const errors = pins
		.filter((pin) => !known.has(pin.asset))
		.map((pin) => ({ path: pin.path, message: `no asset ${pin.asset}` }));
	const [first] = errors;
	if (first === undefined) return;
	throw new InvalidError(
		`publish: ${first.path} names what is not there (${first.message}) — hand that in first`,
		errors,
	);
}

interface MediaOfRevision {
	/** The revision whose links are taken over: the one it follows, or the one a rolling back restores. */
	from: number | null;
	to: number;
	document: unknown;
	/** Assets handed in for media of the record: the newest is what such a medium shows as its `latest`. */
	given?: readonly { medium: string; asset: string }[];
}

/**
 * Writes which assets revision `to` of a record links: those that its document pins, in the place of the
 * medium that pins them; for all other media what revision `from` linked, so that what was seen with it
 * is seen again, and what was handed in since.
 * Throws InvalidError when the document pins an asset that is not there.
 */
export async function linkMedia(
	tx: Transaction,
	resource: Resource,
	id: string,
	{ from, to, document, given = [] }: MediaOfRevision,
): Promise<void> {
	const pinned = pinsIn(document);
	const pins = [
		...pinned,
		...given.map(({ medium: role, asset }, i) => ({ role, asset, path: `given.${i}` })),
	];
	if (pins.length > 0) {
		await refuseUnknown(tx, pins);
		await tx
			.insert(medium)
			.values(
				pins.map(({ role, asset }) => ({ resource, recordId: id, revision: to, role, asset })),
			)
			.onConflictDoNothing();
	}
	if (from === null) return;
	const own = [PINNED_ROLE, ...pinned.map((pin) => pin.role)];
	await tx.execute(sql`insert into medium (resource, record_id, revision, role, asset, linked_at)
		select resource, record_id, ${to}, role, asset, linked_at from medium
		where resource = ${resource} and record_id = ${id} and revision = ${from}
			and role <> all(${sql.param(own)}::text[])
		on conflict do nothing`);
}
