import { type SQL, sql } from 'drizzle-orm';
import type { LanguageStates } from '#schema/record/life';
import type { RecordOf } from '#schema/record/record';
import type { Resource } from '#schema/record/resources';
import { linkMedia } from '../assets/link-media.ts';
import { writeAudit } from '../audit/write-audit.ts';
import type { Transaction } from '../database/database.ts';
import { ConflictError } from '../errors.ts';
import { checkReferences } from './check-references.ts';
import { documentHash } from './document-hash.ts';
import { type LanguagesBefore, languageStates, writtenLanguages } from './language-states.ts';
import { PROJECTION_VERSION } from './projection.ts';
import { nameOf, type RecordName, subjectOf } from './record-name.ts';
import {
	RECORD_COLUMNS,
	referrerOf,
	type Shown,
	shownRow,
	showRevisions,
	writeReferences,
} from './show-revisions.ts';

/** A record to publish. Lists show light ones first, and by id where the weight is the same. */
export interface Publication<R extends Resource = Resource> {
	resource: R;
	document: RecordOf<R>;
	weight: number;
}

export interface PublishOptions {
	author: string;
	note: string;
	/**
	 * Leave records alone that someone else has worked on (a revision, a draft, a withdrawal): how the
	 * import keeps from overwriting what people changed.
	 */
	isYielding?: boolean;
}

/** A publication with what is derived from it. */
interface Entry extends RecordName {
	document: object;
	sha256: string;
	weight: number;
}

/** A record that is there before a batch is published. */
interface Standing extends RecordName, Record<string, unknown> {
	published: number | null;
	weight: number;
	version: number;
	state: string;
	languages: string[];
	/** Number and author of the newest revision. */
	newest: number;
	author: string | null;
	/** Of the published revision. */
	sha256: string | null;
	/** Somebody is writing at it. */
	hasDraft: boolean;
}

/** A revision to add, shown at once. */
interface NewRevision extends Entry {
	number: number;
	base: number | null;
	states: LanguageStates;
}

function namesOf(entries: readonly RecordName[]): SQL {
	const names = JSON.stringify(entries.map(({ resource, id }) => ({ resource, id })));
	return sql`jsonb_to_recordset(${names}::jsonb) as x(resource text, id text)`;
}

async function readStanding(
	tx: Transaction,
	entries: readonly Entry[],
): Promise<Map<string, Standing>> {
	const { rows } = await tx.execute<Standing>(sql`select r.resource, r.id, r.weight, r.state,
			r.published_revision as published, r.projection_version as version,
			to_json(r.languages) as languages, coalesce(n.number, 0) as newest, n.author, p.sha256,
			exists (select from draft d where d.resource = r.resource and d.record_id = r.id) as "hasDraft"
		from ${namesOf(entries)} join record r on r.resource = x.resource and r.id = x.id
		left join lateral (select number, author from revision v where v.resource = r.resource
			and v.record_id = r.id order by number desc limit 1) n on true
		left join revision p on p.resource = r.resource and p.record_id = r.id
			and p.number = r.published_revision`);
	return new Map(rows.map((row) => [nameOf(row), row]));
}

/** Whether a publication says something new about a record, and may. */
function isChange(entry: Entry, now: Standing | undefined, options: PublishOptions): boolean {
	if (now === undefined) return true;
	const isOthers = now.state !== 'published' || now.author !== options.author || now.hasDraft;
	if (options.isYielding && isOthers) return false;
	const isSame = now.sha256 === entry.sha256 && now.weight === entry.weight;
	return !isSame || now.version !== PROJECTION_VERSION;
}

function asShown({ number, states, ...revision }: NewRevision): Shown {
	return { ...revision, revision: number, languages: writtenLanguages(states) };
}

/** Adds the revisions, what they link, and what the register says of them. */
async function addRevisions(
	tx: Transaction,
	revisions: readonly NewRevision[],
	{ author, note }: PublishOptions,
): Promise<void> {
	if (revisions.length === 0) return;
	await tx.execute(sql`insert into revision
		(resource, record_id, number, document, sha256, languages, base, author, note)
		select resource, id, number, document, sha256, states, base, ${author}, ${note}
		from jsonb_to_recordset(${JSON.stringify(revisions)}::jsonb) as x(resource text, id text,
			number int, document jsonb, sha256 text, states jsonb, base int)`);
	for (const { resource, id, number, base, document } of revisions) {
		await linkMedia(tx, resource, id, { from: base, to: number, document });
	}
	const acts = revisions.map((revision) => ({
		...{ actor: author, action: 'record.publish', subject: subjectOf(revision) },
		detail: { published: revision.number, languages: writtenLanguages(revision.states), note },
	}));
	await writeAudit(tx, ...acts);
}

