import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Asset } from '#schema/asset/asset';
import type { Queryable } from '../database/database.ts';
import { asset, medium } from '../database/schema/assets.ts';
import { record } from '../database/schema/catalogue.ts';
import { job } from '../database/schema/jobs.ts';

/** The role of the scan that an artefact is shown by. */
export const MODEL_ROLE = 'model';

/**
 * The asset each published artefact shows: the latest ready one that its published revision links as
 * its model, else the latest. Artefacts without one are absent.
 */
export async function assetsOfArtefacts(
	db: Queryable,
	artefacts: readonly string[],
): Promise<Map<string, Asset>> {
	if (artefacts.length === 0) return new Map();
	const rows = await db
		.selectDistinctOn([medium.recordId], {
			artefact: medium.recordId,
			id: asset.id,
			status: asset.status,
			progress: job.progress,
			job: asset.job,
			manifest: asset.manifest,
			failure: asset.failure,
		})
		.from(medium)
		.innerJoin(
			record,
			and(
				eq(record.resource, medium.resource),
				eq(record.id, medium.recordId),
				eq(record.publishedRevision, medium.revision),
			),
		)
		.innerJoin(asset, eq(asset.id, medium.asset))
		.leftJoin(job, eq(job.id, asset.job))
		.where(
			and(
				eq(medium.resource, 'artefacts'),
				eq(medium.role, MODEL_ROLE),
				inArray(medium.recordId, [...artefacts]),
			),
		)
		.orderBy(
			medium.recordId,
			desc(sql`${asset.status} = 'ready'`),
			desc(medium.linkedAt),
			asset.id,
		);
	return new Map(
		rows.map(({ artefact, progress, ...row }) => [
			artefact,
			{ ...row, progress: row.status === 'ready' ? 1 : (progress ?? 0) },
		]),
	);
}
