import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { RECORD_SCHEMAS, type RecordOf } from '#schema/record/record';
import type { Resource } from '#schema/record/resources';
import { linkMedia } from '../assets/link-media.ts';
import type { Transaction } from '../database/database.ts';
import { record as recordTable, revision } from '../database/schema/catalogue.ts';
import { ConflictError, InvalidError } from '../errors.ts';
import { canonicalJson, documentHash } from './canonical-json.ts';
import { PROJECTION_VERSION, projectRecord } from './projection.ts';
import { type Reference, referencesOf } from './references.ts';

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
	 * Leave records alone whose published revision someone else wrote: how the import keeps from
	 * overwriting what people changed.
	 */
	isYielding?: boolean;
}

/** Records of the batch and of the catalogue that `references` name but nobody has. */
async function missingOf(tx: Transaction, references: (Reference & { from: string })[]) {
	const missing: { path: string; message: string }[] = [];
	for (const resource of Object.keys(RECORD_SCHEMAS) as Resource[]) {
		const asked = references.filter((reference) => reference.resource === resource);
		if (asked.length === 0) continue;
		const rows = await tx
			.select({ id: recordTable.id })
			.from(recordTable)
			.where(
				and(
					eq(recordTable.resource, resource),
					isNotNull(recordTable.publishedRevision),
					inArray(recordTable.id, [...new Set(asked.map((reference) => reference.id))]),
				),
			);
		const known = new Set(rows.map((row) => row.id));
		for (const { from, path, id } of asked) {
			if (!known.has(id))
				missing.push({ path: `${from}.${path}`, message: `no ${resource}/${id}` });
		}
	}
	return missing;
}

async function publishedOf(tx: Transaction, resource: Resource, id: string) {
	const [row] = await tx
		.select({
			published: recordTable.publishedRevision,
			weight: recordTable.weight,
			projectionVersion: recordTable.projectionVersion,
			sha256: revision.sha256,
			author: revision.author,
			last: sql<number>`(select coalesce(max(r.number), 0) from revision r
				where r.resource = ${recordTable.resource} and r.record_id = ${recordTable.id})`.mapWith(
				Number,
			),
		})
		.from(recordTable)
		.leftJoin(
			revision,
			and(
				eq(revision.resource, recordTable.resource),
				eq(revision.recordId, recordTable.id),
				eq(revision.number, recordTable.publishedRevision),
			),
		)
		.where(and(eq(recordTable.resource, resource), eq(recordTable.id, id)))
		.for('update', { of: recordTable });
	return row;
}

/** Publishes one record; true if that changed anything a reader can see. */
async function publishOne(
	tx: Transaction,
	{ resource, document, weight }: Publication,
	options: PublishOptions,
): Promise<boolean> {
	const sha256 = documentHash(document);
	const now = await publishedOf(tx, resource, document.id);
	if (options.isYielding && now?.author != null && now.author !== options.author) return false;
	const isSame = now?.sha256 === sha256;
	if (isSame && now.weight === weight && now.projectionVersion === PROJECTION_VERSION) return false;

	const number = isSame ? now.published : (now?.last ?? 0) + 1;
	const { tokens, ...facets } = projectRecord(resource, document);
	const columns = {
		...facets,
		tokens: sql`${tokens}::tsvector`,
		weight,
		projectionVersion: PROJECTION_VERSION,
		publishedRevision: number,
		updatedAt: new Date(),
	};
	await tx
		.insert(recordTable)
		.values({ resource, id: document.id, ...columns })
		.onConflictDoUpdate({ target: [recordTable.resource, recordTable.id], set: columns });
	if (!isSame && number !== null) {
		await tx.insert(revision).values({
			resource,
			recordId: document.id,
			number,
			document: JSON.parse(canonicalJson(document)),
			sha256,
			author: options.author,
			note: options.note,
		});
		const from = now?.published ?? null;
		await linkMedia(tx, resource, document.id, { from, to: number, document });
	}
	return true;
}

/**
 * Publishes records inside a transaction, each as a new revision; publishing what is already
 * published changes nothing. The batch may name its own members in any order. Returns how many
 * records changed.
 * Throws InvalidError when a record names one that is neither in the batch nor in the catalogue,
 * ConflictError when the batch holds a record twice.
 */
export async function publishRecords(
	tx: Transaction,
	batch: readonly Publication[],
	options: PublishOptions,
): Promise<number> {
	const names = batch.map(({ resource, document }) => `${resource}/${document.id}`);
	const twice = names.find((name, i) => names.indexOf(name) !== i);
	if (twice) throw new ConflictError(`publish: ${twice} comes twice — keep one of them`);

	// One writer at a time publishes: revision numbers and references are then free of races.
	await tx.execute(sql`select pg_advisory_xact_lock(hashtext('xishan.publish'))`);
	let changed = 0;
	for (const publication of batch) {
		if (await publishOne(tx, publication, options)) changed += 1;
	}
	const references = batch.flatMap(({ resource, document }) =>
		referencesOf(resource, document).map((reference) => ({
			...reference,
			from: `${resource}/${document.id}`,
		})),
	);
	const missing = await missingOf(tx, references);
	if (missing.length > 0) {
		const first = missing[0];
		throw new InvalidError(
			`publish: ${first?.path} names what is not there (${first?.message}) — publish that first`,
			missing,
		);
	}
	return changed;
}
