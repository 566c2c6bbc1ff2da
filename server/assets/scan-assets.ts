import { createHash, randomUUID } from 'node:crypto';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Scan } from '#schema/asset/scan';
import { canonicalJson } from '../catalogue/canonical-json.ts';
import type { Transaction } from '../database/database.ts';
import { asset, medium } from '../database/schema/assets.ts';
import { record } from '../database/schema/catalogue.ts';
import { MODEL_ROLE } from './artefact-assets.ts';

/** Raise it when the pipeline makes other bytes of the same scan: every scan is then digitised anew. */
const PIPELINE_VERSION = 4;

/** Asks, within the transaction, for work on a subject; `job` is the id to follow it by. */
export type Enqueue = (
	tx: Transaction,
	task: { job: string; kind: string; subject: string },
) => Promise<void>;

function optionsOf({ kind, unit, up }: Scan): Pick<Scan, 'kind' | 'unit' | 'up'> {
	return { ...(kind ? { kind } : {}), ...(unit ? { unit } : {}), ...(up ? { up } : {}) };
}

/** The name of what digitising a scan gives: the same scan, options and pipeline, the same asset. */
export function assetIdOf(scan: Scan): string {
	const recipe = canonicalJson({
		scan: scan.sha256,
		options: optionsOf(scan),
		pipeline: PIPELINE_VERSION,
	});
	return createHash('sha256').update(recipe).digest('hex').slice(0, 32);
}

/** Links only where the pair is absent: what a person linked later stays what is shown. */
async function link(tx: Transaction, artefact: string, id: string): Promise<void> {
	const pair = and(
		eq(medium.resource, 'artefacts'),
		eq(medium.recordId, artefact),
		eq(medium.role, MODEL_ROLE),
		eq(medium.asset, id),
	);
	const known = await tx.select({ asset: medium.asset }).from(medium).where(pair).limit(1);
	if (known.length > 0) return;
	const [published] = await tx
		.select({ revision: record.publishedRevision })
		.from(record)
		.where(
			and(
				eq(record.resource, 'artefacts'),
				eq(record.id, artefact),
				isNotNull(record.publishedRevision),
			),
		);
	const revision = published?.revision;
	if (revision == null) return;
	await tx
		.insert(medium)
		.values({ resource: 'artefacts', recordId: artefact, revision, role: MODEL_ROLE, asset: id });
}

/** Registers a new asset; or takes up again one that failed by a fault of ours. False when neither. */
async function begin(tx: Transaction, scan: Scan, id: string, job: string): Promise<boolean> {
	const started = { status: 'queued', job, failure: null } as const;
	const rows = await tx
		.insert(asset)
		.values({
			id,
			scanSha256: scan.sha256,
			scanName: scan.name,
			scanBytes: scan.bytes,
			options: optionsOf(scan),
			...started,
		})
		.onConflictDoUpdate({
			target: asset.id,
			set: { ...started, updatedAt: new Date() },
			setWhere: sql`${asset.status} = 'failed' and ${asset.failure}->>'code' = 'internal'`,
		})
		.returning({ id: asset.id });
	return rows.length > 0;
}

/**
 * Gives an artefact the asset of a scan whose original is in the store, and asks for it to be
 * digitised if nobody has before, or if that failed by a fault of ours. All in the caller's
 * transaction; doing it again changes nothing. True if a job was asked for.
 */
export async function attachScan(tx: Transaction, scan: Scan, enqueue: Enqueue): Promise<boolean> {
	const id = assetIdOf(scan);
	const job = randomUUID();
	const isBegun = await begin(tx, scan, id, job);
	await link(tx, scan.artefact, id);
	if (!isBegun) return false;
	await enqueue(tx, { job, kind: 'digitize', subject: `asset/${id}` });
	return true;
}
