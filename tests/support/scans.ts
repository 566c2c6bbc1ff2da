import { randomUUID } from 'node:crypto';
import type { Scan } from '#schema/asset/scan';
import { assetsOfArtefacts } from '../../server/assets/artefact-assets.ts';
import { assetIdOf, attachScan } from '../../server/assets/scan-assets.ts';
import { whileStoring } from '../../server/assets/while-storing.ts';
import type { Context } from '../../server/context.ts';
import { findJob } from '../../server/jobs/job-record.ts';
import { publish } from './catalogue.ts';
import { aMuseum, anArtefact } from './records.ts';

type Parts = Pick<Context, 'db' | 'store' | 'jobs'>;

/** Publishes an artefact, puts its scan into the store and asks for it, as an import does. */
export async function giveScan(
	{ db, store, jobs }: Parts,
	bytes: Uint8Array,
	name: string,
	kind?: NonNullable<Scan['kind']>,
) {
	const artefact = `piece-${randomUUID()}`;
	await publish(db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact({ id: artefact }) },
	]);
	return await whileStoring({ db, store }, async (orm) => {
		const { sha256, sizeBytes } = await store.put(bytes);
		const frame = { unit: 'cm', up: 'Z' } as const;
		const scan = { artefact, name, bytes: sizeBytes, sha256, ...frame, ...(kind ? { kind } : {}) };
		await orm.transaction((tx) => attachScan(tx, scan, jobs.enqueue));
		return { artefact, asset: assetIdOf(scan), scan };
	});
}

/** The asset of an artefact and its job, as they are now. */
export async function readAsset({ db }: Parts, artefact: string) {
	const asset = (await assetsOfArtefacts(db.orm, [artefact])).get(artefact);
	if (!asset?.job) throw new Error(`no asset for ${artefact}`);
	const job = await findJob(db.orm, asset.job);
	if (!job) throw new Error(`no job for ${artefact}`);
	return { asset, job };
}
