import { sql } from 'drizzle-orm';
import type { LanguageStates } from '#schema/record/life';
import { upgradeDocument } from '#schema/record/upgrade-document';
import type { StoredDocument } from '#schema/value/stored-document';
import type { Database, Transaction } from '../database/database.ts';
import { languageStates, writtenLanguages } from './language-states.ts';
import { PROJECTION_VERSION, REFERENCES_SINCE } from './projection.ts';
import type { RecordName } from './record-name.ts';
import { type Shown, showRevisions } from './show-revisions.ts';

const BATCH_SIZE = 200;

/** Says why a document cannot be read: a newer program may have written it. */
export type OnUnreadable = (name: RecordName, error: unknown) => void;

/** A published revision as it is found. */
interface Found extends Shown, Record<string, unknown> {
	states: LanguageStates | null;
	version: number;
}

/**
 * Languages of a revision from before languages were published by name: all it has. Whoever has
 * published it by name since has projected it, too.
 */
function withAllLanguages(found: Found): Found {
	if (found.states !== null || found.version >= REFERENCES_SINCE) return found;
	const written = writtenLanguages(languageStates(found.document));
	return { ...found, languages: [...new Set([...found.languages, ...written])] };
}

function isReadable(shown: Shown, onUnreadable: OnUnreadable): boolean {
	try {
		upgradeDocument(shown.resource, shown.document as StoredDocument);
		return true;
	} catch (error) {
		onUnreadable({ resource: shown.resource, id: shown.id }, error);
		return false;
	}
}

/** Projects the next records behind `after` by the rules of now; returns the last one looked at. */
async function projectNext(
	tx: Transaction,
	after: RecordName | undefined,
	onUnreadable: OnUnreadable,
): Promise<{ count: number; last: RecordName | undefined }> {
	const behind = after && sql`and (r.resource, r.id) > (${after.resource}, ${after.id})`;
	// Who is being changed just now is projected by that change.
	const { rows } = await tx.execute<Found>(sql`select r.resource, r.id, v.number as revision,
			v.document, to_json(r.languages) as languages, v.languages as states,
			r.projection_version as version
		from record r join revision v on v.resource = r.resource and v.record_id = r.id
			and v.number = r.published_revision
		where r.projection_version < ${PROJECTION_VERSION} ${behind}
		order by r.resource, r.id limit ${BATCH_SIZE} for no key update of r skip locked`);
	const shown = rows
		.map((row) => ({ ...withAllLanguages(row), isOnlyProjected: true }))
		.filter((row) => isReadable(row, onUnreadable));
	await showRevisions(tx, shown);
	return { count: shown.length, last: rows.at(-1) };
}

/**
 * Derives anew what lists and search find, and who names whom, of every published record that was
 * derived by older rules; documents and revisions stay as they are. Those that cannot be read are
 * left as they are, too. Ends early at `signal`, and goes on from there the next time. Returns how
 * many were.
 */
export async function reproject(
	db: Database,
	onUnreadable: OnUnreadable,
	signal?: AbortSignal,
): Promise<number> {
	let total = 0;
	let after: RecordName | undefined;
	while (!signal?.aborted) {
		const { count, last } = await db.orm.transaction((tx) => projectNext(tx, after, onUnreadable));
		total += count;
		if (last === undefined) break;
		after = last;
	}
	return total;
}
