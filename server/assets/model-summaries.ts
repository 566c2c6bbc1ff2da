import { and, eq, inArray, sql } from 'drizzle-orm';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { RecordSummary } from '#schema/record/summary';
import type { Queryable } from '../database/database.ts';
import { asset, medium } from '../database/schema/assets.ts';
import { record } from '../database/schema/catalogue.ts';
import { job as jobTable } from '../database/schema/jobs.ts';
import { addressing, SITE } from './address-manifest.ts';
import { MODEL_ROLE } from './artefact-assets.ts';
import { filesOfAssets } from './asset-files.ts';
import { publishedMedium, SHOWN_FIRST } from './record-assets.ts';

type Pictures = Pick<AssetManifest, 'poster' | 'cards'>;
type ModelSummary = Pick<RecordSummary<'artefacts'>, 'poster' | 'asset'>;

/** Only the pictures of a manifest leave the database: a list of a hundred pieces needs no tiers and tiles. */
function shownModels(db: Queryable, artefacts: readonly string[]) {
	return db
		.selectDistinctOn([medium.recordId, medium.role], {
			record: medium.recordId,
			id: asset.id,
			status: asset.status,
			progress: jobTable.progress,
			job: asset.job,
			poster: sql<Pictures['poster'] | null>`${asset.manifest}->'poster'`,
			cards: sql<Pictures['cards'] | null>`${asset.manifest}->'cards'`,
		})
		.from(medium)
		.innerJoin(record, publishedMedium)
		.innerJoin(asset, eq(asset.id, medium.asset))
		.leftJoin(jobTable, eq(jobTable.id, asset.job))
		.where(
			and(
				eq(medium.resource, 'artefacts'),
				eq(medium.role, MODEL_ROLE),
				inArray(medium.recordId, [...artefacts]),
			),
		)
		.orderBy(...SHOWN_FIRST);
}

/** Of each published artefact its picture and how its asset stands. Artefacts without one are absent. */
export async function modelSummaries(
	db: Queryable,
	artefacts: readonly string[],
): Promise<Map<string, ModelSummary>> {
	if (artefacts.length === 0) return new Map();
	const rows = await shownModels(db, artefacts);
	const pictured = rows.filter(({ poster }) => poster !== null).map(({ id }) => id);
	const files = await filesOfAssets(db, pictured);
	return new Map(
		rows.map(({ record, id, status, progress, job, poster, cards }) => {
			const names = files.get(id);
			const of = names && addressing(names, SITE);
			const addressed = <P extends { file: string }>(picture: P): P =>
				of ? { ...picture, file: of(picture.file) } : picture;
			return [
				record,
				{
					asset: { id, status, progress: status === 'ready' ? 1 : (progress ?? 0), job },
					poster: poster && {
						...addressed(poster),
						...(cards ? { cards: cards.map(addressed) } : {}),
					},
				},
			];
		}),
	);
}
