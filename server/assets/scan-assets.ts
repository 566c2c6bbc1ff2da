import { createHash, randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Scan } from '#schema/asset/scan';
import type { Transaction } from '../database/database.ts';
import { asset, medium } from '../database/schema/assets.ts';
import { record } from '../database/schema/catalogue.ts';
import { MODEL_ROLE } from './artefact-assets.ts';
import { refuseTakenDown } from './taken-down.ts';

/** Raise it when the pipeline makes other bytes of the same scan: every scan is then digitised anew. */
const PIPELINE_VERSION = 4;

/** Asks, within the transaction, for work on a subject; `job` is the id to follow it by. */
export type Enqueue = (
	tx: Transaction,
	task: { job: string; kind: string; subject: string },
) => Promise<void>;

/** An original and what is known of it; whose it is is said apart. */
export type ScanFile = Omit<Scan, 'artefact'>;

function optionsOf({ kind, unit, up }: ScanFile): Pick<Scan, 'kind' | 'unit' | 'up'> {
	return { ...(kind ? { kind } : {}), ...(unit ? { unit } : {}), ...(up ? { up } : {}) };
}

/** The name of what digitising a scan gives: the same scan, options and pipeline, the same asset. */
export function assetIdOf(scan: ScanFile): string {
	// The keys in order, so that the text is the canonical one (RFC 8785).
	const recipe = JSON.stringify({
		options: optionsOf(scan),
		pipeline: PIPELINE_VERSION,
		scan: scan.sha256,
	});
	return createHash('sha256').update(recipe).digest('hex').slice(0, 32);
}

/**
 * When the link of an asset counts as made. One of a scan that was linked before, made anew by another
 * pipeline, takes the place of the old one and of nothing that was linked after it.
 */
function linkTime(artefact: string, id: string) {
	return sql`coalesce((
		select max(earlier.linked_at) + interval '1 millisecond' from medium earlier
		join asset made on made.id = earlier.asset
		where earlier.resource = 'artefacts' and earlier.record_id = ${artefact}
			and earlier.role = ${MODEL_ROLE}
			and made.scan_sha256 = (select scan_sha256 from asset where id = ${id})
	), now())`;
}

/** Links only where the pair is absent: what a person linked later stays what is shown. */
async function link(
	tx: Transaction,
	artefact: string,
	revision: number,
	id: string,
): Promise<void> {
	const pair = and(
		eq(medium.resource, 'artefacts'),
		eq(medium.recordId, artefact),
		eq(medium.role, MODEL_ROLE),
		eq(medium.asset, id),
	);
	const known = await tx.select({ asset: medium.asset }).from(medium).where(pair).limit(1);
	if (known.length > 0) return;
	// Who has cut a newer revision meanwhile gets it, too: publishing that must not take the scan away.
	await tx.execute(sql`insert into medium (resource, record_id, revision, role, asset, linked_at)
		select resource, record_id, number, ${MODEL_ROLE}, ${id}, ${linkTime(artefact, id)}
		from revision where resource = 'artefacts' and record_id = ${artefact} and number >= ${revision}`);
}

/** Registers a new asset; or takes up again one that failed by a fault of ours. False when neither. */
async function begin(tx: Transaction, scan: ScanFile, id: string, owner: string, job: string) {
	const started = { status: 'queued', job, failure: null } as const;
	const rows = await tx
		.insert(asset)
		.values({
			id,
			scanSha256: scan.sha256,
			scanName: scan.name,
			scanBytes: scan.bytes,
			options: optionsOf(scan),
			owner,
			...started,
		})
		// One that is there is locked in any case: the sweep cannot take it away before it is linked.
		.onConflictDoUpdate({
			target: asset.id,
			set: { ...started, updatedAt: new Date() },
			setWhere: sql`${asset.status} = 'failed' and ${asset.failure}->>'code' = 'internal'`,
		})
		.returning({ id: asset.id });
	return rows.length > 0;
}

/**
 * Gives the asset of a scan whose original is in the store, belonging to the node `owner`, and asks for
 * it to be digitised if nobody has before, or if that failed by a fault of ours. No record needs to
 * link it. All in the caller's transaction; doing it again changes nothing.
 * Throws TakenDownError for bytes that may not be stored.
 */
export async function registerScan(
	tx: Transaction,
	scan: ScanFile,
	owner: string,
	enqueue: Enqueue,
): Promise<{ asset: string; isQueued: boolean }> {
	await refuseTakenDown(tx, [scan.sha256]);
	const id = assetIdOf(scan);
	const job = randomUUID();
	if (!(await begin(tx, scan, id, owner, job))) return { asset: id, isQueued: false };
	await enqueue(tx, { job, kind: 'digitize', subject: `asset/${id}` });
	return { asset: id, isQueued: true };
}

/**
 * Registers the scan of an artefact and links it to the artefact's published revision as its model:
 * how the import gives a piece its scan. True if a job was asked for.
 */
export async function attachScan(tx: Transaction, scan: Scan, enqueue: Enqueue): Promise<boolean> {
	const { artefact, ...file } = scan;
	const [shown] = await tx
		.select({ owner: record.owner, revision: record.publishedRevision })
		.from(record)
		.where(and(eq(record.resource, 'artefacts'), eq(record.id, artefact)));
	const registered = await registerScan(tx, file, shown?.owner ?? 'cluster', enqueue);
	if (shown?.revision != null) await link(tx, artefact, shown.revision, registered.asset);
	return registered.isQueued;
}