/** Publishes records nobody has yet. Returns those of them that nobody else was quicker with. */
async function publishNew(
	tx: Transaction,
	entries: readonly Entry[],
	options: PublishOptions,
): Promise<Entry[]> {
	if (entries.length === 0) return [];
	const revisions = entries.map((entry) => {
		return { ...entry, number: 1, base: null, states: languageStates(entry.document) };
	});
	const rows = JSON.stringify(revisions.map((revision) => shownRow(asShown(revision))));
	const inserted = await tx.execute<RecordName & Record<string, unknown>>(sql`insert into record
		(resource, id, owner, state, published_revision, approved_revision, languages, museums, kind,
			category, libraries, tokens, weight, projection_version)
		select x.resource, x.id, x.owner, x.state, 1, 1, x.languages, x.museums, x.kind,
			x.category, x.libraries, x.tokens::tsvector, x.weight, ${PROJECTION_VERSION}
		from jsonb_to_recordset(${rows}::jsonb) as x${RECORD_COLUMNS}
		on conflict do nothing returning resource, id`);
	const own = new Set(inserted.rows.map(nameOf));
	const ours = revisions.filter((revision) => own.has(nameOf(revision)));
	await addRevisions(tx, ours, options);
	await writeReferences(tx, ours.map(asShown).map(referrerOf));
	return ours;
}

/** The newest revisions of records: what the states of languages of the next ones follow from. */
async function readNewest(tx: Transaction, entries: readonly RecordName[]) {
	const { rows } = await tx.execute<RecordName & LanguagesBefore & Record<string, unknown>>(sql`
		select distinct on (v.resource, v.record_id) v.resource, v.record_id as id, v.document,
			v.languages as states
		from ${namesOf(entries)} join revision v on v.resource = x.resource and v.record_id = x.id
		order by v.resource, v.record_id, v.number desc`);
	return new Map(rows.map((row) => [nameOf(row), row]));
}

/** Publishes records that are there, each held until the transaction ends. Returns those that changed. */
async function publishKnown(
	tx: Transaction,
	entries: readonly Entry[],
	options: PublishOptions,
): Promise<Entry[]> {
	if (entries.length === 0) return [];
	// By itself, so that what is read next is read after whoever held them; one order, so that none wait in a circle.
	await tx.execute(sql`select 1 from ${namesOf(entries)} join record r
		on r.resource = x.resource and r.id = x.id order by r.resource, r.id for no key update of r`);
	const standing = await readStanding(tx, entries);
	const changed = entries.filter((entry) => isChange(entry, standing.get(nameOf(entry)), options));
	const before = await readNewest(tx, changed);
	const revisions: NewRevision[] = [];
	const shown: Shown[] = [];
	for (const entry of changed) {
		const name = nameOf(entry);
		const now = standing.get(name);
		if (now?.published != null && now.sha256 === entry.sha256) {
			const { published: revision, languages } = now;
			shown.push({ ...entry, revision, languages, isOnlyProjected: true });
			continue;
		}
		const newest = now?.newest ?? 0;
		const states = languageStates(entry.document, [], before.get(name));
		const base = now?.published ?? (newest || null);
		revisions.push({ ...entry, number: newest + 1, base, states });
	}
	await addRevisions(tx, revisions, options);
	await showRevisions(tx, [...shown, ...revisions.map(asShown)]);
	return changed;
}

function entriesOf(batch: readonly Publication[]): Entry[] {
	const entries = batch.map(({ resource, document, weight }): Entry => {
		return { resource, id: document.id, document, sha256: documentHash(document), weight };
	});
	entries.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
	const twice = entries.find((entry, i) => {
		const next = entries[i + 1];
		return next !== undefined && nameOf(next) === nameOf(entry);
	});
	if (twice) throw new ConflictError(`publish: ${nameOf(twice)} comes twice — keep one of them`);
	return entries;
}

/**
 * Publishes records inside a transaction, each as a new revision; publishing what is already
 * published changes nothing. The batch may name its own members in any order. Only its own records
 * are held against other publishers. Returns how many records changed.
 *
 * A handful of statements, whatever the size; more than some thousand belong to `importRecords`.
 * Throws InvalidError when a record names one that is neither in the batch nor in the catalogue,
 * ConflictError when the batch holds a record twice.
 */
export async function publishRecords(
	tx: Transaction,
	batch: readonly Publication[],
	options: PublishOptions,
): Promise<number> {
	const entries = entriesOf(batch);
	const standing = await readStanding(tx, entries);
	// New ones first in every transaction: the others' new ones are then never waited for with a lock held.
	const unknown = entries.filter((entry) => !standing.has(nameOf(entry)));
	const created = await publishNew(tx, unknown, options);
	const own = new Set(created.map(nameOf));
	const known = entries.filter((entry) => {
		const now = standing.get(nameOf(entry));
		return now ? isChange(entry, now, options) : !own.has(nameOf(entry));
	});
	const changed = [...created, ...(await publishKnown(tx, known, options))];
	await checkReferences(tx, changed.map(referrerOf));
	return changed.length;
}
