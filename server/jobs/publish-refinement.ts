import { eq } from 'drizzle-orm';
import type { AssetManifest, SpatialManifest, TierFile } from '#schema/asset-manifest';
import { asset } from '../database/schema.ts';
import { addressesOf } from './address-manifest.ts';
import { markRefined } from './job-progress.ts';
import { type Derivatives, insertFiles, readManifest } from './publish-derivatives.ts';
import { filesIn, storeFiles } from './store-files.ts';

type MeshManifest = Extract<SpatialManifest, { kind: 'mesh' }>;

/** Whether a second pass would give better files: a textured surface that has none in KTX2. */
export function wantsRefinement(manifest: AssetManifest | null): manifest is MeshManifest {
	return manifest?.kind === 'mesh' && manifest.tiers.some(isTextured) && !hasKtx2(manifest);
}

function isTextured({ tier, texturePx }: TierFile): boolean {
	return tier !== 'thumb' && texturePx > 0;
}

function hasKtx2(manifest: MeshManifest): boolean {
	return manifest.tiers.some((tier) => tier.ktx2 !== undefined);
}

/**
 * Adds the KTX2 files of a second pass to an asset that is shown already. Nothing that is served
 * changes: files are only added, and only to tiers whose bytes are those that were published. False
 * when they are not, because the pipeline is another one by now; nothing is changed then.
 */
export async function publishRefinement({ db, task, ...made }: Derivatives): Promise<boolean> {
	const refined = await readManifest(made.outDir);
	if (refined.kind !== 'mesh') return false;
	const names = await filesIn(made.outDir);
	const added = new Set(refined.tiers.flatMap(({ ktx2 }) => (ktx2 ? [ktx2.file] : [])));
	const isAdded = (name: string) => added.has(name) || added.has(name.replace(/\.br$/, ''));
	const rows = await storeFiles({ ...made, asset: task.asset }, names.filter(isAdded));
	const to = addressesOf(task.asset, rows);
	return await db.orm.transaction(async (tx) => {
		const [now] = await tx
			.select({ manifest: asset.manifest })
			.from(asset)
			.where(eq(asset.id, task.asset))
			.for('update');
		const shown = now?.manifest;
		if (shown?.kind !== 'mesh') return false;
		const tiers: TierFile[] = [];
		for (const tier of shown.tiers) {
			const better = refined.tiers.find(({ sha256 }) => sha256 === tier.sha256);
			if (better?.tier !== tier.tier) return false;
			tiers.push(better.ktx2 ? { ...tier, ktx2: to.entry(better.ktx2) } : tier);
		}
		const profiles = refined.profiles ?? shown.profiles;
		const { recipe } = refined;
		await insertFiles(tx, rows);
		await markRefined(tx, task, { ...shown, tiers, recipe, ...(profiles ? { profiles } : {}) });
		return true;
	});
}
