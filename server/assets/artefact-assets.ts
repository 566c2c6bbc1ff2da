import { desc, eq, inArray, sql } from 'drizzle-orm';
import type { Asset } from '#schema/asset/asset';
import type { Queryable } from '../database/database.ts';
import { artefactAsset, asset, jobProgress } from '../database/schema/schema.ts';

/** The asset each artefact shows: its latest ready one, else its latest. Artefacts without a scan are absent. */
export async function assetsOfArtefacts(
	db: Queryable,
	artefacts: readonly string[],
): Promise<Map<string, Asset>> {
	if (artefacts.length === 0) return new Map();
	const rows = await db
		.selectDistinctOn([artefactAsset.artefact], {
			artefact: artefactAsset.artefact,
			id: asset.id,
			status: asset.status,
			progress: jobProgress.progress,
			job: asset.job,
			manifest: asset.manifest,
			failure: asset.failure,
		})
		.from(artefactAsset)
		.innerJoin(asset, eq(asset.id, artefactAsset.asset))
		.leftJoin(jobProgress, eq(jobProgress.id, asset.job))
		.where(inArray(artefactAsset.artefact, [...artefacts]))
		.orderBy(
			artefactAsset.artefact,
			desc(sql`${asset.status} = 'ready'`),
			desc(artefactAsset.linkedAt),
			asset.id,
		);
	return new Map(
		rows.map(({ artefact, progress, ...row }) => [
			artefact,
			{ ...row, progress: row.status === 'ready' ? 1 : (progress ?? 0) },
		]),
	);
}
