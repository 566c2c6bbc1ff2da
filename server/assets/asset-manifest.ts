import { eq } from 'drizzle-orm';
import type { AssetStatus } from '#schema/asset/asset';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Queryable } from '../database/database.ts';
import { asset } from '../database/schema/assets.ts';
import { type Asker, addressManifest } from './address-manifest.ts';
import { filesOfAssets } from './asset-files.ts';

/** Status and manifest of an asset, whoever sees it, addressed for `who`; undefined when there is none. */
export async function readManifestOf(
	db: Queryable,
	id: string,
	who: Asker,
): Promise<{ status: AssetStatus; manifest: AssetManifest | null } | undefined> {
	const [row] = await db
		.select({ manifest: asset.manifest, status: asset.status })
		.from(asset)
		.where(eq(asset.id, id));
	if (!row?.manifest) return row;
	const files = (await filesOfAssets(db, [id])).get(id);
	return files && { ...row, manifest: addressManifest(row.manifest, files, who) };
}
