import { eq, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../database/database.ts';
import { asset } from '../database/schema/assets.ts';

/** Whether the one who asks may see what belongs to a node (a museum, or `cluster`). */
export type MaySee = (owner: string) => boolean | Promise<boolean>;

/** To whom an asset is shown: to everyone, because a published revision links it; or to some. */
export type Audience = 'everyone' | 'some';

/**
 * Whether a medium of a revision is held back: it is in a language the record has texts in, and those are not
 * published; or it accompanies one that is. The same rule as `stripLanguages` follows in the document.
 */
const IS_HELD_BACK = sql`exists (select 1
	from revision spoken, jsonb_array_elements(spoken.document -> 'media') each,
		jsonb_array_elements(spoken.document -> 'media') held
	where spoken.resource = visible_medium.resource and spoken.record_id = visible_medium.record_id
		and spoken.number = visible_medium.revision and each ->> 'id' = visible_medium.role
		and held ->> 'id' in (each ->> 'id', each ->> 'accompanies')
		and spoken.languages -> (held ->> 'language') ->> 'state' <> 'empty'
		and held ->> 'language' <> all (visible_record.languages))`;

/**
 * Condition on an asset's id: a published revision links the asset, in a language that is published. `id` must name
 * its table, as sql`${asset}.id` does: a column alone is written without it in a selection from one table.
 */
export function isVisible(id: SQL): SQL<boolean> {
	return sql<boolean>`exists (select 1 from medium visible_medium
		join record visible_record on visible_record.resource = visible_medium.resource
			and visible_record.id = visible_medium.record_id
			and visible_record.published_revision = visible_medium.revision
		where visible_medium.asset = ${id} and not ${IS_HELD_BACK})`;
}

/** Nodes an asset belongs to: its own, and those of every record that any revision links it to. */
export function ownersOf(id: SQL): SQL<string[]> {
	return sql<string[]>`array(select own.owner from asset own where own.id = ${id}
		union select linking.owner from medium owner_medium
		join record linking on linking.resource = owner_medium.resource
			and linking.id = owner_medium.record_id
		where owner_medium.asset = ${id})`;
}

const ID = sql`${asset}.id`;

/** Nodes whose people answer for an asset; none where there is no such asset. */
export async function ownersOfAsset(db: Queryable, id: string): Promise<string[]> {
	const [row] = await db
		.select({ owners: ownersOf(ID) })
		.from(asset)
		.where(eq(asset.id, id));
	return row?.owners ?? [];
}

/** Whether everyone may see an asset now: a published revision links it. */
export async function isAssetVisible(db: Queryable, id: string): Promise<boolean> {
	const [row] = await db
		.select({ isVisible: isVisible(ID) })
		.from(asset)
		.where(eq(asset.id, id));
	return row?.isVisible ?? false;
}

/** The audience through which one who asks sees an asset with these facts; undefined when they do not. */
export async function audienceFor(
	{ isVisible: isShown, owners }: { isVisible: boolean; owners: readonly string[] },
	maySee: MaySee = () => false,
): Promise<Audience | undefined> {
	if (isShown) return 'everyone';
	for (const owner of owners) if (await maySee(owner)) return 'some';
	return undefined;
}

/**
 * Through which audience one who asks sees an asset now, or undefined when they do not see it. Asked
 * anew each time, so that a withdrawal holds from the next request on.
 */
export async function mayReadAsset(
	db: Queryable,
	id: string,
	maySee?: MaySee,
): Promise<Audience | undefined> {
	const [row] = await db
		.select({ isVisible: isVisible(ID), owners: ownersOf(ID) })
		.from(asset)
		.where(eq(asset.id, id));
	return row && (await audienceFor(row, maySee));
}
