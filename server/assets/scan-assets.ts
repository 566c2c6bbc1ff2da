import { createHash, randomUUID } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import type { Scan } from '#schema/asset/scan';
import { canonicalJson } from '../catalogue/canonical-json.ts';
import type { Transaction } from '../database/database.ts';
import { artefactAsset, asset, jobProgress } from '../database/schema/schema.ts';

/** Raise it when the pipeline makes other bytes of the same scan: every scan is then digitised anew. */
const PIPELINE_VERSION = 4;

/** Asks, within the transaction, for an asset to be digitised; `job` is the id to follow it by. */
export type Enqueue = (tx: Transaction, asset: string, job: string) => Promise<void>;

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

async function link(tx: Transaction, artefact: string, id: string): Promise<void> {
	const [latest] = await tx
		.select({ asset: artefactAsset.asset })
		.from(artefactAsset)
		.where(eq(artefactAsset.artefact, artefact))
		.orderBy(desc(artefactAsset.linkedAt))
		.limit(1);
	if (latest?.asset === id) return;
	await tx
		.insert(artefactAsset)
		.values({ artefact, asset: id })
		.onConflictDoUpdate({
			target: [artefactAsset.artefact, artefactAsset.asset],
			set: { linkedAt: new Date() },
		});
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
	await tx.insert(jobProgress).values({ id: job, asset: id, status: 'queued' });
	await enqueue(tx, id, job);
	return true;
}
