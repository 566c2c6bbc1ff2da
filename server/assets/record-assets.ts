import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Asset } from '#schema/asset/asset';
import type { Resource } from '#schema/record/resources';
import type { Queryable } from '../database/database.ts';
import { asset, medium } from '../database/schema/assets.ts';
import { record } from '../database/schema/catalogue.ts';
import { job } from '../database/schema/jobs.ts';
import { type Asker, addressManifest, SITE } from './address-manifest.ts';
import { filesOfAssets } from './asset-files.ts';

/** The assets of one record by the role they have on it. */
export type AssetsByRole = Map<string, Asset>;

/** How a medium and the record whose published revision links it belong together. */
export const publishedMedium = and(
	eq(record.resource, medium.resource),
	eq(record.id, medium.recordId),
	eq(record.publishedRevision, medium.revision),
);

/** Per record and role the one that is shown first: the latest ready one, else the latest. */
export const SHOWN_FIRST = [
	medium.recordId,
	medium.role,
	desc(sql`${asset.status} = 'ready'`),
	desc(medium.linkedAt),
	asset.id,
];

/** Per record and role the asset that its published revision shows: the latest ready one, else the latest. */
function shownAssets(db: Queryable, resource: Resource, ids: readonly string[]) {
	return db
		.selectDistinctOn([medium.recordId, medium.role], {
			record: medium.recordId,
			role: medium.role,
			id: asset.id,
			status: asset.status,
			progress: job.progress,
			job: asset.job,
			manifest: asset.manifest,
			failure: asset.failure,
		})
		.from(medium)
		.innerJoin(record, publishedMedium)
		.innerJoin(asset, eq(asset.id, medium.asset))
		.leftJoin(job, eq(job.id, asset.job))
		.where(and(eq(medium.resource, resource), inArray(medium.recordId, [...ids])))
		.orderBy(...SHOWN_FIRST);
}

/**
 * The assets that published records show, by record and role, with manifests addressed for `who`. Where
 * a revision links several in one role, the latest ready one is shown, else the latest. Records
 * without any are absent. Two queries, however many records.
 */
export async function assetsOfRecords(
	db: Queryable,
	resource: Resource,
	ids: readonly string[],
	who: Asker = SITE,
): Promise<Map<string, AssetsByRole>> {
	if (ids.length === 0) return new Map();
	const rows = await shownAssets(db, resource, ids);
	const addressed = rows.filter((row) => row.manifest !== null).map((row) => row.id);
	const files = await filesOfAssets(db, [...new Set(addressed)]);
	const found = new Map<string, AssetsByRole>();
	for (const { record: of, role, progress, manifest, ...row } of rows) {
		const names = files.get(row.id);
		const byRole = found.get(of) ?? new Map();
		found.set(of, byRole);
		byRole.set(role, {
			...row,
			progress: row.status === 'ready' ? 1 : (progress ?? 0),
			manifest: manifest && names ? addressManifest(manifest, names, who) : null,
		});
	}
	return found;
}
